import { describe, expect, it } from 'vitest';
import { defaultLateMs, parseDuration } from './duration.ts';

describe('a duration', () => {
  it('is read as people write it, a bare number as seconds', () => {
    const texts = ['1500ms', '25s', '5m', '1.5h', '2d', '90', '0'];
    expect(texts.map(parseDuration)).toEqual([
      1_500, 25_000, 300_000, 5_400_000, 172_800_000, 90_000, 0,
    ]);
    expect(parseDuration('60s')).toBe(defaultLateMs);
  });

  it('is nothing else', () => {
    for (const text of ['', 's', '-5s', '+5s', '5 m', '1e3', '5x', '5M', '1.s', '.5s', '5s\n']) {
      expect(parseDuration(text), JSON.stringify(text)).toBeUndefined();
    }
    expect(parseDuration('999999999999999d')).toBeUndefined();
    expect(parseDuration('9'.repeat(400))).toBeUndefined();
  });
});
