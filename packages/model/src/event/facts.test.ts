import { expect, it } from 'vitest';
import { dialectOfKey, processKey, readProcessKey } from './facts.ts';

it.each([
  { dialect: 'tetragon', cluster: '', id: 'bjE6MTox' },
  { dialect: 'falco', cluster: 'c1', id: 'falco:node:n1' },
  { dialect: 'kubearmor', cluster: 'c1', id: 'an id with a \0 of its own' },
] as const)('reads the key of %j back', (id) => {
  expect(readProcessKey(processKey(id))).toEqual(id);
  expect(dialectOfKey(processKey(id))).toBe(id.dialect);
});

it.each(['', 'falco', 'falco\0c1', 'nobody\0c1\0id'])('reads no key in %j', (text) => {
  expect(readProcessKey(text)).toBeUndefined();
});
