import { expect, it } from 'vitest';
import { dialectOf, dialects } from '../event/dialects.ts';
import { agentList, agentWords, dialectOfLabel } from './agentWords.ts';

it('every dialect has the name of an agent', () => {
  const names = dialects.map(agentWords);
  expect(new Set(names).size).toBe(dialects.length);
  // One of them writes its own name so.
  expect(dialects.filter((dialect) => agentWords(dialect) === dialect)).toEqual(['sysdig']);
  expect(agentWords('later')).toBe('later');
});

it('puts several into a sentence', () => {
  expect(agentList(['falco', 'kubearmor', 'zeek'], 'and')).toBe('Falco, KubeArmor and Zeek');
  expect(agentList(['falco'], 'or')).toBe('Falco');
  expect(agentList([], 'or')).toBe('');
});

it('knows who told of an event by its label', () => {
  expect(dialectOfLabel('falco:Terminal shell in container')).toBe('falco');
  expect(dialectOfLabel('process_exec')).toBe('tetragon');
});

it.each([
  ...dialects.map((dialect) => `${dialect}:said`),
  'foo:bar',
  'later:falco:exec',
  ':',
  'falco',
  'Falco:exec',
  '',
  'constructor:x',
])('says of the label %j what the events say', (label) => {
  expect(dialectOfLabel(label)).toBe(dialectOf(label));
});
