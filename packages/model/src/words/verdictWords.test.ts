import { expect, it } from 'vitest';
import { isHindering } from '../graph/network/verdict.ts';
import { verdictMark, verdictWords } from './verdictWords.ts';

const all = [
  'BLOCKED',
  'DROPPED',
  'ERROR',
  'AUDIT',
  'REDIRECTED',
  'TRANSLATED',
  'TRACED',
  'FORWARDED',
];

it('what hindered a connection is a mark, and only that', () => {
  expect(all.filter((verdict) => verdictMark(verdict) !== '')).toEqual(all.filter(isHindering));
  expect(verdictMark(null)).toBe('');
});

it('every judgement has words, and a new one is said as it came', () => {
  expect(new Set(all.map(verdictWords)).size).toBe(all.length);
  expect(verdictWords('PUT_ASIDE')).toBe('put aside');
});
