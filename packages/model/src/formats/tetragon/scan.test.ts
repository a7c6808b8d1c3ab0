import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../arena/arena.ts';
import { ArenaShelf } from '../../arena/arenaShelf.ts';
import { sipHash } from '../../arena/sipHash.ts';
import { ArenaRows } from '../../event/arenaRows.ts';
import { ArenaStrings } from '../../event/arenaStrings.ts';
import type { FactBatch } from '../../event/factBatch.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import { wholeEvent } from '../../event/knownEvent.ts';
import { eventsOf, recordsOf } from '../../event/readFactBatch.ts';
import { Repeats } from '../../event/repeats.ts';
import { generateBrokenLog } from '../../scenario/brokenLog.ts';
import { generateBulk } from '../../scenario/bulk.ts';
import { generateReverseShell } from '../../scenario/reverseShell.ts';
import { generateTenThousandLoop } from '../../scenario/tenThousandLoop.ts';
import { ingestBytes } from '../testing/ingestText.ts';
import { mergedFacts, print } from '../testing/mergedFacts.ts';
import { bodyMutations } from '../testing/mutateBody.ts';
import { anyPlace, mutations } from '../testing/mutateLine.ts';
import { TetragonDecoder } from './decode.ts';

const encoder = new TextEncoder();
const utf8 = new TextDecoder();
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const beside = fileURLToPath(new URL('../../../../../../shared/samples/', import.meta.url));
const samples = process.env['FOREBEAR_SAMPLES'] ?? beside;

function readFolder(folder: string): readonly Uint8Array[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.dump.txt') && !name.endsWith('.md'))
    .map((name) => new Uint8Array(readFileSync(`${folder}/${name}`)));
}

const sampleFiles = ['tetragon', 'hubble-enterprise'].flatMap((folder) =>
  readFolder(`${samples}/${folder}`),
);
if (sampleFiles.length === 0) process.stderr.write(`no samples in ${samples}: skipped\n`);

const bulk = [...generateBulk({ seed: 11, events: 3_000, pods: 12, nodes: 3 })];
const texts: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['the fixtures', join(readFolder(fixtures))],
  ['the samples', join(sampleFiles)],
  ['the reverse shell', encoder.encode(generateReverseShell(1).lines.join('\n'))],
  ['the broken log', encoder.encode(generateBrokenLog(3).text)],
  [
    'the loop',
    encoder.encode(generateTenThousandLoop({ seed: 1, children: 300 }).lines.join('\n')),
  ],
  ['bulk', encoder.encode(bulk.join('\n'))],
];

function join(files: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(files.flatMap((file) => [...file, 10]));
}

/** Bytes that forget quickly, so that what was learned is lost and overwritten all the time. */
const tiny = { bytes: 6_000, slotBits: 1 };

/** What the plain road says of a record, undefined when it would not answer with events from one parse. */
function plainly(decoder: TetragonDecoder, bytes: Uint8Array): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
  const decoded = decoder.decode(value);
  return decoded.kind === 'events' ? print(decoded.events) : undefined;
}

/** Records as they are kept, of which nothing may be said to repeat what it does not. */
class Kept {
  repeated = 0;
  readonly #repeats = new Repeats();
  readonly #bytes = new Uint8Array(1 << 20);
  #oldest = 0;
  #used = 0;

  begin(): Repeats {
    this.#repeats.begin(this.#oldest + this.#used, this.#oldest);
    return this.#repeats;
  }

  keep(bytes: Uint8Array): void {
    const { count, at, length, from, oldest } = this.#repeats;
    if (this.#used + bytes.length > this.#bytes.length) {
      // The next batch begins with this record, of which nothing that was noted holds.
      this.#oldest += this.#used;
      this.#bytes.set(bytes);
      this.#used = bytes.length;
      return;
    }
    this.#bytes.set(bytes, this.#used);
    for (let index = 0; index < count; index += 1) {
      const [place, size, earlier] = [
        at[index] ?? 0,
        length[index] ?? 0,
        (from[index] ?? 0) - oldest,
      ];
      if (earlier + size > this.#used + place) throw new Error(`${place} repeats what comes later`);
      const repetition = bytes.subarray(place, place + size);
      const before = this.#bytes.subarray(earlier, earlier + size);
      if (Buffer.compare(repetition, before) !== 0)
        throw new Error(`${place} repeats something else`);
      this.repeated += size;
    }
    this.#used += bytes.length;
  }
}

class Pair {
  scanned = 0;
  /** Of those, the ones whose body compiled code has read, by kind. */
  readonly bodies = new Map<string, number>();
  readonly #arena = new Arena();
  readonly #strings = new ArenaStrings(this.#arena);
  readonly #kept = new Kept();
  readonly #scanner: TetragonDecoder;
  readonly #plain = new TetragonDecoder();

  constructor(limits?: { bytes: number; slotBits: number }) {
    this.#scanner = new TetragonDecoder(this.#arena, limits);
  }

  /** Bytes found to repeat earlier ones. */
  get repeated(): number {
    return this.#kept.repeated;
  }

  /** What the two roads say when they differ. */
  differenceOn(bytes: Uint8Array) {
    if (this.#strings.isFull) this.#strings.finish();
    const repeats = this.#kept.begin();
    const scanned = this.#scanner.scan(bytes, repeats);
    if (scanned === undefined) return undefined;
    this.scanned += 1;
    this.#kept.keep(bytes);
    if (scanned.kind === 'known' && scanned.known.body !== undefined) {
      const { kind } = scanned.known.event;
      this.bodies.set(kind, (this.bodies.get(kind) ?? 0) + 1);
    }
    const byScan = print(scanned.kind === 'known' ? [wholeEvent(scanned.known)] : scanned.events);
    const byDecode = plainly(this.#plain, bytes);
    return byScan === byDecode ? undefined : { byScan, byDecode };
  }
}

function rowsOf(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) => [
    ...Array.from(recordsOf(batch), ({ bytes, ...record }) => print([record, utf8.decode(bytes)])),
    ...Array.from(eventsOf(batch), print),
    ...peersOf(batch),
  ]);
}

/** The texts of a batch's peers column by column: a pod without a name is none, of which nothing else may be kept. */
function peersOf({ sockets, strings }: FactBatch): readonly string[] {
  const columns = [sockets.peerNamespace, sockets.peerName, sockets.peerWorkload];
  return Array.from(sockets.event, (_, row) =>
    print(columns.map((column) => strings[column[row] ?? 0])),
  );
}

const key = new Uint8Array(16).fill(9);
/** The same hash, of which compiled code does not know: for who has it, no lines are taken whole. */
const roads = [
  ['line by line', { scansAfter: 0, hash: key }],
  ['record by record', { scansAfter: 0, hash: (bytes: Uint8Array) => sipHash(key, bytes) }],
] as const;
const byParsing = { scansAfter: Number.POSITIVE_INFINITY, hash: key };

/** A log that is taken line by line: how many were taken whole, and others. */
class Lines {
  taken = 0;
  others = 0;
  readonly #arena = new Arena();
  readonly #strings = new ArenaStrings(this.#arena);
  readonly #rows = new ArenaRows(this.#arena, '');
  readonly #decoder = new TetragonDecoder(this.#arena);
  readonly #repeats = new Repeats();

  /** Takes a log in one piece, of lines that are all ours. */
  take(text: string): void {
    const builder = new FactBatchBuilder('', undefined, 0, this.#strings, this.#rows);
    const { lines } = this.#decoder;
    if (lines === undefined) return;
    const bytes = this.#arena.take(encoder.encode(text));
    const end = bytes.byteOffset + bytes.length;
    for (let at = bytes.byteOffset; at < end; ) {
      const place = { offset: 0, line: 1, member: 0, mostRecords: 1_000, mostBytes: 1e9 };
      const taken = builder.takeLines(lines, { at, end, ...place });
      this.taken += taken;
      if (taken > 0) at = lines.end;
      else {
        this.others += 1;
        const newline = this.#arena.findNewline(bytes, at - bytes.byteOffset) ?? 0;
        const record = bytes.subarray(at - bytes.byteOffset, newline);
        const scanned = this.#decoder.scan(record, this.#repeats);
        if (scanned?.kind === 'known') {
          const built = { bytes: record, offset: 0, line: 0, member: 0, hash: 0n };
          builder.addKnown(built, scanned.known);
        }
        at += newline - (at - bytes.byteOffset) + 1;
      }
    }
    builder.finish();
  }
}

describe('scanning', () => {
  it.each(texts)('agrees with decoding on %s', (_, bytes) => {
    for (const batchRecords of [7, 100_000]) {
      const plain = ingestBytes(bytes, [4096], { ...byParsing, batchRecords });
      for (const sizes of [[4096], [1, 700, 1_300], [100_000]]) {
        for (const [road, options] of roads) {
          const scanned = ingestBytes(bytes, sizes, { ...options, batchRecords });
          expect(rowsOf(scanned.batches), road).toEqual(rowsOf(plain.batches));
          expect(mergedFacts(scanned.batches), road).toEqual(mergedFacts(plain.batches));
          expect(scanned.ingest.report, road).toEqual(plain.ingest.report);
        }
      }
    }
  });

  it('takes nearly every line of a log whole, once it knows the pods', () => {
    const log = new Lines();
    for (let at = 0; at < bulk.length; at += 100) {
      log.take(`${bulk.slice(at, at + 100).join('\n')}\n`);
    }
    expect(log.taken + log.others).toBe(bulk.length);
    expect(log.taken / bulk.length).toBeGreaterThan(0.95);
  });

  it('reads nearly every line of a log as agents write it', () => {
    for (const lines of [bulk, bulk.map((line) => line.replaceAll(',"', ', "'))]) {
      const pair = new Pair();
      for (const line of lines) expect(pair.differenceOn(encoder.encode(line))).toBeUndefined();
      expect(pair.scanned / lines.length).toBeGreaterThan(0.99);
      expect(pair.repeated / encoder.encode(lines.join('')).length).toBeGreaterThan(0.5);
    }
  });

  it('agrees with decoding on mutated lines, whatever it remembers', () => {
    const corpus = texts.flatMap(([, bytes]) => utf8.decode(bytes).split('\n'));
    const line = fc.constantFrom(...corpus.filter((text) => text.startsWith('{')));
    const generous = new Pair();
    const forgetful = new Pair(tiny);
    fc.assert(
      fc.property(line, line, mutations, (text, other, mutate) => {
        for (const pair of [generous, forgetful]) {
          expect(pair.differenceOn(encoder.encode(text))).toBeUndefined();
          expect(pair.differenceOn(encoder.encode(mutate(text, other)))).toBeUndefined();
          expect(pair.differenceOn(encoder.encode(text))).toBeUndefined();
        }
      }),
      { numRuns: 10_000 },
    );
    expect(generous.scanned).toBeGreaterThan(10_000);
    expect(forgetful.scanned).toBeGreaterThan(10_000);
  });

  it('agrees with decoding on mutated bodies, most of which it reads by compiled code', () => {
    const exits = bulk.filter((text) => text.startsWith('{"process_exit"')).slice(0, 60);
    const bodies = [
      ...bulk.filter((text) => !text.startsWith('{"process_exec"')),
      // Of a process that the agent met late, or has no id of, no status does not mean 0.
      ...exits.map((text) => text.replace('"flags":"', '"flags":"procFS ')),
      ...exits.map((text) => text.replace('"exec_id":"', '"exec_id":"unattributed:')),
    ];
    const pair = new Pair();
    fc.assert(
      fc.property(fc.constantFrom(...bodies), bodyMutations, (text, mutate) => {
        expect(pair.differenceOn(encoder.encode(mutate(text, text)))).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
    for (const kind of ['exit', 'connect', 'accept', 'close', 'sock_stats', 'dns', 'file']) {
      expect(pair.bodies.get(kind), kind).toBeGreaterThan(10);
    }
    expect(pair.bodies.get('kprobe')).toBeGreaterThan(3);
  });

  it('packs the same as decoding of mutated lines, texts and bytes', () => {
    const corpus = bulk.slice(-400);
    const line = fc.constantFrom(...corpus);
    const log = fc.array(fc.tuple(line, line, fc.oneof(mutations, bodyMutations)), {
      minLength: 1,
      maxLength: 6,
    });
    const arenas = new ArenaShelf(1);
    fc.assert(
      fc.property(log, fc.constantFrom(900, 5_000, 100_000), (lines, size) => {
        const written = lines.flatMap(([one, other, mutate]) => [one, mutate(one, other), one]);
        const bytes = encoder.encode(written.join('\n'));
        const plain = ingestBytes(bytes, [4096], { ...byParsing, batchRecords: 11 });
        for (const [road, options] of roads) {
          const scanned = ingestBytes(bytes, [size], { ...options, batchRecords: 11, arenas });
          scanned.ingest.close();
          expect(rowsOf(scanned.batches), road).toEqual(rowsOf(plain.batches));
          expect(mergedFacts(scanned.batches), road).toEqual(mergedFacts(plain.batches));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps nothing of a peer without a name', () => {
    const peer = '"destination_pod":{"namespace":"n","workload":"w"},';
    const text = bulk
      .filter((line) => line.includes('"source_ip":'))
      .slice(0, 20)
      .map((line) => line.replace('"source_ip":', `${peer}"source_ip":`))
      .join('\n');
    const [scanned, plain] = [0, Number.POSITIVE_INFINITY].map((scansAfter) =>
      rowsOf(ingestBytes(encoder.encode(text), [100_000], { scansAfter, hash: key }).batches),
    );
    expect(scanned).toEqual(plain);
  });

  it('agrees with decoding on bytes that are no UTF-8', () => {
    const pair = new Pair();
    const scanned = fc.constantFrom(...bulk.slice(-300)).map((text) => encoder.encode(text));
    fc.assert(
      fc.property(scanned, anyPlace, fc.integer({ min: 128, max: 255 }), (bytes, at, byte) => {
        expect(pair.differenceOn(bytes)).toBeUndefined();
        expect(pair.differenceOn(bytes.with(Math.floor(at * bytes.length), byte))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
    expect(pair.scanned).toBeGreaterThan(2_000);
  });

  it('remembers no more than it may', () => {
    const pair = new Pair(tiny);
    for (const line of bulk) expect(pair.differenceOn(encoder.encode(line))).toBeUndefined();
    expect(pair.scanned).toBe(bulk.length);
  });
});
