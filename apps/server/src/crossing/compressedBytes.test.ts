import { type FoldedBytes, unfold } from '@forebear/model/event/foldedBytes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressBytes, compressing, wholeOf } from './compressedBytes.ts';

/** Bytes of which the second half repeats the first, as a fold says. */
const folded = fc.uint8Array({ minLength: 1, maxLength: 5_000 }).map(
  (kept): FoldedBytes => ({
    kept,
    folds: Uint32Array.of(kept.length, kept.length, 0),
    size: kept.length * 2,
  }),
);
const plain = fc
  .uint8Array({ maxLength: 5_000 })
  .map((kept): FoldedBytes => ({ kept, folds: new Uint32Array(0), size: kept.length }));

describe('compressed bytes', () => {
  it('are the bytes of the records again, folded or not', () => {
    fc.assert(
      fc.property(fc.oneof(folded, plain), (bytes) => {
        expect([...wholeOf(compressBytes(bytes))]).toEqual([...unfold(bytes)]);
      }),
    );
  });

  it('can be looked at as what they were made of, and are not compressed again', () => {
    fc.assert(
      fc.property(fc.oneof(folded, plain), (bytes) => {
        const taken = compressing(bytes);
        expect([...unfold(taken)]).toEqual([...unfold(bytes)]);
        expect(compressBytes(taken)).toBe(compressBytes(taken));
      }),
    );
  });

  it('do not change with what they were taken from', () => {
    const lent = new Uint8Array(1_000).fill(7);
    const taken = compressing({ kept: lent, folds: new Uint32Array(0), size: lent.length });
    lent.fill(9);
    expect(unfold(taken).every((byte) => byte === 7)).toBe(true);
  });

  it('are refused when they are damaged, not read as something else', () => {
    const kept = new Uint8Array(5_000).map((_byte, at) => at * at);
    const compressed = compressBytes({ kept, folds: new Uint32Array(0), size: kept.length });
    const data = new Uint8Array(compressed.data);
    data[40] = (data[40] ?? 0) ^ 1;
    expect(() => wholeOf({ ...compressed, data })).toThrow(/checksum|data/i);
  });
});
