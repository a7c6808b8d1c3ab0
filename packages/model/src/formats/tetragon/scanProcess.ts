import { isObject } from '../read.ts';
import { asciiOf, isSameRange, type RecordBytes, skipNumber, standsAt } from './scanBytes.ts';
import { scanObject } from './scanObject.ts';
import type { KnownProcess, SightingMemo } from './sightingMemo.ts';

const OPENING = asciiOf('{"exec_id":"');
const LONGEST_ID = 256;
const LONGEST_OBJECT = 16 * 1024;

/** A `Process` message as it was read before: its bytes, but for the changing numbers, and what they say. */
interface KnownText {
  /** In the ring, counted from its beginning and never wrapped. */
  readonly at: number;
  readonly length: number;
  /** Begin and end of each changing number, from `at`. */
  readonly holes: readonly number[];
  readonly process: KnownProcess;
}

export interface ScanLimits {
  /** Bytes of messages remembered; the oldest go. */
  readonly bytes: number;
  /** log2 of the number of messages remembered. */
  readonly slotBits: number;
}

const utf8 = new TextDecoder();

/**
 * Reads `Process` messages from bytes. Those of a process repeat byte for byte, but for `refcnt` and `tid`, in each of its
 * events and in those of its children; equal bytes in the same place of the grammar say the same, so what is remembered
 * is exact. A message not seen before goes the way of all others: `JSON.parse` and the decoder's memo.
 */
export class ProcessScanner {
  /** Behind the message read last. */
  end = 0;
  readonly #memo: SightingMemo;
  readonly #slots: (KnownText | undefined)[];
  readonly #mask: number;
  readonly #limit: number;
  #ring: Uint8Array;
  #view: DataView;
  /** Bytes ever written to the ring, the gaps at its end included. */
  #written = 0;

  constructor(memo: SightingMemo, limits: ScanLimits) {
    this.#memo = memo;
    this.#slots = new Array<KnownText | undefined>(1 << limits.slotBits).fill(undefined);
    this.#mask = (1 << limits.slotBits) - 1;
    this.#limit = limits.bytes;
    this.#ring = new Uint8Array(Math.min(limits.bytes, 64 * 1024));
    this.#view = new DataView(this.#ring.buffer);
  }

  /** The process of the message at `at`; undefined for what does not fit. Sets `end`. */
  read(record: RecordBytes, at: number): KnownProcess | undefined {
    const { bytes } = record;
    if (!standsAt(bytes, at, OPENING)) return undefined;
    const slot = this.#slotOf(bytes, at + OPENING.length);
    if (slot < 0) return undefined;
    const first = this.#slots[slot];
    if (first !== undefined && this.#isAt(first, record, at)) return first.process;
    const second = this.#slots[slot ^ 1];
    if (second !== undefined && this.#isAt(second, record, at)) return second.process;
    return this.#learn(bytes, at, slot);
  }

  /** Chosen by the id, which is not read further: the bytes decide. -1: no id of ours. */
  #slotOf(bytes: Uint8Array, at: number): number {
    let hash = 0;
    const limit = Math.min(at + LONGEST_ID, bytes.length);
    for (let i = at; i < limit; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte === 34) return (hash ^ (hash >>> 15)) & this.#mask;
      hash = Math.imul(hash ^ byte, 0x5bd1e995);
      hash ^= hash >>> 13;
    }
    return -1;
  }

  #isAt(known: KnownText, record: RecordBytes, at: number): boolean {
    const { bytes, view, base } = record;
    const ring = this.#ring.length;
    // Overwritten since.
    if (known.at + ring < this.#written) return false;
    const { holes } = known;
    let from = known.at % ring;
    const begin = from;
    let to = at;
    for (let i = 0; i < holes.length; i += 2) {
      const length = begin + (holes[i] ?? 0) - from;
      if (to + length > bytes.length) return false;
      if (!isSameRange(this.#view, from, view, base + to, length)) return false;
      to += length;
      const end = skipNumber(bytes, to);
      if (end === to) return false;
      to = end;
      from = begin + (holes[i + 1] ?? 0);
    }
    const length = begin + known.length - from;
    if (to + length > bytes.length) return false;
    if (!isSameRange(this.#view, from, view, base + to, length)) return false;
    this.end = to + length;
    return true;
  }

  #learn(bytes: Uint8Array, at: number, slot: number): KnownProcess | undefined {
    const scanned = scanObject(bytes, at);
    if (scanned === undefined) return undefined;
    const text = bytes.subarray(at, scanned.end);
    const raw = parse(text);
    const process = isObject(raw) ? this.#memo.know(raw) : undefined;
    if (process === undefined) return undefined;
    this.end = scanned.end;
    const holes = scanned.holes.map((place) => place - at);
    if (text.length > LONGEST_OBJECT || text.length * 4 > this.#limit) return process;
    const known: KnownText = { at: this.#keep(text), length: text.length, holes, process };
    const displaced = this.#slots[slot];
    this.#slots[slot] = known;
    if (displaced !== undefined) this.#slots[slot ^ 1] = displaced;
    return process;
  }

  /** Writes a message into the ring and returns where. */
  #keep(text: Uint8Array): number {
    while (this.#written + text.length > this.#ring.length && this.#ring.length < this.#limit) {
      const grown = new Uint8Array(Math.min(this.#ring.length * 2, this.#limit));
      grown.set(this.#ring);
      this.#ring = grown;
      this.#view = new DataView(grown.buffer);
    }
    const { length } = this.#ring;
    const place = this.#written % length;
    if (place + text.length > length) this.#written += length - place;
    const at = this.#written;
    this.#ring.set(text, at % length);
    this.#written += text.length;
    return at;
  }
}

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(text));
  } catch {
    return undefined;
  }
}
