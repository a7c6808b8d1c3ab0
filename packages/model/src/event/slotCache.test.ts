import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlotCache } from './slotCache.ts';

it('gives a key its latest value or nothing, never that of another key', () => {
  const key = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), key, (keys, stranger) => {
      const cache = new SlotCache<number>(9);
      const latest = new Map<string, number>();
      for (const [index, text] of keys.entries()) {
        cache.keep(text, index);
        latest.set(text, index);
        expect(cache.find(text)).toBe(index);
      }
      for (const text of [...keys, stranger]) {
        expect([undefined, latest.get(text)]).toContain(cache.find(text));
      }
    }),
  );
});

it('grows with what it is given, up to its limit, and remembers most of it', () => {
  const keys = Array.from({ length: 2_000 }, (_, index) => `node:${index * 7919}:${index}`);
  const cache = new SlotCache<number>(12);
  for (const [index, key] of keys.entries()) cache.keep(key, index);
  const kept = keys.filter((key, index) => cache.find(key) === index);
  expect(kept.length).toBeGreaterThan(1_500);
});
