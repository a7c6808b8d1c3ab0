import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArenaShelf } from '../arena/arenaShelf.ts';
import { dialectOf } from '../event/dialects.ts';
import type { FactBatch } from '../event/factBatch.ts';
import { eventsOf, recordsOf, statementOf } from '../event/readFactBatch.ts';
import { formats } from '../formats/registry.ts';
import { ingestBytes } from '../formats/testing/ingestText.ts';
import { print } from '../formats/testing/mergedFacts.ts';
import { bulkOf, floodDialects } from '../scenario/flood/bulkOf.ts';

const folder = fileURLToPath(new URL('../formats/', import.meta.url));
const encoder = new TextEncoder();
const NEWLINE = 10;
const RETURN = 13;

/** Lines of every dialect: what we wrote to show its shapes, and what its agent writes all day. */
const linesByFormat = new Map(
  formats.map(({ id }) => {
    const shown = globSync(`${folder}${id}/fixtures/*.{ndjson,log}`)
      .sort()
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .filter((line) => line.trim() !== '');
    const daily = floodDialects.flatMap((name) =>
      name === id ? [...bulkOf(name, { seed: 5, events: 60 })] : [],
    );
    return [id, [...new Set([...shown, ...daily])]];
  }),
);

function eventRows(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) =>
    Array.from(eventsOf(batch), (event) => print(statementOf(event))),
  );
}

/** What a line gives when it is the whole log. */
const alone = new Map<string, readonly string[]>();
function rowsAlone(line: string): readonly string[] {
  const known = alone.get(line) ?? eventRows(ingestBytes(encoder.encode(line)).batches);
  alone.set(line, known);
  return known;
}

interface Piece {
  readonly line: string;
  /** Where it is cut or changed, as a part of its length; undefined: it is as it was written. */
  readonly damage:
    | { readonly at: number; readonly cut: boolean; readonly byte: number }
    | undefined;
}

const line = fc.constantFrom(...linesByFormat.values()).chain((lines) => fc.constantFrom(...lines));
const damage = fc.record({
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  cut: fc.boolean(),
  byte: fc.nat({ max: 255 }).filter((byte) => byte !== NEWLINE && byte !== RETURN),
});
const piece: fc.Arbitrary<Piece> = fc.record({
  line,
  damage: fc.option(damage, { nil: undefined, freq: 3 }),
});

function bytesOf({ line: text, damage: done }: Piece): Uint8Array {
  const bytes = encoder.encode(text);
  if (done === undefined) return bytes;
  const at = Math.floor(done.at * bytes.length);
  if (done.cut) return bytes.slice(0, at);
  bytes[at] = done.byte;
  return bytes;
}

function logOf(pieces: readonly Piece[]): Uint8Array {
  return Buffer.concat(pieces.flatMap((one) => [bytesOf(one), Uint8Array.of(NEWLINE)]));
}

/** How often each text stands in a list. */
function tally(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

const arenas = new ArenaShelf(1);

describe('a stream in which agents of every kind write, and much is broken', () => {
  it('has lines of every format, and of every agent those of a day', () => {
    expect([...linesByFormat].filter(([, lines]) => lines.length === 0)).toEqual([]);
    expect([...linesByFormat.keys()]).toEqual(expect.arrayContaining([...floodDialects]));
  });

  it('gives of every whole record what it gives alone, and adds up', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, Number.POSITIVE_INFINITY),
        (pieces, sizes, scansAfter) => {
          const { batches, ingest } = ingestBytes(logOf(pieces), sizes, { scansAfter, arenas });
          ingest.close();
          const { decoded, quarantined, skipped, events, bytes } = ingest.report;
          expect(bytes).toBe(logOf(pieces).length);

          const outcomes = tally(
            batches.flatMap((batch) => Array.from(recordsOf(batch), ({ outcome }) => outcome)),
          );
          expect(outcomes.get('decoded') ?? 0).toBe(decoded);
          expect(outcomes.get('quarantined') ?? 0).toBe(quarantined);
          expect(outcomes.get('skipped') ?? 0).toBe(skipped);

          const found = eventRows(batches);
          expect(found).toHaveLength(events);
          const counts = tally(found);
          const whole = pieces.filter((one) => one.damage === undefined);
          for (const [row, count] of tally(whole.flatMap((one) => rowsAlone(one.line)))) {
            expect([row, (counts.get(row) ?? 0) >= count]).toEqual([row, true]);
          }
        },
      ),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('is of the formats of its records, each asked anew', () => {
    const lines = [...linesByFormat].flatMap(([, all]) => all.slice(0, 1));
    const mixed = Array.from({ length: 5 }, () => lines).flat();
    const { ingest } = ingestBytes(encoder.encode(mixed.join('\n')));
    expect([...ingest.report.formats.keys()].sort()).toEqual([...linesByFormat.keys()]);
  });

  it.each([0, Number.POSITIVE_INFINITY])(
    'keeps a process of Tetragon its own, whatever its id pretends (compiled after %d)',
    (scansAfter) => {
      const lines = [...bulkOf('tetragon', { seed: 5, events: 300 })].map((told) =>
        told.replaceAll(/"((?:parent_)?exec_id)":"/g, '"$1":"falco:exec:'),
      );
      const log = encoder.encode(lines.join('\n'));
      const { batches, ingest } = ingestBytes(log, [log.length], { scansAfter, arenas });
      ingest.close();
      const ids = batches.flatMap((batch) =>
        [...batch.sightings.id].map((at) => batch.strings[at] ?? ''),
      );
      expect(ids.length).toBeGreaterThan(300);
      expect(new Set(ids.map(dialectOf))).toEqual(new Set(['tetragon']));
      expect(ids.filter((id) => !id.startsWith('tetragon:falco:exec:'))).toEqual([]);
    },
  );

  it('is the same record when it comes twice', () => {
    const lines = [...linesByFormat.values()].flatMap((all) => all.slice(0, 3));
    const { batches } = ingestBytes(encoder.encode([...lines, ...lines].join('\n')));
    const hashes = batches.flatMap((batch) => Array.from(recordsOf(batch), ({ hash }) => hash));
    expect(hashes).toHaveLength(lines.length * 2);
    expect(new Set(hashes).size).toBe(lines.length);
  });
});
