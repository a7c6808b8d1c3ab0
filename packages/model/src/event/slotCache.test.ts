import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlotCache } from './slotCache.ts';

it('gives a key its latest value or nothing, never that of another key', () => {
  const key = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), key, (keys, stranger) => {
      const cache = new SlotCache<number>(4);
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
