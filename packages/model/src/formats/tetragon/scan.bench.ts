/**
 * `node --conditions=source packages/model/src/formats/tetragon/scan.bench.ts [events]`: records to batches, by scanning and
 * by parsing each, against bare JSON.parse per line, in turns over the same generated lines. Read the ratios, not the rates.
 * A turn is a chunk of some sixty lines, and of all turns the lower quartile counts: what other programs on the machine
 * take then shows little. `hash` is what the server's record hash costs.
 */
import { createIngest, type Ingest } from '../../ingest/ingest.ts';
import { generateBulk } from '../../scenario/bulk.ts';

const CHUNK = 128 * 1024;
/** What the server sets. */
const BATCH = 16 * 1024 * 1024;
const ROUNDS = 3;

const events = Number(process.argv[2] ?? 60_000);
const lines = [...generateBulk({ seed: 7, events })];
const bytes = Buffer.from(`${lines.join('\n')}\n`);
const chunks = Array.from({ length: Math.floor(bytes.length / CHUNK) }, (_, index) =>
  bytes.subarray(index * CHUNK, (index + 1) * CHUNK),
);
const perChunk = Math.round(lines.length / chunks.length);
/** As a case has one; which bytes it has does not matter. */
const recordKey = new Uint8Array(16);

interface Contender {
  readonly name: string;
  /** Begins anew and returns what takes the chunk of an index. */
  readonly begin: () => (index: number) => void;
  readonly times: number[];
}

function ingesting(name: string, options: { scans: boolean; hashes: boolean }): Contender {
  return {
    name,
    begin: () => {
      const ingest: Ingest = createIngest({
        cluster: '',
        hash: options.hashes ? recordKey : () => 0n,
        scansAfter: options.scans ? 0 : Number.POSITIVE_INFINITY,
        batchBytes: BATCH,
      });
      return (index) => {
        const chunk = chunks[index];
        if (chunk !== undefined) ingest.push(chunk);
      };
    },
    times: [],
  };
}

const contenders: readonly Contender[] = [
  {
    name: 'bare JSON.parse',
    begin: () => (index) => {
      for (const line of lines.slice(index * perChunk, (index + 1) * perChunk)) JSON.parse(line);
    },
    times: [],
  },
  ingesting('parse, decode, pack', { scans: false, hashes: false }),
  ingesting('scan, pack', { scans: true, hashes: false }),
  ingesting('scan, hash, pack', { scans: true, hashes: true }),
];

for (let round = 0; round < ROUNDS; round += 1) {
  for (const { begin, times } of contenders) {
    // The first round is for the compiler.
    if (round === 1) times.length = 0;
    const take = begin();
    for (let index = 0; index < chunks.length; index += 1) {
      const began = performance.now();
      take(index);
      times.push(performance.now() - began);
    }
  }
}

const quartiles = contenders.map(({ times }) => quartileOf(times));
const [bare = 1] = quartiles;
process.stdout.write(`${Math.round(bytes.length / lines.length)} bytes a line\n`);
for (const [index, { name, times }] of contenders.entries()) {
  const micros = ((quartiles[index] ?? 0) * 1000) / perChunk;
  const mean = (times.reduce((sum, time) => sum + time, 0) / times.length / perChunk) * 1000;
  const rate = Math.round(1e6 / micros).toLocaleString('en');
  process.stdout.write(
    `${name.padEnd(22)} ${rate.padStart(9)} lines/s ${micros.toFixed(2).padStart(6)} µs/line, ` +
      `${((quartiles[index] ?? 0) / bare).toFixed(2)} x bare JSON.parse (mean, pauses and neighbours included: ${mean.toFixed(2)} µs)\n`,
  );
}

function quartileOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0;
}
