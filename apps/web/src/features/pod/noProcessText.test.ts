import { expect, it } from 'vitest';
import { noProcessText } from './noProcessText.ts';

const agents = [
  { agent: 'tetragon', processes: 16 },
  { agent: 'falco', processes: 16 },
  { agent: 'zeek', processes: 0 },
  { agent: 'audit', processes: 0 },
];

it('says of an agent alone that it names no process, and who does', () => {
  expect(noProcessText(agents, ['zeek'])).toEqual({
    silent: 'Zeek names no process of it.',
    others: 'Tetragon and Falco do.',
  });
  expect(noProcessText(agents.slice(1), ['zeek']).others).toBe('Falco does.');
});

it('names all who told of it where none of them sees processes', () => {
  expect(noProcessText(agents.slice(2), [])).toEqual({
    silent: 'Zeek and Kubernetes audit name no process of it.',
    others: '',
  });
});

it('has words where nobody told of it', () => {
  expect(noProcessText([], []).silent).toBe('No process of it is in these logs.');
});
