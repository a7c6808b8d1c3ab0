import { describe, expect, it } from 'vitest';
import { listedWords } from './words.ts';

const rows = (external: number, inside: number) => [
  ...Array.from({ length: external }, () => ({ external: true })),
  ...Array.from({ length: inside }, () => ({ external: false })),
];
const whole = { total: null, hasMore: false, isSoFar: false };

describe('how many destinations a list holds', () => {
  it('is all of them, or the first of a number that is said', () => {
    expect(listedWords(rows(24, 307), whole)).toBe('331 destinations · 24 external');
    expect(listedWords(rows(24, 176), { ...whole, total: 331, hasMore: true })).toBe(
      'first 200 of 331 destinations · 24 external',
    );
    expect(listedWords(rows(1, 0), whole)).toBe('1 destination · 1 external');
  });

  it('is open only where it is: external ones come first, and parts of a case may be missing', () => {
    expect(listedWords(rows(200, 0), { ...whole, total: 331, hasMore: true })).toContain(
      'at least 200 external',
    );
    expect(listedWords(rows(3, 9), { ...whole, isSoFar: true })).toBe(
      '12 destinations · 3 external so far',
    );
  });
});
