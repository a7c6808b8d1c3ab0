import { expect, it } from 'vitest';
import { spotAfterKey } from './StripCalls.tsx';

it('goes from mark to mark by the arrows, and stays at the ends', () => {
  expect(spotAfterKey('ArrowRight', 0, 3)).toBe(1);
  expect(spotAfterKey('ArrowRight', 2, 3)).toBe(2);
  expect(spotAfterKey('ArrowLeft', 0, 3)).toBe(0);
  expect(spotAfterKey('End', 0, 3)).toBe(2);
  expect(spotAfterKey('Home', 2, 3)).toBe(0);
});

it('leaves other keys to the page', () => {
  expect(spotAfterKey('Enter', 0, 3)).toBeUndefined();
  expect(spotAfterKey('n', 0, 3)).toBeUndefined();
});
