import { expect, it } from 'vitest';
import { listedWords } from './listedWords.ts';

const some = (count: number) => Array.from({ length: count }, (_, at) => at);

it('says how many are listed, of how many, and that there are more where nobody counted', () => {
  expect(listedWords({ items: some(1), total: 1, hasMore: false }, 'event')).toBe('1 event');
  expect(listedWords({ items: some(24), total: null, hasMore: false }, 'event')).toBe('24 events');
  expect(listedWords({ items: some(200), total: 3310, hasMore: true }, 'event')).toMatch(
    /^first 200 of 3.310 events$/,
  );
  expect(listedWords({ items: some(200), total: null, hasMore: true }, 'event')).toBe(
    'first 200 events, there are more',
  );
});
