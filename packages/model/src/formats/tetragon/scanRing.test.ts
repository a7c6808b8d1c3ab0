import { describe, expect, it } from 'vitest';
import { ByteRing } from './scanRing.ts';

function textAt({ view }: ByteRing, from: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, from, length));
}

describe('a ring of bytes', () => {
  it('gives back what it holds, and says of the rest that it is gone', () => {
    const ring = new ByteRing(1_000);
    const kept: { readonly at: number; readonly text: string }[] = [];
    for (let i = 0; i < 500; i += 1) {
      const text = String(i).repeat(1 + (i % 40));
      const cut = i % (text.length + 1);
      const bytes = new TextEncoder().encode(text);
      kept.push({ at: ring.keep(bytes.subarray(0, cut), bytes.subarray(cut)), text });
      const held = kept.filter(({ at }) => ring.holds(at));
      for (const { at, text: whole } of held) {
        expect(textAt(ring, ring.placeOf(at), whole.length)).toBe(whole);
      }
      expect(held.at(-1)?.text).toBe(text);
      const bytesHeld = held.reduce((sum, { text: { length } }) => sum + length, 0);
      expect(bytesHeld).toBeLessThanOrEqual(1_000);
    }
    expect(kept.filter(({ at }) => ring.holds(at)).length).toBeGreaterThan(5);
  });

  it('grows to its limit before it forgets', () => {
    const ring = new ByteRing(1024 * 1024);
    const text = new Uint8Array(1_000).fill(65);
    const places = Array.from({ length: 1_000 }, () => ring.keep(text));
    expect(places.every((at) => ring.holds(at))).toBe(true);
  });
});
