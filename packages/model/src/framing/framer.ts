import { LF } from './ascii.ts';
import { Carry } from './carry.ts';
import type { Sink } from './framed.ts';
import { MAX_RECORD_BYTES } from './limits.ts';
import { LineFramer } from './lineFramer.ts';
import type { LineKnowledge } from './takeLines.ts';
import { Utf16Reader } from './utf16.ts';

/**
 * Cuts a stream of bytes into records, over any chunking: NDJSON, arrays of objects, concatenated and pretty-printed JSON,
 * with the wrappers, noise and damage that logs come with (README.md lists them). What comes out depends on the bytes and
 * never on where the chunks were cut. At most the limit and one chunk are kept.
 */
export interface Framer {
  /** Hands out what is complete, in order, before it returns. The chunk is not kept and may be reused afterwards. */
  push(chunk: Uint8Array, sink: Sink): void;
  /** The input is over: hands out what is left. Calling anything afterwards is a bug and throws. */
  end(sink: Sink): void;
  /** Bytes received so far. */
  readonly received: number;
  /** Every byte before this offset has been handed out (or is a separator): what a checkpoint may record. */
  readonly settled: number;
}

export interface FramerOptions extends LineKnowledge {
  /** A record longer than this becomes `oversize`. 16 MiB when absent. */
  readonly maxRecordBytes?: number;
}

export function createFramer(options: FramerOptions = {}): Framer {
  return new StreamFramer(options);
}

class StreamFramer implements Framer {
  received = 0;
  private readonly limit: number;
  private readonly knowledge: LineKnowledge;
  private readonly carry = new Carry();
  private lines: LineFramer | undefined;
  private utf16: Utf16Reader | undefined;
  private ended = false;

  constructor(options: FramerOptions) {
    this.limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.knowledge = options;
  }

  get settled(): number {
    return this.lines?.settled ?? 0;
  }

  push(chunk: Uint8Array, sink: Sink): void {
    if (this.ended) throw new Error('push after end');
    this.received += chunk.length;
    if (this.lines !== undefined) {
      this.feed(this.lines, chunk, sink);
      return;
    }
    const opening = findEncoding(this.carry.length === 0 ? chunk : this.withCarry(chunk), false);
    if (opening === undefined) {
      if (this.carry.length === 0) this.carry.append(chunk);
      return;
    }
    this.open(opening, chunk, sink);
  }

  end(sink: Sink): void {
    if (this.ended) throw new Error('end after end');
    if (this.lines === undefined) {
      const opening = findEncoding(this.carry.view(), true) ?? UTF8;
      this.open(opening, new Uint8Array(0), sink);
    }
    this.ended = true;
    const { lines, utf16 } = this;
    if (lines === undefined) return;
    const tail = utf16?.end();
    if (tail !== undefined) this.carry.append(tail.bytes);
    lines.run(this.carry.view(), true, sink);
    this.carry.clear();
    if (tail?.oddBytes === 1) {
      const bytes = new Uint8Array(1);
      const { offset, line } = lines.place;
      sink({
        kind: 'skipped',
        offset,
        length: 1,
        line,
        reason: 'binary',
        bytes,
        sample: '',
        spans: undefined,
      });
    }
  }

  private withCarry(chunk: Uint8Array): Uint8Array {
    this.carry.append(chunk);
    return this.carry.view();
  }

  private open(opening: Opening, chunk: Uint8Array, sink: Sink): void {
    const first = this.carry.length === 0 ? chunk : new Uint8Array(this.carry.view());
    this.carry.clear();
    const { encoding, skip } = opening;
    const lines = new LineFramer(
      encoding === 'utf8' ? 'utf8' : 'utf16',
      skip,
      this.limit,
      this.knowledge,
    );
    if (encoding !== 'utf8') this.utf16 = new Utf16Reader(encoding === 'utf16le');
    this.lines = lines;
    this.feed(lines, first.subarray(skip), sink);
  }

  /**
   * Works in the chunk itself wherever it can: only the line that two chunks share is copied, and a value that is longer.
   */
  private feed(lines: LineFramer, received: Uint8Array, sink: Sink): void {
    const chunk = this.utf16 === undefined ? received : this.utf16.read(received);
    let from = 0;
    if (this.carry.length > 0) {
      from = this.feedCarry(lines, chunk, sink);
      if (this.carry.length > 0) return;
    }
    if (from >= chunk.length) return;
    const rest = from === 0 ? chunk : chunk.subarray(from);
    const done = lines.run(rest, false, sink);
    if (done < rest.length) this.carry.append(rest.subarray(done));
  }

  /** Completes what was kept with the chunk's first line; returns where in the chunk to go on, with nothing kept. */
  private feedCarry(lines: LineFramer, chunk: Uint8Array, sink: Sink): number {
    const newline = chunk.indexOf(LF);
    // The byte behind the newline comes along: it tells whether a candidate ends there.
    const take = newline < 0 ? chunk.length : Math.min(newline + 2, chunk.length);
    this.carry.append(chunk.subarray(0, take));
    this.carry.dropFront(lines.run(this.carry.view(), false, sink));
    if (this.carry.length <= take) {
      const from = take - this.carry.length;
      if (take < chunk.length || this.carry.length === 0) {
        this.carry.clear();
        return from;
      }
      return chunk.length;
    }
    if (take < chunk.length) {
      this.carry.append(chunk.subarray(take));
      this.carry.dropFront(lines.run(this.carry.view(), false, sink));
    }
    return chunk.length;
  }
}

interface Opening {
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
  /** The byte order mark's length. */
  readonly skip: number;
}

const UTF8: Opening = { encoding: 'utf8', skip: 0 };

/**
 * The encoding by the byte order mark. UTF-16 is believed only when its first character is ASCII, as the first of a log
 * is: two stray bytes must not turn a whole stream into garbage. `undefined`: more bytes are needed.
 */
function findEncoding(head: Uint8Array, final: boolean): Opening | undefined {
  const [first, second, third, fourth] = head;
  if (first === undefined) return undefined;
  if (first !== 0xff && first !== 0xfe) return UTF8;
  if (head.length < 4) return final ? UTF8 : undefined;
  if (first === 0xff && second === 0xfe && third !== 0 && fourth === 0) {
    return { encoding: 'utf16le', skip: 2 };
  }
  if (first === 0xfe && second === 0xff && third === 0 && fourth !== 0) {
    return { encoding: 'utf16be', skip: 2 };
  }
  return UTF8;
}
