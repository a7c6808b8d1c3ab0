import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surePairs } from './surePairs.ts';

type Fitting = ReadonlyMap<number, readonly number[]>;

/** The rule as it is told, every round over everything. */
function byRounds(fitting: Fitting): Map<number, number> {
  const pairs = new Map<number, number>();
  for (let before = -1; before < pairs.size; ) {
    before = pairs.size;
    const taken = new Set(pairs.values());
    const only = [...fitting].flatMap(([process, calls]) => {
      const left = calls.filter((call) => !taken.has(call));
      return left.length === 1 && !pairs.has(process) ? [{ process, call: left[0] ?? -1 }] : [];
    });
    for (const { process, call } of only)
      if (only.filter((other) => other.call === call).length === 1) pairs.set(process, call);
  }
  return pairs;
}

const fitting: fc.Arbitrary<Fitting> = fc
  .array(fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 4 }), { maxLength: 14 })
  .map((calls) => new Map(calls.entries()));

describe('surePairs', () => {
  it('gives what the rule gives, round after round', () => {
    fc.assert(
      fc.property(fitting, (fits) => {
        expect(new Map([...surePairs(fits)].sort(([a], [b]) => a - b))).toEqual(
          new Map([...byRounds(fits)].sort(([a], [b]) => a - b)),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('follows a chain to its end, however long', () => {
    const chain = Array.from({ length: 5_000 }, (_, i) => (i === 0 ? [0] : [i - 1, i]));
    expect(surePairs(new Map(chain.reverse().entries())).size).toBe(5_000);
  });
});
