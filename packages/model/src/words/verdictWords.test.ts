import { expect, it } from 'vitest';
import { verdictRank as graphRank, isHindering } from '../graph/network/verdict.ts';
import { countedVerdictWords, verdictMark, verdictRank, verdictWords } from './verdictWords.ts';

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

it('judgements are as grave here as in the graph, those that nobody knows too', () => {
  const some = [...all, 'PUT_ASIDE'];
  const byRank = (rank: (verdict: string) => number) => some.toSorted((a, b) => rank(a) - rank(b));
  expect(byRank(verdictRank)).toEqual(byRank(graphRank));
});

it('counts of judgements leave nobody out', () => {
  const verdicts = [
    { verdict: 'DROPPED', count: 2 },
    { verdict: 'FORWARDED', count: 7 },
  ];
  expect(countedVerdictWords(verdicts, 10)).toBe('2 DROPPED, 7 FORWARDED, 1 nobody judged');
  expect(countedVerdictWords(verdicts, 9)).toBe('2 DROPPED, 7 FORWARDED');
  expect(countedVerdictWords([], 9)).toBe('');
});

it('every judgement has words, and a new one is said as it came', () => {
  expect(new Set(all.map(verdictWords)).size).toBe(all.length);
  expect(verdictWords('PUT_ASIDE')).toBe('put aside');
});
