import type { Blank, Framed, FramedRecord } from '../framed.ts';
import type { FramerOptions } from '../framer.ts';
import { createFramer } from '../framer.ts';
import { splitRecord } from '../splitRecord.ts';
import { decodeText, encodeText, parseJson } from '../text.ts';

/** Frames `input` cut at the given lengths, over and over, and copies what it gets: views die with the call. */
export function frameInChunks(
  input: Uint8Array,
  sizes: readonly number[],
  options?: FramerOptions,
): Framed[] {
  const pieces: Framed[] = [];
  const keep = (piece: Framed): void => {
    pieces.push(copyPiece(piece));
  };
  const framer = createFramer(options);
  let at = 0;
  for (let turn = 0; at < input.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    // A buffer that is scribbled over afterwards: nobody may keep it.
    const chunk = new Uint8Array(input.subarray(at, at + size));
    framer.push(chunk, keep);
    chunk.fill(0x7d);
    at += size;
  }
  framer.end(keep);
  return pieces;
}

export function frameWhole(input: Uint8Array | string, options?: FramerOptions): Framed[] {
  const bytes = typeof input === 'string' ? encodeText(input) : input;
  return frameInChunks(bytes, [Math.max(1, bytes.length)], options);
}

/** What a consumer ends up with: records that parse as they are, the others taken apart. */
export function settle(pieces: readonly Framed[]): Framed[] {
  return pieces.flatMap((piece) =>
    piece.kind === 'record' && parseJson(piece.bytes) === undefined
      ? splitRecord(piece).map(copyPiece)
      : [piece],
  );
}

export function recordsOf(pieces: readonly Framed[]): FramedRecord[] {
  return settle(pieces).filter((piece) => piece.kind === 'record');
}

export function textsOf(pieces: readonly Framed[]): string[] {
  return recordsOf(pieces).map((record) => decodeText(record.bytes));
}

/** One line per piece: `kind[:reason] text`. */
export function describePieces(pieces: readonly Framed[]): string[] {
  return pieces.map((piece) => {
    switch (piece.kind) {
      case 'record':
        return `record ${decodeText(piece.bytes)}`;
      case 'text':
        return `text ${piece.text}`;
      case 'skipped':
      case 'unreadable':
        return `${piece.kind}:${piece.reason} ${decodeText(piece.bytes)}`;
      case 'oversize':
        return `oversize ${piece.length}`;
      case 'blank':
        return 'blank';
    }
  });
}

/**
 * The accounting, or the first thing wrong with it: ranges in order and apart (those of joined records by their spans),
 * `length` the sum of the spans, and nothing but separators between.
 */
export function findMiscount(input: Uint8Array, pieces: readonly Framed[]): string | undefined {
  const spans = pieces.flatMap((piece) => {
    const own = 'spans' in piece && piece.spans !== undefined ? piece.spans : [piece];
    // The second and later values of one wrapped record own nothing.
    return piece.length === 0 ? [] : own;
  });
  for (const piece of pieces) {
    if (!('spans' in piece) || piece.spans === undefined || piece.length === 0) continue;
    const sum = piece.spans.reduce((total, span) => total + span.length, 0);
    if (sum !== piece.length) return `spans of ${piece.offset} hold ${sum}, not ${piece.length}`;
  }
  const sorted = [...spans].sort((a, b) => a.offset - b.offset);
  let at = 0;
  for (const span of [...sorted, { offset: input.length, length: 0 }]) {
    if (span.offset < at) return `overlap at ${span.offset}, behind ${at}`;
    const gap = input.subarray(at, span.offset);
    if (!isGap(gap)) return `lost ${JSON.stringify(decodeText(gap))} at ${at}`;
    at = span.offset + span.length;
  }
  return at === input.length ? undefined : `ends at ${at} of ${input.length}`;
}

/**
 * The first piece whose bytes are not those of its range: all of it, or a part of it where something stood around the
 * value. Docker's values are written otherwise than they stand, and are not compared; nor is UTF-16.
 */
export function findMisquote(input: Uint8Array, pieces: readonly Framed[]): string | undefined {
  for (const piece of pieces) {
    if (piece.kind === 'blank') continue;
    const quoted = piece.kind === 'oversize' ? piece.head : piece.bytes;
    const { wrapper, encoding } = 'wrapper' in piece ? piece : notWrapped;
    if (wrapper?.kind === 'docker' || encoding === 'utf16') continue;
    const range = input.subarray(piece.offset, piece.offset + piece.length);
    const isWhole = wrapper === undefined && piece.spans === undefined && piece.kind !== 'oversize';
    const isSame = isWhole ? areEqual(range, quoted) : holds(input, piece, quoted);
    if (!isSame) return `${piece.kind} at ${piece.offset} is not what was received`;
  }
  return undefined;
}

const notWrapped = { wrapper: undefined, encoding: undefined };

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Whether the ranges of a piece, one behind the other, hold the bytes in their order, with only more between. */
function holds(input: Uint8Array, piece: Exclude<Framed, Blank>, quoted: Uint8Array): boolean {
  let at = 0;
  for (const { offset, length } of piece.spans ?? [piece]) {
    for (let i = offset; i < offset + length && at < quoted.length; i += 1) {
      if (input[i] === quoted[at]) at += 1;
    }
  }
  return at === quoted.length;
}

function isGap(bytes: Uint8Array): boolean {
  return bytes.every((byte) => SEPARATORS.has(byte));
}

// NUL, FF and FE only occur as halves of UTF-16 separators and byte order marks; the tests with such bytes say so.
const SEPARATORS = new Set([0x0a, 0x0d, 0x20, 0x09, 0x2c, 0x5b, 0x5d, 0xef, 0xbb, 0xbf]);

function copyPiece<P extends Framed>(piece: P): P {
  if (piece.kind === 'oversize') return { ...piece, head: new Uint8Array(piece.head) };
  if ('bytes' in piece) return { ...piece, bytes: new Uint8Array(piece.bytes) };
  return { ...piece };
}
