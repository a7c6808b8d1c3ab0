import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from './arena.ts';
import { sipHash } from './sipHash.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
const key = bytes(16);

describe('the hash of a record', () => {
  // The reference's own key and inputs (bytes 0, 1, 2, … of each length), for one round and three.
  it.each([
    [0, 0xabac0158050fc4dcn],
    [1, 0xc9f49bf37d57ca93n],
    [7, 0xd3927d989bb11140n],
    [8, 0x369095118d299a8en],
  ] as const)("of %i bytes is the reference's", (length, hash) => {
    expect(sipHash(key, bytes(length))).toBe(hash);
  });

  it('is the same in JavaScript and compiled, wherever the record lies', () => {
    const arena = new Arena();
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ maxLength: 300 }),
        (anyKey, record) => {
          arena.setHashKey(anyKey);
          const hash = sipHash(anyKey, record);
          expect(arena.hashOf(record)).toBe(hash);
          expect(arena.hashOf(arena.take(record))).toBe(hash);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is another under another key', () => {
    expect(sipHash(key.with(3, 99), bytes(20))).not.toBe(sipHash(key, bytes(20)));
  });

  it('refuses what is no key', () => {
    expect(() => sipHash(bytes(15), bytes(1))).toThrow('16 bytes');
  });
});
