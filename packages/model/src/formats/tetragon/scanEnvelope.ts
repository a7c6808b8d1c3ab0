import type { Nanos } from '../../event/time.ts';
import { findDuplicateMember } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { eventKeyOf } from './kinds.ts';
import { asciiOf, isSameRange, type RecordBytes, standsAt } from './scanBytes.ts';
import { TimeScanner } from './scanTime.ts';

/** Where a record comes from. */
export interface Place {
  readonly node: string;
  readonly cluster: string | undefined;
}

/** The envelope of a node's records, which only the time tells apart. */
interface KnownEnvelope {
  /** From the brace that closes the event to the quote that opens the time, and from the quote that closes it. */
  readonly head: DataView;
  readonly tail: DataView;
  readonly place: Place;
}

const NODE = asciiOf('"node_name":"');
const TIME = asciiOf('"time":"');
const SLOTS = 512;
const LONGEST_NODE = 256;
const LONGEST_ENVELOPE = 16 * 1024;
const SHORTEST = 30;
const utf8 = new TextDecoder();

/**
 * Reads what stands behind the event: `},"node_name":"…","time":"…"` and whatever follows. Records of one node repeat it
 * byte for byte but for the time.
 */
export class EnvelopeScanner {
  place: Place = { node: '', cluster: undefined };
  time: Nanos | undefined;
  readonly #placeOf: (envelope: JsonObject) => Place;
  readonly #times = new TimeScanner();
  readonly #known = new Array<KnownEnvelope | undefined>(SLOTS).fill(undefined);
  /** How far from the end of a record the last envelope began. */
  #distance = 0;

  /** `placeOf` reads a parsed envelope. */
  constructor(placeOf: (envelope: JsonObject) => Place) {
    this.#placeOf = placeOf;
  }

  /**
   * Where the envelope begins, at or behind `from`; -1 when there is none. The reading of both sides proves it right: no
   * other place lets the event before it and the envelope be JSON.
   */
  find(bytes: Uint8Array, from: number): number {
    const { length } = bytes;
    const guess = length - this.#distance;
    if (guess >= from && opensAt(bytes, guess)) return guess;
    const last = Math.max(from, length - LONGEST_ENVELOPE);
    for (let at = length - SHORTEST; at >= last; at -= 1) {
      if (opensAt(bytes, at)) {
        this.#distance = length - at;
        return at;
      }
    }
    return -1;
  }

  /** Reads the envelope at `at` into `place` and `time`; false for what does not fit. */
  read(record: RecordBytes, at: number): boolean {
    const { bytes } = record;
    let i = at + 2;
    if (bytes[i] === 32) i += 1;
    i += NODE.length;
    let hash = 0;
    const limit = i + LONGEST_NODE;
    for (let byte = bytes[i] ?? 34; byte !== 34; byte = bytes[i] ?? 34) {
      if (i === limit) return false;
      hash = Math.imul(hash ^ byte, 0x5bd1e995);
      i += 1;
    }
    i += 1;
    if (bytes[i] !== 44) return false;
    i += 1;
    if (bytes[i] === 32) i += 1;
    if (!standsAt(bytes, i, TIME)) return false;
    i += TIME.length;
    const time = this.#times.read(bytes, i);
    if (time === undefined) return false;
    this.time = time;
    const tail = this.#times.end;
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#known[slot];
    if (known !== undefined && isAt(known, record, at, i, tail)) {
      this.place = known.place;
      return true;
    }
    const learned = this.#learn(bytes, at, i, tail);
    if (learned === undefined) return false;
    this.#known[slot] = learned;
    this.place = learned.place;
    return true;
  }

  #learn(bytes: Uint8Array, at: number, time: number, tail: number): KnownEnvelope | undefined {
    if (findDuplicateMember(bytes, at + 2, bytes.length) >= 0) return undefined;
    const head = bytes.slice(at, time);
    const rest = bytes.slice(tail);
    const before = `{${utf8.decode(head.subarray(2))}`;
    const after = utf8.decode(rest);
    const one = parseObject(`${before}1${after}`);
    const two = parseObject(`${before}2${after}`);
    // A second time further on would win.
    if (one?.time !== '1' || two?.time !== '2') return undefined;
    for (const key in one) if (eventKeyOf(key) !== undefined) return undefined;
    return { head: viewOf(head), tail: viewOf(rest), place: this.#placeOf(one) };
  }
}

function opensAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 125 || bytes[at + 1] !== 44) return false;
  return standsAt(bytes, bytes[at + 2] === 32 ? at + 3 : at + 2, NODE);
}

function isAt(
  { head, tail }: KnownEnvelope,
  { bytes, view, base }: RecordBytes,
  at: number,
  time: number,
  rest: number,
): boolean {
  return (
    head.byteLength === time - at &&
    tail.byteLength === bytes.length - rest &&
    isSameRange(head, 0, view, base + at, head.byteLength) &&
    isSameRange(tail, 0, view, base + rest, tail.byteLength)
  );
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
