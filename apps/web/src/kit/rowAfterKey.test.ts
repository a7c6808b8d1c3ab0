import { describe, expect, it } from 'vitest';
import { rowAfterKey } from './rowAfterKey.ts';

const press = (key: string) => ({ key, ctrlKey: false, altKey: false, metaKey: false });

describe('keys in a table', () => {
  it('starts at the first row and stops at the ends', () => {
    expect(rowAfterKey(press('ArrowDown'), -1, 5, 3)).toBe(0);
    expect(rowAfterKey(press('ArrowUp'), 0, 5, 3)).toBe(0);
    expect(rowAfterKey(press('ArrowDown'), 4, 5, 3)).toBe(4);
  });

  it('moves by pages and to the ends', () => {
    expect(rowAfterKey(press('PageDown'), 0, 100, 20)).toBe(20);
    expect(rowAfterKey(press('PageUp'), 5, 100, 20)).toBe(0);
    expect(rowAfterKey(press('End'), 0, 10_000, 20)).toBe(9999);
    expect(rowAfterKey(press('Home'), 9999, 10_000, 20)).toBe(0);
  });

  it('leaves other keys and empty tables alone', () => {
    expect(rowAfterKey(press('x'), 0, 5, 3)).toBeUndefined();
    expect(rowAfterKey(press('ArrowDown'), -1, 0, 3)).toBeUndefined();
  });
});
