import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextHash } from './textHash.ts';
import { RememberedTexts } from './textMap.ts';

describe('the hash of a text', () => {
  it('is the same of a text and of its bytes, wherever they lie', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(9), fc.nat(9), (text, before, behind) => {
        const bytes = Buffer.concat([
          Buffer.alloc(before, 7),
          Buffer.from(text),
          Buffer.alloc(behind),
        ]);
        const [ofText, ofBytes] = [new TextHash(), new TextHash()];
        ofText.takeText(text);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        ofBytes.take(view, before, bytes.length - behind);
        expect([ofBytes.low, ofBytes.high]).toEqual([ofText.low, ofText.high]);
      }),
    );
  });

  it('tells texts apart that differ by a character or by zeros at their end, long ones too', () => {
    const hash = new TextHash();
    const seen = new Set<string>();
    const texts = ['', '\0', '\0\0', '\0\0\0\0', 'é'.repeat(9_000), `${'é'.repeat(8_999)}e`];
    for (let index = 0; index < 20_000; index += 1) texts.push(`d29ya2VyLTc6MjM2${index}==`);
    for (const text of texts) {
      hash.takeText(text);
      seen.add(`${hash.low} ${hash.high}`);
    }
    expect(seen.size).toBe(texts.length);
  });
});

describe('remembered texts', () => {
  it('are as a map has them, whatever their hashes are', () => {
    const step = fc.record({ text: fc.nat(40), low: fc.nat(2), high: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const texts = new RememberedTexts<number>(1_000);
        const known = new Map<string, number>();
        for (const [at, { text, low, high }] of steps.entries()) {
          // A text has one hash, and many have the same.
          const key = `${text} ${low} ${high}`;
          expect(texts.get(low, high, key)).toBe(known.get(key));
          if (known.has(key)) continue;
          texts.add(low, high, key, at);
          known.set(key, at);
        }
      }),
    );
  });

  it('are all there while their generation lasts, and those that were asked for in the next', () => {
    const texts = new RememberedTexts<number>(5_000);
    const hash = new TextHash();
    const get = (index: number): number | undefined => {
      hash.takeText(`text ${index}`);
      return texts.get(hash.low, hash.high, `text ${index}`);
    };
    const add = (index: number): void => {
      hash.takeText(`text ${index}`);
      texts.add(hash.low, hash.high, `text ${index}`, index);
    };
    for (let index = 0; index < 5_000; index += 1) add(index);
    expect(Array.from({ length: 5_000 }, (_, index) => get(index))).toEqual(
      Array.from({ length: 5_000 }, (_, index) => index),
    );
    texts.age();
    expect(get(17)).toBe(17);
    for (let index = 5_000; index < 10_000; index += 1) add(index);
    texts.age();
    expect([get(17), get(18), get(9_999)]).toEqual([17, undefined, 9_999]);
    texts.forget();
    expect(get(9_999)).toBeUndefined();
  });
});
