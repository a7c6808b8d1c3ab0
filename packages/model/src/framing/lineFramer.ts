import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  CR,
  LF,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  isBlankByte,
  isNewline,
  isSeparator,
} from './ascii.ts';
import { Cursor } from './cursor.ts';
import { looksLikeDocker, unwrapDocker } from './docker.ts';
import type { Encoding, Framed, Sink, Wrapper } from './framed.ts';
import { HEAD_BYTES, LINE_BYTES } from './limits.ts';
import { startsAfresh } from './lineHead.ts';
import { isFragment, skipReason } from './noise.ts';
import { beginScan, findValueEnd, scanValue } from './scanValue.ts';
import type { ValueScan } from './scanValue.ts';
import { splitRecord } from './splitRecord.ts';
import { findEmbedded, opensArray, opensObject, trimEnd } from './splitValues.ts';
import { sampleOf } from './text.ts';
import { WrappedLines } from './wrappedLines.ts';
import { unwrapLine } from './wrappers.ts';

const NOTHING = new Uint8Array(0);

/** `line`: at the start of a line. `value`: inside one. `rest`: behind a value, in its line. `drop`: in a line too long. */
type Mode = 'line' | 'value' | 'rest' | 'drop';

interface Place {
  readonly offset: number;
  readonly line: number;
}

interface Dropped extends Place {
  head: Uint8Array;
  length: number;
}

/**
 * The state machine over UTF-8. `run` consumes what it can of a buffer and says how much; the caller presents the rest
 * again with more behind it. Each decision depends on the content alone, never on where a chunk ended.
 */
export class LineFramer {
  private readonly cursor: Cursor;
  private readonly limit: number;
  private readonly wrapped: WrappedLines;
  private emit: Sink = ignore;
  private final = false;
  private mode: Mode = 'line';
  private inArray = false;
  /** Bytes behind the cursor already searched (for a newline), or scanned (inside a value). */
  private seen = 0;
  private nextCr = 0;
  private nextLf = 0;
  private afterCr = false;
  private lastEnd = 0;
  private scan: ValueScan = beginScan();
  private valueLine = 1;
  private atLineStart = false;
  private dropped: Dropped | undefined;
  private padding: Place | undefined;

  constructor(encoding: Encoding, offset: number, limit: number) {
    this.cursor = new Cursor(encoding, offset);
    this.limit = limit;
    this.wrapped = new WrappedLines(limit, encoding);
    this.lastEnd = offset;
  }

  get settled(): number {
    const at = this.dropped?.offset ?? this.padding?.offset ?? this.cursor.offset;
    return Math.min(at, this.wrapped.oldest ?? at);
  }

  get place(): Place {
    return this.cursor;
  }

  /** Hands out the pieces of `bytes`; returns how many bytes it is done with. `final`: nothing follows. */
  run(bytes: Uint8Array, final: boolean, emit: Sink): number {
    this.emit = emit;
    this.final = final;
    this.cursor.load(bytes);
    this.nextCr = -1;
    this.nextLf = -1;
    while (this.step());
    if (final) {
      this.endPadding();
      this.endDrop();
      this.wrapped.end(emit);
    }
    return this.cursor.at;
  }

  private step(): boolean {
    switch (this.mode) {
      case 'line':
        return this.takeLine();
      case 'value':
        return this.takeValue();
      case 'rest':
        return this.takeRest();
      case 'drop':
        return this.dropLine();
    }
  }

  // Lines

  private takeLine(): boolean {
    const { cursor } = this;
    const { bytes } = cursor;
    if (this.afterCr && cursor.at < bytes.length) {
      this.afterCr = false;
      if (bytes[cursor.at] === LF) cursor.moveTo(cursor.at + 1);
    }
    if (bytes[cursor.at] === NUL) return this.takePadding();
    if (cursor.at >= bytes.length) return false;
    this.endPadding();
    const start = cursor.at;
    const end = this.lineEnd();
    if (end === undefined || end - start > LINE_BYTES) return this.takeLongLine(end);
    this.takeWholeLine(start, end);
    return this.cursor.at > start || this.mode !== 'line';
  }

  /** The index of the newline that ends the line, or of the end of the input; `undefined` when it is not here yet. */
  private lineEnd(): number | undefined {
    const { bytes, at } = this.cursor;
    const from = at + this.seen;
    if (this.nextLf < from) this.nextLf = indexOrEnd(bytes, LF, from);
    if (this.nextCr < from) this.nextCr = indexOrEnd(bytes, CR, from);
    const end = Math.min(this.nextLf, this.nextCr);
    if (end < bytes.length || this.final) return end;
    this.seen = bytes.length - at;
    return undefined;
  }

  private takeLongLine(end: number | undefined): boolean {
    const { bytes, at } = this.cursor;
    if (end === undefined && bytes.length - at <= LINE_BYTES) return false;
    const first = this.skipBlanks(at, Math.min(bytes.length, at + LINE_BYTES));
    if (bytes[first] === OPEN_BRACE) {
      this.beginValue(first);
      return true;
    }
    if (bytes[first] === OPEN_BRACKET && opensArray(bytes.subarray(0, at + LINE_BYTES), first)) {
      this.openArray(first);
      return true;
    }
    if (end === undefined ? bytes.length - at > this.limit : end - at > this.limit) {
      this.beginDrop('drop');
      return true;
    }
    if (end === undefined) return false;
    this.takeOther(first, end);
    return true;
  }

  private takeWholeLine(start: number, end: number): void {
    const { bytes } = this.cursor;
    const first = this.skipBlanks(start, end);
    const byte = first < end ? bytes[first] : undefined;
    if (byte === OPEN_BRACE) this.takeCandidate(first, end);
    else if (byte === undefined) this.takeBlank(start, end);
    else if (byte === OPEN_BRACKET && opensArray(bytes.subarray(0, end), first))
      this.openArray(first);
    else if (byte === CLOSE_BRACKET && this.inArray) this.beginRest(first);
    else this.takeOther(first, end);
  }

  /** A line that begins with `{`: a record when it ends with `}` and the next line cannot be its continuation. */
  private takeCandidate(first: number, end: number): void {
    const { bytes } = this.cursor;
    const last = trimEnd(bytes, first, end);
    if (bytes[last - 1] !== CLOSE_BRACE) {
      this.beginValue(first);
      return;
    }
    let next = end + 1;
    if (bytes[end] === CR && bytes[next] === LF) next++;
    const following = bytes[next];
    const known = following !== undefined && !(bytes[end] === CR && following === LF);
    if ((known && following === OPEN_BRACE) || (this.final && !known)) {
      this.emitValue(first, last);
      this.endLine(end);
    } else if (known) this.beginValue(first);
    else if (findValueEnd(bytes.subarray(0, last), first) === last) {
      this.emitValue(first, last);
      this.endLine(end);
    } else this.seen = end - this.cursor.at;
  }

  private takeBlank(start: number, end: number): void {
    this.emit({ kind: 'blank', ...this.move(start, end) });
    this.endLine(end);
  }

  private takeOther(first: number, end: number): void {
    const { cursor } = this;
    const { bytes } = cursor;
    if (bytes[first] === 0xef && bytes[first + 1] === 0xbb && bytes[first + 2] === 0xbf) {
      this.seen = 0;
      cursor.moveTo(first + 3);
      if (cursor.at >= end) this.endLine(end);
      return;
    }
    const line = bytes.subarray(first, end);
    const unwrapped = unwrapLine(line);
    if (unwrapped === undefined) this.takeText(first, trimEnd(bytes, first, end));
    else {
      cursor.moveTo(first);
      const content = line.subarray(unwrapped.start);
      this.emitWrapped({ from: first, to: end, content }, unwrapped);
    }
    this.endLine(end);
  }

  private takeText(start: number, end: number): void {
    const { bytes } = this.cursor;
    const line = bytes.subarray(start, end);
    const reason = skipReason(line);
    const found = reason === 'text' || reason === 'binary' ? findEmbedded(line) : [];
    if (found.length === 0 && isFragment(line) && reason === 'text') {
      const place = this.move(start, end);
      this.emit({
        kind: 'unreadable',
        ...place,
        reason: 'fragment',
        bytes: line,
        sample: sampleOf(line),
        spans: undefined,
      });
      return;
    }
    let at = start;
    for (const span of found) {
      this.skip(at, start + span.start);
      this.emitValue(start + span.start, start + span.end);
      at = start + span.end;
    }
    this.skip(at, end);
  }

  /** Skips [from, to), separators at its ends apart. */
  private skip(from: number, to: number): void {
    const { bytes } = this.cursor;
    let start = from;
    while (start < to && isSeparator(bytes[start])) start++;
    const end = trimEnd(bytes, start, to);
    if (start === end) return;
    const text = bytes.subarray(start, end);
    const place = this.move(start, end);
    this.emit({
      kind: 'skipped',
      ...place,
      reason: skipReason(text),
      bytes: text,
      sample: sampleOf(text),
      spans: undefined,
    });
  }

  private endLine(end: number): void {
    const { cursor } = this;
    const { bytes } = cursor;
    cursor.moveTo(end);
    this.seen = 0;
    this.mode = 'line';
    if (end >= bytes.length) return;
    cursor.line++;
    this.afterCr = bytes[end] === CR;
    cursor.moveTo(end + 1);
  }

  // Values that need a scan

  private beginValue(start: number): void {
    this.cursor.moveTo(start);
    this.scan = beginScan();
    this.seen = 0;
    this.atLineStart = false;
    this.valueLine = this.cursor.line;
    this.mode = 'value';
  }

  private takeValue(): boolean {
    const { cursor, scan } = this;
    const { bytes } = cursor;
    let at = cursor.at + this.seen;
    for (;;) {
      if (this.atLineStart) {
        if (this.afterCr && at < bytes.length) {
          this.afterCr = false;
          if (bytes[at] === LF) at++;
        }
        const strict = this.valueLength(at) > this.limit;
        const fresh = startsAfresh(bytes, at, { final: this.final, strict });
        if (fresh === undefined) return this.pauseValue(at);
        if (fresh) {
          this.giveUpValue(at, 'line');
          return true;
        }
        this.atLineStart = false;
      }
      at = scanValue(scan, bytes, at);
      switch (scan.stop) {
        case 'more':
          if (!this.final) return this.pauseValue(at);
          this.giveUpValue(at, 'rest');
          return true;
        case 'done':
          this.completeValue(at);
          return true;
        case 'broken':
        case 'illegal':
          this.giveUpValue(at, 'rest');
          return true;
        case 'newline':
          this.valueLine++;
          this.atLineStart = true;
          this.afterCr = bytes[at - 1] === CR;
      }
    }
  }

  private valueLength(at: number): number {
    return (this.dropped?.length ?? 0) + at - this.cursor.at;
  }

  private pauseValue(at: number): boolean {
    this.seen = at - this.cursor.at;
    if (this.dropped === undefined && this.seen > this.limit) this.beginDrop('value');
    this.dropTo(at);
    return false;
  }

  private completeValue(end: number): void {
    if (this.valueLength(end) > this.limit) this.finishDrop(end);
    else this.emitValue(this.cursor.at, end);
    this.cursor.line = this.valueLine;
    this.beginRest(end);
  }

  private giveUpValue(end: number, mode: 'line' | 'rest'): void {
    const { cursor } = this;
    const { bytes, at } = cursor;
    if (this.valueLength(end) > this.limit) this.finishDrop(end);
    else {
      const start = at;
      const { offset, line, encoding } = cursor;
      const range = bytes.subarray(start, trimEnd(bytes, start, end));
      const pieces = splitRecord({
        kind: 'record',
        offset,
        length: 0,
        line,
        bytes: range,
        encoding,
        wrapper: undefined,
        spans: undefined,
      });
      for (const piece of pieces) this.emit(piece);
    }
    cursor.line = this.valueLine;
    cursor.moveTo(end);
    this.lastEnd = cursor.offset;
    this.seen = 0;
    this.mode = mode;
  }

  // Behind a value, in its line

  private openArray(bracket: number): void {
    this.inArray = true;
    this.beginRest(bracket + 1);
  }

  private beginRest(at: number): void {
    this.cursor.moveTo(at);
    this.seen = 0;
    this.mode = 'rest';
  }

  private takeRest(): boolean {
    const { cursor } = this;
    const { bytes } = cursor;
    let at = cursor.at;
    while (at < bytes.length && (isBlankByte(bytes[at]) || bytes[at] === COMMA)) at++;
    if (at > cursor.at) {
      cursor.moveTo(at);
      this.seen = 0;
    }
    const byte = bytes[at];
    if (byte === undefined) return false;
    if (isNewline(byte)) this.endLine(at);
    else if (byte === CLOSE_BRACKET && this.inArray) {
      this.inArray = false;
      cursor.moveTo(at + 1);
    } else if (byte === OPEN_BRACE && at + 1 >= bytes.length && !this.final) return false;
    else if (byte === OPEN_BRACE && opensObject(bytes, at)) this.beginValue(at);
    else return this.takeJunk(at);
    return true;
  }

  private takeJunk(start: number): boolean {
    const { bytes } = this.cursor;
    let at = Math.max(start + 1, start + this.seen);
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (isNewline(byte) || (byte === CLOSE_BRACKET && this.inArray)) break;
      if (byte !== OPEN_BRACE) continue;
      if (at + 1 >= bytes.length && !this.final) break;
      if (opensObject(bytes, at)) break;
    }
    const undecided = at >= bytes.length || (bytes[at] === OPEN_BRACE && at + 1 >= bytes.length);
    if (at - start > this.limit) {
      this.beginDrop('drop');
      return true;
    }
    if (undecided && !this.final) {
      this.seen = at - start;
      return false;
    }
    this.skip(start, at);
    this.beginRest(at);
    return true;
  }

  // What is too long to keep

  private beginDrop(mode: 'drop' | 'value'): void {
    const { bytes, at, offset, line } = this.cursor;
    const head = new Uint8Array(bytes.subarray(at, at + Math.min(HEAD_BYTES, this.limit)));
    this.dropped = { offset, line, length: 0, head };
    this.mode = mode;
    if (mode === 'drop') this.seen = 0;
  }

  private dropTo(at: number): void {
    if (this.dropped === undefined) return;
    this.dropped.length += at - this.cursor.at;
    this.cursor.moveTo(at);
    this.seen = 0;
  }

  private dropLine(): boolean {
    const end = this.lineEnd();
    this.dropTo(end ?? this.cursor.bytes.length);
    if (end === undefined) return false;
    this.endDrop();
    this.endLine(end);
    return true;
  }

  private finishDrop(end: number): void {
    if (this.dropped === undefined) this.beginDrop('value');
    this.dropTo(end);
    this.endDrop();
  }

  private endDrop(): void {
    const { dropped } = this;
    if (dropped === undefined) return;
    this.dropped = undefined;
    this.lastEnd = this.cursor.offset;
    const { offset, line, head } = dropped;
    const length = this.cursor.offset - offset;
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

  private takePadding(): boolean {
    const { cursor } = this;
    const { bytes } = cursor;
    let { at } = cursor;
    while (at < bytes.length && bytes[at] === NUL) at++;
    this.padding ??= { offset: cursor.offset, line: cursor.line };
    cursor.moveTo(at);
    this.seen = 0;
    return true;
  }

  private endPadding(): void {
    const { padding } = this;
    if (padding === undefined) return;
    this.padding = undefined;
    this.lastEnd = this.cursor.offset;
    const { offset, line } = padding;
    const length = this.cursor.offset - offset;
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

  // Handing out

  private emitValue(start: number, end: number): void {
    const { cursor } = this;
    const { bytes } = cursor;
    if (looksLikeDocker(bytes, start)) {
      const docker = unwrapDocker(bytes.subarray(start, end));
      if (docker !== undefined) {
        cursor.moveTo(start);
        this.emitWrapped({ from: start, to: end, content: docker.content }, docker);
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

  private emitWrapped(
    range: { readonly from: number; readonly to: number; readonly content: Uint8Array },
    { wrapper, partial }: { readonly wrapper: Wrapper; readonly partial: boolean },
  ): void {
    const before = this.lastEnd;
    const place = this.move(range.from, range.to);
    const gap = place.offset - before;
    let line = { ...place, gap, content: range.content, wrapper, partial };
    if (wrapper.kind !== 'docker' && !partial && looksLikeDocker(range.content, 0)) {
      const docker = unwrapDocker(range.content);
      if (docker !== undefined) line = { ...line, ...docker };
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

  private skipBlanks(from: number, end: number): number {
    const { bytes } = this.cursor;
    let at = from;
    while (at < end && (isBlankByte(bytes[at]) || bytes[at] === COMMA)) at++;
    return at;
  }
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? bytes.length : index;
}

function ignore(): void {
  // Before the first run there is nothing to emit.
}
