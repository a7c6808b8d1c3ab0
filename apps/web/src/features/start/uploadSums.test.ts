import { expect, it } from 'vitest';
import type { Upload } from '../../api/uploads.ts';
import { sumsOf } from './uploadSums.ts';

const file: Upload = {
  id: 'a',
  caseName: 'c',
  name: 'a',
  size: 100,
  format: 'auto',
  sent: 40,
  rate: 0,
  state: { kind: 'sending' },
};

it('many files are one: how many are through, and all bytes of what is finished', () => {
  expect(
    sumsOf([
      file,
      { ...file, sent: 0, state: { kind: 'waiting' } },
      { ...file, sent: 10, state: { kind: 'cancelled' } },
    ]),
  ).toEqual({ done: 0, refused: 0, cancelled: 1, going: 2, sent: 140, size: 300, events: 0 });
});
