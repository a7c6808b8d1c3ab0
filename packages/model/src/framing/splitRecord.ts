import { CR, LF } from './ascii.ts';
import { receivedLength } from './cursor.ts';
import type { Framed, FramedRecord } from './framed.ts';
import { skipReason } from './noise.ts';
import type { ValueSpan } from './splitValues.ts';
import { splitValues } from './splitValues.ts';
import { sampleOf } from './text.ts';

/**
 * For a record that JSON.parse has refused: what is in it, in order. Records that come back have been parsed and found
 * good; the rest is unreadable or skipped. Together the pieces cover the record, separators apart.
 *
 * A wrapped record has no range of its own per value: the first piece owns the whole range and the others have length 0
 * at the same offset, so that sums stay exact and each still leads to its evidence.
 */
export function splitRecord(record: FramedRecord): readonly Framed[] {
  const { bytes, encoding } = record;
  const shared = record.wrapper !== undefined;
  const pieces: Framed[] = [];
  let { offset, line } = record;
  let at = 0;
  for (const span of splitValues(bytes)) {
    if (!shared) {
      offset += receivedLength(encoding, bytes, at, span.start);
      line += countLines(bytes, at, span.start);
    }
    const ownLength = receivedLength(encoding, bytes, span.start, span.end);
    const sharedLength = pieces.length === 0 ? record.length : 0;
    const length = shared ? sharedLength : ownLength;
    pieces.push(pieceOf(record, span, { offset, length, line }));
    if (!shared) {
      offset += ownLength;
      line += countLines(bytes, span.start, span.end);
    }
    at = span.end;
  }
  return pieces;
}

function pieceOf(
  record: FramedRecord,
  span: ValueSpan,
  place: { readonly offset: number; readonly length: number; readonly line: number },
): Framed {
  const bytes = record.bytes.subarray(span.start, span.end);
  const { spans } = record;
  switch (span.kind) {
    case 'value':
      return { ...record, ...place, bytes };
    case 'junk':
      return {
        kind: 'skipped',
        ...place,
        reason: skipReason(bytes),
        bytes,
        sample: sampleOf(bytes),
        spans,
      };
    case 'bad_json':
    case 'unterminated':
      return {
        kind: 'unreadable',
        ...place,
        reason: span.kind,
        bytes,
        sample: sampleOf(bytes),
        spans,
      };
  }
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    if (bytes[at] === LF ? bytes[at - 1] !== CR : bytes[at] === CR) lines++;
  }
  return lines;
}
