import { expect, it } from 'vitest';
import { dialects } from '../event/dialects.ts';
import { agentWords } from './agentWords.ts';

it('every dialect has the name of an agent', () => {
  const names = dialects.map(agentWords);
  expect(new Set(names).size).toBe(dialects.length);
  // One of them writes its own name so.
  expect(dialects.filter((dialect) => agentWords(dialect) === dialect)).toEqual(['sysdig']);
  expect(agentWords('later')).toBe('later');
});
