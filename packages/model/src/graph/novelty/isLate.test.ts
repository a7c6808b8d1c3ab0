import { expect, it } from 'vitest';
import { isLate } from './isLate.ts';

it('a process is late past the limit, not at it', () => {
  expect([59_999, 60_000, 60_001].map((ms) => isLate(ms, 60_000))).toEqual([false, false, true]);
});

it('a process of which no lateness is known is not late, whatever the limit', () => {
  expect([null, undefined].map((ms) => isLate(ms, -1))).toEqual([false, false]);
});
