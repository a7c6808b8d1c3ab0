import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partitionPoint } from './partitionPoint.ts';

it('counts what stands before, whatever the list and the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.integer(), (list, limit) => {
      const sorted = list.sort((a, b) => a - b);
      const count = partitionPoint(sorted.length, (at) => (sorted[at] ?? 0) < limit);
      expect(count).toBe(sorted.filter((item) => item < limit).length);
    }),
  );
});

it('looks at few of very many', () => {
  let looks = 0;
  const isBefore = (index: number): boolean => {
    looks += 1;
    return index < 1_234_567;
  };
  expect(partitionPoint(2 ** 31 - 1, isBefore)).toBe(1_234_567);
  expect(looks).toBeLessThanOrEqual(31);
});
