import { describe, expect, it } from 'vitest';
import { rowOrderOf, rowOrderText } from './rowOrder.ts';

describe('the order of siblings in an address', () => {
  it('is by start when it is not said, or nobody can sort by it', () => {
    const byStart = { column: 'start', descending: false };
    for (const text of [undefined, '', '-', 'arguments', '-nothing', '__proto__'])
      expect(rowOrderOf(text)).toEqual(byStart);
    expect(rowOrderText(byStart)).toBeUndefined();
    expect(rowOrderText(undefined)).toBeUndefined();
  });

  it('is read as it was written', () => {
    for (const text of ['process', '-process', '-duration', '-start', 'net'])
      expect(rowOrderText(rowOrderOf(text))).toBe(text);
  });
});
