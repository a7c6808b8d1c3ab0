import { expect, it } from 'vitest';
import { formats } from '../formats/registry.ts';
import { agentWords } from './agentWords.ts';
import { formatTitle, readableLogs, readFormats } from './readFormats.ts';

it('every format that is registered is offered, under its own title', () => {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const registered = formats.map(({ id, title }) => ({ id, title }));
  expect(readFormats.toSorted(byId)).toEqual(registered.toSorted(byId));
  expect(formatTitle('zeek')).toBe('Zeek');
  expect(formatTitle('later')).toBe('later');
});

it('every agent stands in the sentence', () => {
  for (const { id } of readFormats.filter((format) => format.id !== 'compact'))
    expect(readableLogs).toContain(agentWords(id));
});
