import { findDuplicateKey } from '../duplicateKey.ts';
import { type JsonObject, objectOf, parseObject } from '../read.ts';
import type { Placement } from './process.ts';
import { asciiOf, isSameRange, type RecordBytes, skipNumber, standsAt } from './scanBytes.ts';
import { scanObject } from './scanObject.ts';
import { ByteRing } from './scanRing.ts';

/** A `Pod` message as it was read before: its bytes but for `container.pid`, and what they say. */
export interface KnownPod {
  /** In the ring. */
  readonly at: number;
  readonly length: number;
  /** Begin and end of the digits of `container.pid`, from `at`; both -1: it has none. */
  readonly pidFrom: number;
  readonly pidTo: number;
  readonly placement: Placement;
  /** What belongs to the process, without the pid. */
  readonly probe: unknown;
  readonly camelProbe: unknown;
  /** Where the parts before and behind the pid stood last among the records of the stream; -1: nowhere that counts. */
  headAt: number;
  tailAt: number;
}

const PID = asciiOf('"pid":');
const LONGEST_PID = 10;
const RING = 2 * 1024 * 1024;
const SLOTS = 2048;
/** In the first 200 bytes stands the container's id, or what else tells messages apart. */
const SAMPLED = 200;
/** Of a text that holds many of them, which only a hostile log has. */
const MOST_CANDIDATES = 4;
const utf8 = new TextDecoder();

/** Reads `Pod` messages: all processes of a container repeat one, but for the process's own pid in it. */
export class PodScanner {
  /** Behind the message read last. */
  end = 0;
  /** The digits of its pid; empty when it has none. */
  pidFrom = 0;
  pidTo = 0;
  readonly #ring = new ByteRing(RING);
  readonly #placeOf: (raw: JsonObject) => Placement;
  readonly #slots = new Array<KnownPod | undefined>(SLOTS).fill(undefined);

  /** `placeOf` reads a parsed message. */
  constructor(placeOf: (raw: JsonObject) => Placement) {
    this.#placeOf = placeOf;
  }

  /** The message at `at`, which ends before `limit`; undefined for what does not fit. Sets `end` and the pid. */
  read(record: RecordBytes, at: number, limit: number): KnownPod | undefined {
    const { bytes } = record;
    const slot = slotOf(bytes, at, limit);
    const known = this.#slots[slot];
    if (known !== undefined && this.isAt(known, record, at, limit)) return known;
    const learned = this.#learn(bytes, at);
    if (learned !== undefined) this.#slots[slot] = learned;
    return learned;
  }

  /** Tells whether the message at `at` is this one, whatever its pid. Sets `end` and the pid. */
  isAt(known: KnownPod, { bytes, view, base }: RecordBytes, at: number, limit: number): boolean {
    const ring = this.#ring;
    if (at + known.length > limit + LONGEST_PID || !ring.holds(known.at)) return false;
    const from = ring.placeOf(known.at);
    if (known.pidFrom < 0) {
      this.pidFrom = at;
      this.pidTo = at;
      this.end = at + known.length;
      return this.end <= limit && isSameRange(ring.view, from, view, base + at, known.length);
    }
    if (at + known.pidFrom > limit) return false;
    if (!isSameRange(ring.view, from, view, base + at, known.pidFrom)) return false;
    const pidFrom = at + known.pidFrom;
    const pidTo = skipNumber(bytes, pidFrom);
    const rest = known.length - known.pidTo;
    if (pidTo === pidFrom || pidTo - pidFrom > LONGEST_PID || pidTo + rest > limit) return false;
    if (!isSameRange(ring.view, from + known.pidTo, view, base + pidTo, rest)) return false;
    this.pidFrom = pidFrom;
    this.pidTo = pidTo;
    this.end = pidTo + rest;
    return true;
  }

  /** The pid in the message read last, -1 when there is none. */
  pid(bytes: Uint8Array): number {
    if (this.pidTo === this.pidFrom) return -1;
    let pid = 0;
    for (let i = this.pidFrom; i < this.pidTo; i += 1) pid = pid * 10 + (bytes[i] ?? 48) - 48;
    return pid;
  }

  #learn(bytes: Uint8Array, at: number): KnownPod | undefined {
    const scanned = scanObject(bytes, at);
    if (scanned === undefined || scanned.end - at > RING / 64) return undefined;
    const { end } = scanned;
    if (findDuplicateKey(bytes, at, end) >= 0) return undefined;
    const text = bytes.subarray(at, end);
    const raw = parseObject(utf8.decode(text));
    if (raw === undefined) return undefined;
    const container = objectOf(raw.container);
    let pidFrom = -1;
    let pidTo = -1;
    if (container?.pid !== undefined) {
      const found = findPid(text);
      if (found < 0) return undefined;
      pidFrom = found;
      pidTo = skipNumber(text, found);
    }
    this.end = end;
    this.pidFrom = pidFrom < 0 ? at : at + pidFrom;
    this.pidTo = pidFrom < 0 ? at : at + pidTo;
    return {
      at: this.#ring.keep(text),
      length: text.length,
      pidFrom,
      pidTo,
      placement: this.#placeOf(raw),
      probe: container?.maybe_exec_probe,
      camelProbe: container?.maybeExecProbe,
      headAt: -1,
      tailAt: -1,
    };
  }
}

/** Where the digits of `container.pid` begin, proved by putting others in their place; -1: not told apart. */
function findPid(text: Uint8Array): number {
  let tried = 0;
  for (let i = 0; i < text.length && tried < MOST_CANDIDATES; i += 1) {
    if (text[i] !== 34 || !standsAt(text, i, PID)) continue;
    tried += 1;
    const from = i + PID.length;
    const to = skipNumber(text, from);
    if (to === from || to - from > LONGEST_PID) continue;
    const before = utf8.decode(text.subarray(0, from));
    const after = utf8.decode(text.subarray(to));
    if (pidIn(`${before}1${after}`) === 1 && pidIn(`${before}2${after}`) === 2) return from;
  }
  return -1;
}

function pidIn(text: string): unknown {
  return objectOf(parseObject(text)?.container)?.pid;
}

function slotOf(bytes: Uint8Array, at: number, limit: number): number {
  const end = Math.min(at + SAMPLED, limit);
  let hash = 0;
  for (let i = at; i < end; i += 2) {
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x5bd1e995);
    hash ^= hash >>> 13;
  }
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
