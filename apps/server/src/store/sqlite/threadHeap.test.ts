import { expect, it } from 'vitest';
import { heapOfThreadMb } from './threadHeap.ts';

const gib = 2 ** 30;

it('is half of what there is, or of what the process is held to', () => {
  expect(heapOfThreadMb(24 * gib, 0)).toBe(12_288);
  expect(heapOfThreadMb(24 * gib, 2 ** 64)).toBe(12_288);
  expect(heapOfThreadMb(24 * gib, 4 * gib)).toBe(2_048);
  expect(heapOfThreadMb(24 * gib, -1)).toBe(12_288);
});

it('is never too little to work with', () => {
  expect(heapOfThreadMb(gib / 4, 0)).toBe(512);
});
