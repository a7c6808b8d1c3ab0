import { expect, test } from 'vitest';
import { PairNumbers } from './pairNumbers.ts';

test('numbers pairs from 0 in order of first appearance, also past every growth', () => {
  const numbers = new PairNumbers();
  const pairs: [number, number][] = [];
  for (let i = 0; i < 5000; i += 1) pairs.push([i % 71, Math.floor(i / 71)]);
  for (const [index, [first, second]] of pairs.entries()) {
    expect(numbers.find(first, second)).toBe(-1);
    expect(numbers.idOf(first, second)).toBe(index);
  }
  for (const [index, [first, second]] of pairs.entries()) {
    expect(numbers.find(first, second)).toBe(index);
    expect(numbers.idOf(first, second)).toBe(index);
  }
});

test('tells a pair from the same two numbers the other way round', () => {
  const numbers = new PairNumbers();
  expect(numbers.idOf(1, 2)).toBe(0);
  expect(numbers.idOf(2, 1)).toBe(1);
});
