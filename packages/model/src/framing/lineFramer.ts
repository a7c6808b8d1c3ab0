import {
  CLOSE_BRACKET,
  CR,
  isByteOrderMark,
  isNewline,
  LF,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  skipBlanks,
} from './ascii.ts';
import { judgeCandidate } from './candidate.ts';
import type { Cursor, Place } from './cursor.ts';
import type { Encoding, Sink } from './framed.ts';
import { HEAD_BYTES, LINE_BYTES } from './limits.ts';
import { startsAfresh } from './lineHead.ts';
import { NewlineFinder } from './newlineFinder.ts';
import { PieceWriter } from './pieceWriter.ts';
import type { ValueScan } from './scanValue.ts';
import { beginScan, scanValue } from './scanValue.ts';
import { junkEnd, opensArray, opensObject, trimEnd } from './splitValues.ts';
import type { LineKnowledge } from './takeLines.ts';
import { unwrapLine } from './wrappers.ts';

/** `line`: at the start of a line. `value`: inside one. `rest`: behind a value, in its line. `drop`: in a line too long. */
type Mode = 'line' | 'value' | 'rest' | 'drop';

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
  private readonly out: PieceWriter;
  /** A line up to this length is taken as one candidate. */
  private readonly lineBytes: number;
  private final = false;
  private mode: Mode = 'line';
  private inArray = false;
  /** Bytes behind the cursor already searched (for a newline), or scanned (inside a value). */
  private seen = 0;
  private readonly newlines: NewlineFinder;
  private afterCr = false;
  private scan: ValueScan = beginScan();
  private valueLine = 1;
  private atLineStart = false;
  private dropped: Dropped | undefined;
  private padding: Place | undefined;

  constructor(encoding: Encoding, offset: number, limit: number, known: LineKnowledge = {}) {
    this.newlines = new NewlineFinder(known.findNewline);
    this.out = new PieceWriter(encoding, offset, limit, known);
    this.cursor = this.out.cursor;
    this.limit = limit;
    this.lineBytes = Math.min(LINE_BYTES, limit);
  }

  get settled(): number {
    const at = this.dropped?.offset ?? this.padding?.offset ?? this.cursor.offset;
    return Math.min(at, this.out.oldestWaiting ?? at);
  }

  get place(): Place {
    return this.cursor;
  }

  /** Hands out the pieces of `bytes`; returns how many bytes it is done with. `final`: nothing follows. */
  run(bytes: Uint8Array, final: boolean, emit: Sink): number {
    this.out.emit = emit;
    this.final = final;
    this.cursor.load(bytes);
    this.newlines.load(bytes);
    while (this.step());
    if (final) {
      this.endPadding();
      this.endDrop();
      this.out.end();
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
    if (this.seen === 0 && bytes[cursor.at] === OPEN_BRACE && this.out.takeKnown()) return true;
    const start = cursor.at;
    const end = this.lineEnd();
    if (end === undefined || end - start > this.lineBytes) return this.takeLongLine(end);
    this.takeWholeLine(start, end);
    return this.cursor.at > start || this.mode !== 'line';
  }

  /** The index of the newline that ends the line, or of the end of the input; `undefined` when it is not here yet. */
  private lineEnd(): number | undefined {
    const { bytes, at } = this.cursor;
    const end = this.newlines.next(at + this.seen);
    if (end < bytes.length || this.final) return end;
    this.seen = bytes.length - at;
    return undefined;
  }

  private takeLongLine(end: number | undefined): boolean {
    const { bytes, at } = this.cursor;
    if (end === undefined && bytes.length - at <= this.lineBytes) return false;
    const first = skipBlanks(bytes, at, Math.min(bytes.length, at + this.lineBytes));
    if (bytes[first] === OPEN_BRACE) {
      this.beginValue(first);
      return true;
    }
    if (
      bytes[first] === OPEN_BRACKET &&
      opensArray(bytes.subarray(0, at + this.lineBytes), first)
    ) {
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
    const first = skipBlanks(bytes, start, end);
    const byte = first < end ? bytes[first] : undefined;
    if (byte === OPEN_BRACE) this.takeCandidate(first, end);
    else if (byte === undefined) {
      this.out.blank(start, end);
      this.endLine(end);
    } else if (byte === OPEN_BRACKET && opensArray(bytes.subarray(0, end), first))
      this.openArray(first);
    else if (byte === CLOSE_BRACKET && this.inArray) this.beginRest(first);
    else this.takeOther(first, end);
  }

  private takeCandidate(first: number, end: number): void {
    const { bytes, at } = this.cursor;
    const last = trimEnd(bytes, first, end);
    switch (judgeCandidate(bytes, { first, last, end }, this.final)) {
      case 'record':
        this.out.value(first, last);
        this.endLine(end);
        return;
      case 'scan':
        this.beginValue(first);
        return;
      case 'wait':
        this.seen = end - at;
    }
  }

  private takeOther(first: number, end: number): void {
    const { cursor } = this;
    const { bytes } = cursor;
    if (isByteOrderMark(bytes, first)) {
      this.seen = 0;
      cursor.moveTo(first + 3);
      if (cursor.at >= end) this.endLine(end);
      return;
    }
    const line = bytes.subarray(first, end);
    const unwrapped = unwrapLine(line);
    if (unwrapped === undefined) this.out.plainLine(cursor.at, first, end);
    else {
      cursor.moveTo(first);
      const content = line.subarray(unwrapped.start);
      this.out.wrappedLine({ from: first, to: end, content }, unwrapped);
    }
    this.endLine(end);
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
    if (this.valueLength(end) > this.limit) this.dropValue(end);
    else this.out.value(this.cursor.at, end);
    this.cursor.line = this.valueLine;
    this.beginRest(end);
  }

  private giveUpValue(end: number, mode: 'line' | 'rest'): void {
    const { cursor } = this;
    if (this.valueLength(end) > this.limit) this.dropValue(end);
    else this.out.broken(cursor.at, end);
    cursor.line = this.valueLine;
    cursor.moveTo(end);
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
    const at = skipBlanks(bytes, cursor.at, bytes.length);
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
    const at = junkEnd(bytes, start + Math.max(1, this.seen), this.inArray);
    const undecided = at >= bytes.length || (bytes[at] === OPEN_BRACE && at + 1 >= bytes.length);
    if (at - start > this.limit) {
      this.beginDrop('drop');
      return true;
    }
    if (undecided && !this.final) {
      this.seen = at - start;
      return false;
    }
    this.out.passOver(start, at);
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

  private dropValue(end: number): void {
    if (this.dropped === undefined) this.beginDrop('value');
    this.dropTo(end);
    this.endDrop();
  }

  private endDrop(): void {
    const { dropped } = this;
    if (dropped === undefined) return;
    this.dropped = undefined;
    this.out.oversize(dropped, dropped.head);
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
    if (this.padding === undefined) return;
    this.out.padding(this.padding);
    this.padding = undefined;
  }
}
