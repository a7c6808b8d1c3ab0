import { noTime } from '@forebear/model/event/factBatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeBounds, TimeColumn } from './timeColumn.ts';

const time = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // Near each other, and on both sides of where a half overflows.
  fc.bigInt({ min: 2n ** 32n - 2n, max: 2n ** 32n + 2n }),
  fc.constant(noTime),
);

describe('times of a batch', () => {
  it('have the first and the last that bigints have', () => {
    fc.assert(
      fc.property(fc.array(time), (times) => {
        const column = new TimeColumn(BigInt64Array.from(times));
        const bounds = new TimeBounds(column);
        for (const row of times.keys()) bounds.add(row);
        const there = times.filter((each) => each !== noTime).sort((a, b) => (a < b ? -1 : 1));
        expect([bounds.first, bounds.last]).toEqual([there[0], there.at(-1)]);
      }),
    );
  });

  it('are within 512 ns as doubles while a log can be read, and NaN when there is none', () => {
    const near = fc.bigInt({ min: 0n, max: 4_000_000_000n * 1_000_000_000n });
    fc.assert(
      fc.property(near, (each) => {
        const column = new TimeColumn(BigInt64Array.from([each, noTime]));
        expect(Math.abs(column.near(0) - Number(each))).toBeLessThanOrEqual(512);
        expect(column.near(1)).toBeNaN();
        expect([column.at(0), column.at(1)]).toEqual([each, undefined]);
      }),
    );
  });
});
