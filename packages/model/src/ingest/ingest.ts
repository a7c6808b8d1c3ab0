import { Arena, inputBytes } from '../arena/arena.ts';
import { sipHash } from '../arena/sipHash.ts';
import type { FactBatch } from '../event/factBatch.ts';
import type { BuiltRecord } from '../event/recordRows.ts';
import { Repeats } from '../event/repeats.ts';
import type { Format } from '../formats/format.ts';
import { formats as registered } from '../formats/registry.ts';
import type { Place } from '../framing/cursor.ts';
import type {
  Framed,
  FramedRecord,
  FramedText,
  Oversize,
  Sink,
  Skipped,
  Unreadable,
} from '../framing/framed.ts';
import { createFramer, type Framer } from '../framing/framer.ts';
import { MAX_RECORD_BYTES } from '../framing/limits.ts';
import { splitRecord } from '../framing/splitRecord.ts';
import type { LinesTaken } from '../framing/takeLines.ts';
import { opensUtf16 } from '../framing/utf16.ts';
import { Batches } from './batches.ts';
import type { IngestOptions } from './ingestOptions.ts';
import { IngestCounters, type IngestReport } from './ingestReport.ts';
import { joinLines } from './joinLines.ts';
import { LineTaker } from './lineTaker.ts';
import { RecordReader } from './readRecord.ts';
import { ReceivedWindow } from './receivedWindow.ts';
import type { SettledRead } from './recordRead.ts';

/**
 * The decoder of one stream: bytes in, batches of facts out. What comes out depends on the bytes, never on the chunks.
 * Every framed record ends exactly once as decoded, quarantined or skipped, and every empty line as blank.
 */
export interface Ingest {
  /** Takes bytes and hands out the batches they filled. The chunk is not kept. */
  push(chunk: Uint8Array): FactBatch[];
  /** Hands out what is decoded so far, for live streams. */
  flush(): FactBatch[];
  /** The stream is over: hands out the rest. Nothing but `close` may follow. */
  end(): FactBatch[];
  /** Gives its memory back, whether it has ended or not. Nothing may follow; what was handed out stays. */
  close(): void;
  readonly report: IngestReport;
  /** Every byte before this offset is in a batch handed out or waits for `flush`: what a checkpoint may record then. */
  readonly settled: number;
}

/** A piece whose evidence its range tells. */
type Kept = FramedRecord | FramedText | Skipped | Unreadable;

const PART_BYTES = 1024 * 1024;
const SCANS_AFTER = 64 * 1024;
/** Beyond the longest record, what the window holds before it gives up or cuts an oversize record into rows. */
const WINDOW_SLACK = 4 * 1024 * 1024;

/** Starts reading a stream. Throws on a format id that is not registered: callers check what users type. */
export function createIngest(options: IngestOptions): Ingest {
  return new StreamIngest(options, forcedFormat(options));
}

function forcedFormat({ format: id, formats = registered }: IngestOptions): Format | undefined {
  if (id === undefined || id === 'auto') return undefined;
  const format = formats.find((one) => one.id === id);
  if (format === undefined) throw new Error(`unknown format ${id}`);
  return format;
}

class StreamIngest implements Ingest {
  readonly #options: IngestOptions;
  readonly #limit: number;
  readonly #framer: Framer;
  readonly #window: ReceivedWindow;
  readonly #reader: RecordReader;
  readonly #counters = new IngestCounters();
  readonly #batches: Batches;
  readonly #lines: LineTaker;
  readonly #sink: Sink = (piece) => this.#take(piece);
  readonly #repeats = new Repeats();
  readonly #record: { -readonly [Key in keyof BuiltRecord]: BuiltRecord[Key] };
  /** Where chunks are read once records are scanned. */
  #arena: Arena | undefined;
  /** Where the rows already written of an oversize record still being received end; -1: there is none. */
  #cutTo = -1;
  #pieceEnd = 0;
  #lastLine = 0;
  /** The stream is UTF-16: its records are kept as the UTF-8 they were read as. */
  #isTranscoded = false;
  #isClosed = false;

  constructor(options: IngestOptions, forced: Format | undefined) {
    this.#options = options;
    this.#limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.#framer = createFramer({
      maxRecordBytes: this.#limit,
      findNewline: (bytes, from) => this.#arena?.findNewline(bytes, from),
      takeLines: (bytes, from, place) => this.#takeLines(bytes, from, place),
      claimText: (line) => this.#reader.claimText(line),
    });
    this.#window = new ReceivedWindow(this.#limit + 2 * WINDOW_SLACK);
    this.#reader = new RecordReader(options.formats ?? registered, { forced, path: options.path });
    this.#batches = new Batches(options);
    this.#lines = new LineTaker(options, this.#reader, this.#batches, this.#counters);
    this.#record = {
      bytes: new Uint8Array(0),
      offset: 0,
      line: 0,
      member: options.member ?? 0,
      hash: 0n,
      repeats: undefined,
    };
  }

  get report(): IngestReport {
    return this.#counters;
  }

  get settled(): number {
    return this.#framer.settled;
  }

  push(chunk: Uint8Array): FactBatch[] {
    this.#mustBeOpen();
    if (this.#counters.bytes === 0) this.#isTranscoded = opensUtf16(chunk);
    this.#counters.bytes += chunk.length;
    // Of plain bytes a slice is a copy; of what a subclass makes of them it may be a view into the caller's chunk.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    const arena = this.#arenaFor(bytes);
    const most = arena === undefined ? WINDOW_SLACK : inputBytes;
    // A chunk longer than the window's slack would push out what it has not been asked for yet.
    for (let at = 0; at < bytes.length; at += most) {
      const received = bytes.subarray(at, at + most);
      const part = arena === undefined ? received : arena.take(received);
      this.#window.append(part);
      this.#framer.push(part, this.#sink);
      this.#cutOversize();
      this.#window.settle(this.#framer.settled);
    }
    this.#lines.count();
    return this.#batches.takeReady();
  }

  flush(): FactBatch[] {
    this.#mustBeOpen();
    this.#batches.finish();
    return this.#batches.takeReady();
  }

  end(): FactBatch[] {
    this.#mustBeOpen();
    this.#framer.end(this.#sink);
    this.#window.settle(this.#window.end);
    return this.flush();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#arena !== undefined) this.#options.arenas?.put(this.#arena);
  }

  /** Another stream may be reading in the arena by now. */
  #mustBeOpen(): void {
    if (this.#isClosed) throw new Error('this stream is closed');
  }

  #arenaFor(chunk: Uint8Array): Arena | undefined {
    const { bytes } = this.#counters;
    const isShort = bytes <= (this.#options.scansAfter ?? SCANS_AFTER);
    if (this.#arena === undefined && !isShort && chunk.length > 0) {
      this.#arena = this.#options.arenas?.take() ?? new Arena();
      const { hash } = this.#options;
      if (typeof hash !== 'function') this.#arena.setHashKey(hash);
      this.#batches.fillIn(this.#arena);
      this.#reader.scanIn(this.#arena);
    }
    return this.#arena;
  }

  #take(piece: Framed): void {
    switch (piece.kind) {
      case 'blank':
        this.#counters.blank += 1;
        this.#batches.builder.addBlank();
        break;
      case 'record':
        this.#takeRecord(piece);
        break;
      case 'text':
        this.#takeText(piece);
        break;
      case 'skipped':
      case 'unreadable':
        this.#reject(piece, piece.kind === 'skipped' ? 'skipped' : 'quarantined', piece.reason);
        break;
      case 'oversize':
        this.#takeOversize(piece);
    }
    this.#pieceEnd = Math.max(this.#pieceEnd, piece.offset + piece.length);
    this.#lastLine = piece.line;
    this.#batches.finishFull();
  }

  #takeLines(chunk: Uint8Array, from: number, place: Place): LinesTaken | undefined {
    const arena = this.#arena;
    const taken = arena === undefined ? undefined : this.#lines.take(arena, chunk, from, place);
    if (taken === undefined) return undefined;
    this.#pieceEnd = place.offset + taken.end - from - 1;
    this.#lastLine = place.line + taken.count - 1;
    return taken;
  }

  #takeRecord(record: FramedRecord): void {
    const isWhole = this.#begin(record);
    const read = this.#reader.read(record.bytes, this.#repeats, record.wrapper);
    if (read.kind !== 'unparsed') {
      this.#settle(record, read, isWhole);
      return;
    }
    for (const piece of splitRecord(record)) {
      // A part that had been parsed and is refused now cannot be: the split hands out what parses.
      if (piece.kind === 'record' && piece.bytes.length === record.bytes.length) {
        this.#reject(piece, 'quarantined', 'bad_json');
      } else this.#take(piece);
    }
  }

  #takeText(line: FramedText): void {
    const isWhole = this.#begin(line);
    this.#settle(line, this.#reader.readText(line.text, line.wrapper), isWhole);
  }

  /** Begins a record that is kept; tells whether its bytes are the bytes as received. */
  #begin(record: FramedRecord | FramedText): boolean {
    const isWhole = this.#isWhole(record);
    this.#repeats.begin(
      isWhole ? this.#batches.handedOut + this.#batches.builder.rawBytes : -1,
      this.#batches.handedOut,
    );
    return isWhole;
  }

  #settle(record: FramedRecord | FramedText, read: SettledRead, isWhole: boolean): void {
    switch (read.kind) {
      case 'known': {
        const { known } = read;
        this.#counters.countDecoded(read.format);
        this.#counters.countEvent(known.event);
        this.#batches.builder.addKnown(this.#builtFrom(record, isWhole), known);
        return;
      }
      case 'events': {
        const { events } = read;
        this.#counters.countDecoded(read.format);
        for (const event of events) this.#counters.countEvent(event);
        this.#batches.builder.addDecoded(this.#builtFrom(record, isWhole), events);
        return;
      }
      case 'unwrapped': {
        const { events, formats: met } = read;
        this.#counters.countUnwrapped(met);
        for (const event of events) this.#counters.countEvent(event);
        this.#batches.builder.addDecoded(this.#builtFrom(record, isWhole), events);
        return;
      }
      case 'skipped':
        if (read.format !== undefined) this.#counters.countFormat(read.format);
        this.#reject(record, 'skipped', read.reason);
        return;
      case 'quarantined':
        this.#counters.countNear(read.near);
        this.#reject(record, 'quarantined', read.reason);
    }
  }

  #reject(piece: Kept, outcome: 'skipped' | 'quarantined', reason: string): void {
    this.#counters[outcome] += 1;
    this.#counters.countReason(reason);
    const evidence = this.#evidenceOf(piece);
    if (reason !== 'binary') this.#counters.keepUnread(evidence);
    this.#batches.builder.addRejected(this.#built(piece, evidence), outcome, reason);
  }

  /** Tells whether the piece's bytes are the bytes as received. */
  #isWhole({ bytes, length, spans }: Kept): boolean {
    return this.#isTranscoded || (spans === undefined && length === bytes.length);
  }

  /** The bytes as received: the piece's own where nothing stood around it, else its range cut from the window. */
  #evidenceOf(piece: Kept): Uint8Array {
    const { bytes, offset, length, spans } = piece;
    if (this.#isWhole(piece)) return bytes;
    if (spans === undefined) return this.#window.slice(offset, offset + length) ?? bytes;
    const received: Uint8Array[] = [];
    for (const span of spans) {
      const part = this.#window.slice(span.offset, span.offset + span.length);
      if (part === undefined) return bytes;
      received.push(part);
    }
    return length === 0 ? new Uint8Array(0) : joinLines(received);
  }

  /** A decoded record for the builder, with what it repeats. */
  #builtFrom(record: Kept, isWhole: boolean): BuiltRecord {
    const built = this.#built(record, isWhole ? record.bytes : this.#evidenceOf(record));
    built.repeats = this.#repeats;
    return built;
  }

  /**
   * A record for the builder, which keeps nothing of it: one object for all. A part that shares its evidence with the one
   * before has no bytes of its own: its value identifies it.
   */
  #built(piece: { bytes: Uint8Array; offset: number; line: number }, evidence: Uint8Array) {
    const built = this.#record;
    built.bytes = evidence;
    const startsAt = this.#options.startsAt ?? 0;
    built.offset = startsAt + piece.offset;
    built.line = startsAt > 0 ? piece.line + 1 : piece.line;
    built.hash = this.#hashOf(evidence.length === 0 ? piece.bytes : evidence);
    built.repeats = undefined;
    return built;
  }

  #hashOf(bytes: Uint8Array): bigint {
    const { hash } = this.#options;
    if (typeof hash === 'function') return hash(bytes);
    return this.#arena?.hashOf(bytes) ?? sipHash(hash, bytes);
  }

  #takeOversize(piece: Oversize): void {
    const cutTo = this.#cutTo;
    this.#cutTo = -1;
    if (cutTo >= 0) {
      this.#addParts(cutTo, Math.max(cutTo, endOf(piece)), piece.line, true);
      return;
    }
    this.#startOversize();
    const spans = piece.spans ?? [piece];
    let rows = 0;
    for (const { offset, length } of spans) {
      rows += this.#addParts(offset, offset + length, piece.line, rows > 0);
    }
    if (rows > 0) return;
    const { head, offset, line } = piece;
    const record = this.#built({ bytes: head, offset, line }, head);
    this.#batches.builder.addRejected(record, 'quarantined', 'too_long');
  }

  /**
   * An oversize record still growing is written in rows as it comes, so that its bytes are kept without being held. It
   * is one when the framer has settled nothing for longer than any record may be, and has handed out nothing behind it.
   */
  #cutOversize(): void {
    const { settled } = this.#framer;
    if (this.#pieceEnd > settled) return;
    const from = this.#cutTo < 0 ? settled : this.#cutTo;
    if (this.#window.end - settled <= this.#limit + WINDOW_SLACK) return;
    const continued = this.#cutTo >= 0;
    if (!continued) this.#startOversize();
    this.#addParts(from, this.#window.end, this.#lastLine + 1, continued);
    this.#cutTo = this.#window.end;
  }

  #startOversize(): void {
    this.#counters.quarantined += 1;
    this.#counters.countReason('too_long');
  }

  /** Writes a range as rows of an oversize record and returns how many. */
  #addParts(from: number, to: number, line: number, continued: boolean): number {
    let isFirst = !continued;
    let rows = 0;
    for (let at = from; at < to; at += PART_BYTES) {
      const bytes = this.#window.slice(at, Math.min(at + PART_BYTES, to));
      if (bytes === undefined) continue;
      const record = this.#built({ bytes, offset: at, line }, bytes);
      this.#batches.builder.addRejected(record, isFirst ? 'quarantined' : 'continued', 'too_long');
      if (!isFirst) this.#counters.continued += 1;
      isFirst = false;
      rows += 1;
      this.#batches.finishFull();
    }
    return rows;
  }
}

function endOf(piece: Oversize): number {
  const last = piece.spans?.at(-1);
  return last === undefined ? piece.offset + piece.length : last.offset + last.length;
}
