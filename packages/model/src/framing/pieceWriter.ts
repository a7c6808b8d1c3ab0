import { isSeparator } from './ascii.ts';
import { Cursor, type Place } from './cursor.ts';
import { looksLikeDocker, unwrapDocker } from './docker.ts';
import type { Encoding, Sink, Wrapper } from './framed.ts';
import { isFragment, skipReason } from './noise.ts';
import { splitRecord } from './splitRecord.ts';
import { findEmbedded, trimEnd } from './splitValues.ts';
import type { LineKnowledge } from './takeLines.ts';
import { sampleOf } from './text.ts';
import { WrappedLines } from './wrappedLines.ts';
import { stripLine } from './wrappers.ts';

/**
 * Turns ranges of the buffer at hand into pieces and moves the cursor over them. Ranges are given in order; what lies
 * between the cursor and a range is a separator.
 */
export class PieceWriter {
  readonly cursor: Cursor;
  emit: Sink = ignore;
  private readonly wrapped: WrappedLines;
  private readonly known: LineKnowledge;
  /** The offset behind the latest piece. */
  private lastEnd: number;

  constructor(encoding: Encoding, offset: number, limit: number, known: LineKnowledge) {
    this.known = known;
    this.cursor = new Cursor(encoding, offset);
    this.wrapped = new WrappedLines(limit, encoding, known.claimText);
    this.lastEnd = offset;
  }

  /** The offset of the oldest byte that waits for the rest of its record, or `undefined`. */
  get oldestWaiting(): number | undefined {
    return this.wrapped.oldest;
  }

  end(): void {
    this.wrapped.end(this.emit);
  }

  blank(start: number, end: number): void {
    this.emit({ kind: 'blank', ...this.move(start, end) });
  }

  /** A value that never ended, and what can be saved of it. */
  broken(start: number, end: number): void {
    const { cursor } = this;
    const { bytes, encoding } = cursor;
    const range = bytes.subarray(start, trimEnd(bytes, start, end));
    const place = this.move(start, start + range.length);
    const pieces = splitRecord({
      kind: 'record',
      ...place,
      bytes: range,
      encoding,
      wrapper: undefined,
      spans: undefined,
    });
    for (const piece of pieces) this.emit(piece);
  }

  /** What lies between `from` and the cursor was too long; only its `head` is left. */
  oversize({ offset, line }: Place, head: Uint8Array): void {
    const length = this.since(offset);
    this.emit({
      kind: 'oversize',
      offset,
      length,
      line,
      head,
      sample: sampleOf(head),
      spans: undefined,
    });
  }

  /** From `from` to the cursor there were only NUL bytes. */
  padding({ offset, line }: Place): void {
    const length = this.since(offset);
    this.emit({
      kind: 'skipped',
      offset,
      length,
      line,
      reason: 'padding',
      bytes: NOTHING,
      sample: '',
      spans: undefined,
    });
  }

  /** A line that is no value: a record of plain text if somebody reads it, else what is in it from `first` on. */
  plainLine(start: number, first: number, end: number): void {
    if (!this.claimed(start, end)) this.text(first, trimEnd(this.cursor.bytes, first, end));
  }

  /** Hands out a line of plain text that somebody reads, with or without what `kubectl logs` puts before it; false: nobody does. */
  private claimed(start: number, end: number): boolean {
    const { claimText } = this.known;
    if (claimText === undefined) return false;
    const line = this.cursor.bytes.subarray(start, end);
    const own = claimText(line);
    const stripped = own === undefined ? stripLine(line) : undefined;
    const bytes = stripped === undefined ? line : line.subarray(stripped.start);
    const text = own ?? (stripped === undefined ? undefined : claimText(bytes));
    if (text === undefined) return false;
    const { encoding } = this.cursor;
    const place = { ...this.move(start, end), spans: undefined };
    this.emit({ kind: 'text', ...place, bytes, text, encoding, wrapper: stripped?.wrapper });
    return true;
  }

  /** A line that nobody reads: the objects that stand in it, and the text around them. */
  private text(start: number, end: number): void {
    const { bytes } = this.cursor;
    const line = bytes.subarray(start, end);
    const reason = skipReason(line);
    const found = reason === 'text' || reason === 'binary' ? findEmbedded(line) : [];
    let at = start;
    for (const span of found) {
      this.passOver(at, start + span.start);
      this.value(start + span.start, start + span.end);
      at = start + span.end;
    }
    this.passOver(at, end);
  }

  /** Hands out [from, to) as text, or as the rest of a line that was cut; separators at its ends apart. */
  passOver(from: number, to: number): void {
    const { bytes } = this.cursor;
    let start = from;
    while (start < to && isSeparator(bytes[start])) start++;
    const end = trimEnd(bytes, start, to);
    if (start === end) return;
    const text = bytes.subarray(start, end);
    const piece = {
      ...this.move(start, end),
      bytes: text,
      sample: sampleOf(text),
      spans: undefined,
    };
    const reason = skipReason(text);
    if (reason === 'text' && isFragment(text)) {
      this.emit({ kind: 'unreadable', ...piece, reason: 'fragment' });
    } else this.emit({ kind: 'skipped', ...piece, reason });
  }

  /** Leaves lines to whoever knows them, from the cursor on; whether some were taken. */
  takeKnown(): boolean {
    const { cursor } = this;
    // Of UTF-16 the bytes at hand are not those received.
    if (cursor.encoding !== 'utf8') return false;
    const taken = this.known.takeLines?.(cursor.bytes, cursor.at, cursor);
    if (taken === undefined) return false;
    this.move(cursor.at, taken.end - 1);
    cursor.moveTo(taken.end);
    cursor.line += taken.count;
    return true;
  }

  /** One object; unwrapped when it is a line of Docker's log. */
  value(start: number, end: number): void {
    const { cursor } = this;
    const { bytes } = cursor;
    if (looksLikeDocker(bytes, start)) {
      const docker = unwrapDocker(bytes.subarray(start, end));
      if (docker !== undefined) {
        cursor.moveTo(start);
        this.wrappedLine({ from: start, to: end, content: docker.content }, docker);
        return;
      }
    }
    const value = bytes.subarray(start, end);
    const { offset, length, line } = this.move(start, end);
    this.emit({
      kind: 'record',
      offset,
      length,
      line,
      bytes: value,
      encoding: cursor.encoding,
      wrapper: undefined,
      spans: undefined,
    });
  }

  /** A line with a prefix, `content` being the line without it. */
  wrappedLine(
    range: { readonly from: number; readonly to: number; readonly content: Uint8Array },
    { wrapper, partial }: { readonly wrapper: Wrapper; readonly partial: boolean },
  ): void {
    const before = this.lastEnd;
    const place = this.move(range.from, range.to);
    const gap = place.offset - before;
    let line = { ...place, gap, content: range.content, wrapper, partial };
    if (wrapper.kind !== 'docker' && !partial && looksLikeDocker(range.content, 0)) {
      const docker = unwrapDocker(range.content);
      if (docker !== undefined) {
        // The outer tag stays: it keeps the parts of several containers apart.
        line = { ...line, ...docker, wrapper: { ...docker.wrapper, tag: wrapper.tag } };
      }
    }
    this.wrapped.take(line, this.emit);
  }

  /** Moves the cursor over [start, end) and says where that is in the stream. */
  private move(start: number, end: number): { offset: number; length: number; line: number } {
    const { cursor } = this;
    cursor.moveTo(start);
    const { offset, line } = cursor;
    cursor.moveTo(end);
    this.lastEnd = cursor.offset;
    return { offset, length: cursor.offset - offset, line };
  }

  private since(offset: number): number {
    this.lastEnd = this.cursor.offset;
    return this.cursor.offset - offset;
  }
}

const NOTHING = new Uint8Array(0);

function ignore(): void {
  // Before the first run there is nothing to emit.
}
