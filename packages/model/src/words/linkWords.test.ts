import { expect, it } from 'vitest';
import { linkMethod, processKind } from '../wire/primitives.ts';
import { linkDoubt, linkWords } from './linkWords.ts';
import { kindWords } from './processWords.ts';

it('every way to find a parent has words, and the likely ones a doubt', () => {
  const methods = linkMethod.options;
  expect(new Set(methods.map(linkWords)).size).toBe(methods.length);
  expect(methods.filter((method) => linkWords(method) === method)).toEqual([]);
  expect(methods.filter((method) => linkDoubt(method) !== '')).toEqual(['pid_as_of', 'name_chain']);
  expect(linkWords('by_dream')).toBe('by dream');
});

it('every kind of process has words', () => {
  const kinds = processKind.options;
  expect(kinds.filter((kind) => kindWords(kind) === kind)).toEqual([]);
});
