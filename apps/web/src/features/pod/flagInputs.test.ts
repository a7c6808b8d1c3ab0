import { expect, it } from 'vitest';
import { inputsInWords } from './flagInputs.ts';

it('says lengths in seconds, bases in words, and nothing of what is empty', () => {
  const said = inputsInWords({
    lateByMs: 302_417.4,
    limitMs: 60_000,
    base: 'container_start',
    parentBinary: '',
  }).map(({ name, text }) => `${name} ${text}`);
  expect(said).toEqual(['Late by 302.417 s', 'Limit 60 s', 'Measured from the container’s start']);
});

it('keeps a figure that it does not know under its own key', () => {
  expect(inputsInWords({ strangeness: 3 })).toEqual([
    { key: 'strangeness', name: 'strangeness', text: '3' },
  ]);
});
