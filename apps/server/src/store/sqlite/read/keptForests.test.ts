import { expect, it } from 'vitest';
import { KeptForests } from './keptForests.ts';

function asked(
  kept: KeptForests<{ processes: { length: number } }>,
  keys: readonly [string, number][],
) {
  const made: string[] = [];
  for (const [key, length] of keys)
    kept.keep(key, () => {
      made.push(key);
      return { processes: { length } };
    });
  return made;
}

it('lets forests without a process go too, when there are many', () => {
  const kept = new KeptForests(1_000, 3);
  asked(kept, [
    ['a', 0],
    ['b', 0],
    ['c', 0],
    ['a', 0],
    ['d', 0],
  ]);
  expect(['a', 'b', 'c', 'd'].filter((key) => kept.peek(key) !== undefined)).toEqual([
    'a',
    'c',
    'd',
  ]);
});

it('lets those used longest ago go when their processes are many, but never the last one', () => {
  const kept = new KeptForests(10, 100);
  expect(
    asked(kept, [
      ['a', 6],
      ['b', 4],
      ['a', 6],
      ['c', 3],
      ['b', 4],
      ['big', 99],
    ]),
  ).toEqual(['a', 'b', 'c', 'b', 'big']);
  expect(kept.peek('big')).toBeDefined();
  expect(kept.peek('b')).toBeUndefined();
});
