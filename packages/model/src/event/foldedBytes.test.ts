import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteFolder, unfold } from './foldedBytes.ts';
import { Repeats } from './repeats.ts';

interface Part {
  /** Fresh bytes, or how far back (of what stands there) the part repeats. */
  readonly fresh: Uint8Array;
  readonly back: number;
  readonly length: number;
}

const parts = fc.array(
  fc.record({
    fresh: fc.uint8Array({ maxLength: 40 }),
    back: fc.nat(400),
    length: fc.integer({ min: 24, max: 80 }),
  }),
  { maxLength: 6 },
);

/** A record made of fresh bytes and of repetitions of what stood before in `before`; the repetitions are noted. */
function recordOf(before: readonly number[], made: readonly Part[], repeats: Repeats): Uint8Array {
  const bytes: number[] = [];
  for (const { fresh, back, length } of made) {
    bytes.push(...fresh);
    const from = before.length - back;
    if (from < 0 || from + length > before.length) continue;
    repeats.note(bytes.length, length, repeats.oldest + from);
    bytes.push(...before.slice(from, from + length));
  }
  return Uint8Array.from(bytes);
}

describe('folded bytes', () => {
  it('unfold to the records as they were, whatever repeats what', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), fc.nat(1e9), (records, start) => {
        const folder = new ByteFolder(start);
        const whole: number[] = [];
        for (const made of records) {
          const repeats = new Repeats();
          repeats.begin(start + whole.length, start);
          const bytes = recordOf(whole, made, repeats);
          folder.add(bytes, repeats);
          whole.push(...bytes);
        }
        expect([...unfold(folder.finish())]).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('keep a repetition once', () => {
    const line = new Uint8Array(1000).map((_, index) => index % 251);
    const folder = new ByteFolder(0);
    const repeats = new Repeats();
    for (let row = 0; row < 50; row += 1) {
      repeats.begin(row * line.length, 0);
      if (row > 0) repeats.note(0, line.length, (row - 1) * line.length);
      folder.add(line, repeats);
    }
    const folded = folder.finish();
    expect(folded.kept).toHaveLength(line.length);
    expect(folded.size).toBe(50 * line.length);
    expect(unfold(folded)).toHaveLength(50 * line.length);
  });

  it('refer to nothing that an earlier batch holds', () => {
    const line = new Uint8Array(100).fill(7);
    const folder = new ByteFolder(5_000);
    const repeats = new Repeats();
    repeats.begin(5_000, 0);
    repeats.note(0, 100, 1_000);
    folder.add(line, repeats);
    expect(folder.finish()).toMatchObject({ size: 100, kept: line });
  });

  it('say so when they are damaged, instead of giving other bytes', () => {
    const kept = new Uint8Array(10);
    const fold = (...folds: number[]) => ({ kept, folds: Uint32Array.from(folds), size: 40 });
    expect(() => unfold(fold(10, 30, 0))).toThrow('does not fit');
    expect(() => unfold(fold(20, 20, 0))).toThrow('does not fit');
    expect(() => unfold(fold(10, 10, 0))).toThrow('do not give the whole');
    expect(() => unfold(fold(10, 10, 0, 15, 5, 0))).toThrow('does not fit');
  });
});
