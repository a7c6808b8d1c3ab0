import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halvesOf, SeenSet } from './seenSet.ts';

const value = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
/** Few enough to meet again, and either half may be zero. */
const fewHalves = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n }), fc.bigInt({ min: 0n, max: 2n }))
  .map(([high, low]) => (high << 32n) | low);

describe('which values were seen', () => {
  it('agrees with a set, across seals and rollbacks', () => {
    const step = fc.oneof(
      fc.record({ add: fc.oneof(value, fewHalves, fc.bigInt({ min: 0n, max: 40n })) }),
      fc.constant('seal' as const),
      fc.record({ undo: fc.nat({ max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const seen = new SeenSet();
        const model = new Set<bigint>();
        let open: bigint[] = [];
        let sealsAgree = true;
        let addsAgree = true;
        for (const each of steps) {
          if (each === 'seal') {
            const sorted = seen.sorted();
            seen.seal(sorted, () => sorted, { first: 0n, last: 10n });
            sealsAgree &&= [...sorted].join() === [...open].sort(byValue).join();
            open = [];
          } else if ('add' in each) {
            addsAgree &&= add(seen, each.add, 5) === !model.has(each.add);
            if (!model.has(each.add)) open.push(each.add);
            model.add(each.add);
          } else {
            const gone = open.splice(open.length - Math.min(each.undo, open.length));
            seen.remove(gone.flatMap((one) => [...halvesOf(BigUint64Array.of(one))]));
            for (const back of gone) model.delete(back);
          }
        }
        expect({ sealsAgree, addsAgree }).toEqual({ sealsAgree: true, addsAgree: true });
      }),
    );
  });

  it('tells values apart that share a half, however full it is', () => {
    const seen = new SeenSet();
    const values = Array.from({ length: 60_000 }, (_, index) => BigInt(index >> 1));
    const all = values.map((each, index) => (index % 2 === 0 ? each : each << 32n));
    const isNew = all.map((each) => add(seen, each, 5));
    // Zero is the same in both halves.
    expect(isNew.flatMap((each, index) => (each ? [] : [index]))).toEqual([1]);
    expect(all.some((each) => add(seen, each, 5))).toBe(false);
    expect(seen.sorted().length).toBe(all.length - 1);
  });

  it('still has zero when another value is taken back', () => {
    const seen = new SeenSet();
    add(seen, 0n, 5);
    add(seen, 7n, 5);
    seen.remove([7, 0]);
    expect([...seen.sorted()]).toEqual([0n]);
    expect(add(seen, 0n, 5)).toBe(false);
    expect(add(seen, 7n, 5)).toBe(true);
  });

  it('asks a sealed partition only for times that its events span', () => {
    const seen = new SeenSet();
    add(seen, 7n, 100);
    let asked = 0;
    const sorted = seen.sorted();
    const load = () => {
      asked += 1;
      return sorted;
    };
    seen.seal(sorted, load, { first: 100n, last: 200n });
    expect(add(seen, 7n, 150)).toBe(false);
    expect(asked).toBe(1);
    expect(add(seen, 7n, Number.NaN)).toBe(false);
    expect(asked).toBe(2);
    expect(add(seen, 7n, 999_999)).toBe(true);
    expect(asked).toBe(2);
  });
});

function add(seen: SeenSet, value64: bigint, time: number): boolean {
  const [low = 0, high = 0] = halvesOf(BigUint64Array.of(value64));
  return seen.add(low, high, time);
}

function byValue(a: bigint, b: bigint): number {
  return a < b ? -1 : 1;
}
