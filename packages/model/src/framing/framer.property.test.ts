import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describePieces,
  findMiscount,
  frameInChunks,
  frameWhole,
  recordsOf,
  settle,
} from './testing/pieces.ts';
import { hostileLine, joinBytes, validShape } from './testing/shapes.ts';
import { decodeText, encodeText, parseJson } from './text.ts';

const RUNS = 2000;
const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 8 });
const mixture = fc
  .array(
    fc.oneof(
      validShape.map((shape) => shape.bytes),
      hostileLine,
      fc.uint8Array({ maxLength: 6 }),
    ),
    { maxLength: 6 },
  )
  .map(joinBytes);

describe('for any mixture of shapes, noise and damage', () => {
  it('the pieces do not depend on where the chunks were cut', () => {
    fc.assert(
      fc.property(mixture, sizes, (input, cuts) => {
        expect(frameInChunks(input, cuts)).toEqual(frameWhole(input));
      }),
      { numRuns: RUNS },
    );
  });

  it('nor do they when records are longer than the limit', () => {
    fc.assert(
      fc.property(
        mixture,
        sizes,
        fc.integer({ min: 1, max: 300 }),
        (input, cuts, maxRecordBytes) => {
          const options = { maxRecordBytes };
          expect(frameInChunks(input, cuts, options)).toEqual(frameWhole(input, options));
          expect(findMiscount(input, frameWhole(input, options))).toBeUndefined();
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('every byte is in exactly one piece or is a separator', () => {
    fc.assert(
      fc.property(mixture, (input) => {
        const pieces = frameWhole(input);
        expect(findMiscount(input, pieces)).toBeUndefined();
        expect(findMiscount(input, settle(pieces))).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('a record taken apart gives only records that parse', () => {
    fc.assert(
      fc.property(mixture, (input) => {
        for (const record of recordsOf(frameWhole(input))) {
          expect(parseJson(record.bytes)).toBeDefined();
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('ten thousand hostile lines among ten thousand good ones', () => {
  it('every good line is a record, and the pieces account for every byte', () => {
    const hostile = fc.sample(hostileLine, { numRuns: 10_000, seed: 45 });
    const good = hostile.map((_line, pid) => `{"process_exec":{"process":{"pid":${pid}}}}`);
    const input = joinBytes(
      hostile.flatMap((line, index) => [line, encodeText(`${good[index] ?? ''}\n`)]),
    );
    const pieces = frameInChunks(input, [65_536]);
    const found = new Set(recordsOf(pieces).map((record) => decodeText(record.bytes)));
    expect(good.filter((text) => !found.has(text))).toEqual([]);
    expect(findMiscount(input, settle(pieces))).toBeUndefined();
  });
});

describe('whatever hostile lines stand before, between and after', () => {
  it('no valid event is lost, and they keep their order', () => {
    const log = fc.array(fc.tuple(fc.array(hostileLine, { maxLength: 2 }), validShape), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(log, fc.array(hostileLine, { maxLength: 2 }), (blocks, last) => {
        const input = joinBytes([
          ...blocks.flatMap(([lines, shape]) => [...lines, shape.bytes]),
          ...last,
        ]);
        const found = recordsOf(frameWhole(input)).map((record) =>
          compact(decodeText(record.bytes)),
        );
        const expected = blocks.flatMap(([, shape]) =>
          shape.events.map((text) => ({ text, certain: shape.certain })),
        );
        const missing = firstMissing(expected, found);
        expect(missing, describePieces(settle(frameWhole(input))).join('\n')).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});

function compact(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function firstMissing(
  expected: readonly { readonly text: string; readonly certain: boolean }[],
  found: readonly string[],
): string | undefined {
  let from = 0;
  for (const { text, certain } of expected) {
    const at = found.indexOf(text, from);
    if (at >= 0) from = at + 1;
    else if (certain || !found.some((record) => record.includes(text))) return text;
  }
  return undefined;
}
