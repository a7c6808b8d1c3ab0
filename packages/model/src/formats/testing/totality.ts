import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import type { Decoded, Format } from '../format.ts';
import { dumpDecoded } from './dump.ts';
import { mergedFacts } from './mergedFacts.ts';

/** What a hostile or broken writer may put anywhere. */
const odd: readonly unknown[] = [
  '',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'a:b%',
  '-1',
  '9'.repeat(30),
  1e300,
  -1,
  0.5,
  2 ** 60,
  2n ** 70n,
  -(2n ** 63n),
  {},
  [],
  [[]],
  null,
  true,
];

/** A place in a JSON value, as numbers that choose a child at each step, and what to put there. */
const change = fc.record({
  steps: fc.array(fc.nat(), { maxLength: 6 }),
  value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(...odd)),
});

function changed(value: unknown, steps: readonly number[], put: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let at = copy;
  for (const [depth, step] of steps.entries()) {
    if (typeof at !== 'object' || at === null) return copy;
    const keys = Object.keys(at);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return copy;
    const next: unknown = Reflect.get(at, key);
    if (depth === steps.length - 1 || typeof next !== 'object' || next === null) {
      Reflect.set(at, key, put);
      return copy;
    }
    at = next;
  }
  return copy;
}

/** Holds a format to giving one of the four answers, whatever it is asked; `records` are ones it knows. */
export function checkTotality(format: Format, records: readonly unknown[]): void {
  const damaged = fc
    .tuple(fc.constantFrom(...records), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([record, changes]) =>
      changes.reduce<unknown>((value, { steps, value: put }) => changed(value, steps, put), record),
    );

  describe(`${format.id}: whatever it is given`, () => {
    it('never throws', () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
          expect(format.decoder().decode(value).kind).toBe('rejected');
        }),
        { numRuns: 1_000, endOnFailure: true },
      );
    });

    it('says of a damaged record something that can be packed, and the same again', () => {
      const old = format.decoder();
      fc.assert(
        fc.property(damaged, (value) => {
          const decoded = format.decoder().decode(value);
          expect(dumpDecoded(old.decode(value))).toBe(dumpDecoded(decoded));
          packed(decoded);
        }),
        { numRuns: 3_000, endOnFailure: true },
      );
    });

    it('rejects what it would not claim', () => {
      fc.assert(
        fc.property(damaged, (value) => {
          const isRejected = format.decoder().decode(value).kind === 'rejected';
          expect(isRejected || format.sniff(value)).toBe(true);
        }),
        { numRuns: 1_000, endOnFailure: true },
      );
    });
  });
}

/** Packs events as the ingest would. */
export function packed(decoded: Decoded): void {
  if (decoded.kind !== 'events') return;
  const builder = new FactBatchBuilder('');
  const record = { bytes: new Uint8Array(0), offset: 0, line: 1, member: 0, hash: 0n };
  builder.addDecoded(record, decoded.events);
  mergedFacts([builder.finish()]);
}
