/**
 * `node --conditions=source packages/model/src/formats/tetragon/decode.bench.ts [events]`: the plain road (frame, parse,
 * decode, pack) against bare JSON.parse per line, on the same generated lines in one run. Read the ratio, not the rate.
 */
import { createIngest } from '../../ingest/ingest.ts';
import { generateBulk } from '../../scenario/bulk.ts';
import { TetragonDecoder } from './decode.ts';

const CHUNK = 256 * 1024;
const ROUNDS = 3;

const events = Number(process.argv[2] ?? 40_000);
const lines = [...generateBulk({ seed: 7, events })];
const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);

/** Eight bytes at a time, only to show what hashing every record costs in JavaScript: the server brings its own. */
function cheapHash(record: Uint8Array): bigint {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  let at = 0;
  for (; at + 8 <= record.length; at += 8) {
    low = Math.imul(low ^ view.getInt32(at, true), 0xcc9e2d51);
    high = Math.imul(high ^ view.getInt32(at + 4, true), 0x1b873593);
  }
  for (; at < record.length; at += 1) low = Math.imul(low ^ (record[at] ?? 0), 0xcc9e2d51);
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

function measure(name: string, run: () => number): number {
  let best = Number.POSITIVE_INFINITY;
  let checksum = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    checksum = run();
    best = Math.min(best, performance.now() - began);
  }
  const rate = (lines.length / best) * 1000;
  const micros = (best * 1000) / lines.length;
  process.stdout.write(
    `${name.padEnd(28)} ${Math.round(rate).toLocaleString('en').padStart(9)} lines/s ${micros.toFixed(2).padStart(6)} µs/line  (${checksum})\n`,
  );
  return best;
}

const bare = measure('JSON.parse per line', () => {
  let count = 0;
  for (const line of lines) if (JSON.parse(line) !== null) count += 1;
  return count;
});
const decoded = measure('JSON.parse + decode', () => {
  const decoder = new TetragonDecoder();
  let count = 0;
  for (const line of lines) if (decoder.decode(JSON.parse(line)).kind === 'events') count += 1;
  return count;
});
function ingestAll(hash: (record: Uint8Array) => bigint): number {
  const ingest = createIngest({ cluster: '', hash });
  for (let at = 0; at < bytes.length; at += CHUNK) ingest.push(bytes.subarray(at, at + CHUNK));
  ingest.end();
  return ingest.report.decoded;
}

const road = measure('frame, parse, decode, pack', () => ingestAll(() => 1n));
measure('the same with a hash in JS', () => ingestAll(cheapHash));
const size = Math.round(bytes.length / lines.length);
process.stdout.write(
  `${size} bytes a line; decode ${(decoded / bare).toFixed(2)} x, the plain road ${(road / bare).toFixed(2)} x bare JSON.parse\n`,
);
