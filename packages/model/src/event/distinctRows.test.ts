import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistinctRows } from './distinctRows.ts';

describe('distinct rows', () => {
  it('are found by their numbers, and by no others', () => {
    const numbers = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 40 }), (rows) => {
        const distinct = new DistinctRows();
        const kept = new Map<string, number>();
        for (const [row, values] of rows.entries()) {
          const found = distinct.find(values);
          expect(found).toBe(kept.get(values.join()));
          if (found !== undefined) continue;
          distinct.keep(values, row);
          kept.set(values.join(), row);
        }
      }),
    );
  });

  it('that are made to look alike cost a row, and no search of all', () => {
    const distinct = new DistinctRows();
    // The first number undoes what the one before it has done to the hash.
    const alike = (value: number): number[] => {
      const hash = Math.imul(value, 0x5bd1e995);
      return [value, hash ^ (hash >>> 15)];
    };
    for (let row = 0; row < 100; row += 1) distinct.keep(alike(row), row);
    const found = Array.from({ length: 100 }, (_, row) => distinct.find(alike(row)));
    expect(found.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(found.slice(8).every((row) => row === undefined)).toBe(true);
  });
});
