import { describe, expect, it } from 'vitest';
import { bindingOf, isKey, keyMap, type PressedKey } from './keys.ts';

function press(key: string, held: Partial<PressedKey> = {}): PressedKey {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('the key map', () => {
  it('gives no key two meanings in one place', () => {
    const seen = new Map<string, string>();
    for (const { id, keys, place } of keyMap) {
      for (const key of keys) {
        const before = seen.get(`${place} ${key}`);
        expect(before, `${key} is ${before ?? ''} and ${id}`).toBeUndefined();
        seen.set(`${place} ${key}`, id);
      }
    }
  });

  it('names every binding once and says what it does', () => {
    expect(new Set(keyMap.map(({ id }) => id)).size).toBe(keyMap.length);
    for (const { does, keys } of keyMap) {
      expect(does.length).toBeGreaterThan(3);
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it('knows a question mark typed with Shift', () => {
    expect(bindingOf(press('?', { shiftKey: true }), keyMap)?.id).toBe('help');
  });

  it('takes the command key for Ctrl', () => {
    expect(bindingOf(press('k', { metaKey: true }), keyMap)?.id).toBe('palette');
    expect(bindingOf(press('K', { ctrlKey: true, shiftKey: true }), keyMap)?.id).toBe('palette');
    expect(bindingOf(press('k'), keyMap)).toBeUndefined();
  });

  it('tells a letter from the same letter with Shift', () => {
    expect(isKey(press('n'), 'n')).toBe(true);
    expect(isKey(press('N', { shiftKey: true }), 'n')).toBe(false);
    expect(isKey(press('N', { shiftKey: true }), 'Shift+n')).toBe(true);
    expect(isKey(press('n'), 'Shift+n')).toBe(false);
  });

  it('leaves keys of the browser alone', () => {
    expect(bindingOf(press('ArrowDown', { altKey: true }), keyMap)).toBeUndefined();
    expect(bindingOf(press('/', { ctrlKey: true }), keyMap)).toBeUndefined();
  });

  it('knows plus as a key of its own', () => {
    expect(isKey(press('+', { shiftKey: true }), '+')).toBe(true);
  });
});
