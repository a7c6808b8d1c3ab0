import type { Repeats } from '../../event/repeats.ts';
import { findDuplicateKey } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { asciiOf, isSameRange, type RecordBytes, skipNumber, standsAt } from './scanBytes.ts';
import { type ScannedObject, scanObject } from './scanObject.ts';
import { type KnownPod, PodScanner } from './scanPod.ts';
import { ByteRing } from './scanRing.ts';
import type { ReadProcess, SightingMemo } from './sightingMemo.ts';

const OPENING = asciiOf('{"exec_id":"');
const LONGEST_ID = 256;
const LONGEST_OBJECT = 16 * 1024;
const ZERO = 48;

/**
 * A `Process` message as it was read before, and what it says. In the ring lies its text without the pod, which it
 * shares with all processes of its container.
 */
interface KnownText {
  readonly at: number;
  /** Bytes before the pod; 0 when the pod is no part apart. */
  readonly head: number;
  readonly pod: KnownPod | undefined;
  /** `pod.container.pid`, -1 when there is none. */
  readonly insidePid: number;
  /** Bytes behind the pod, and the places of the changing numbers in them. */
  readonly tail: number;
  readonly firstFrom: number;
  readonly firstTo: number;
  readonly secondFrom: number;
  readonly secondTo: number;
  readonly process: ReadProcess;
  /** Where it stood last among the records of the stream; -1: nowhere that counts. */
  seenAt: number;
}

/** A message read from the record at hand: where its parts stand in the record. */
class ReadMessage {
  text: KnownText | undefined;
  at = 0;
  /** Behind what repeats from its first byte on: at the first changing number or the end. */
  same = 0;
  podAt = 0;
  pidFrom = 0;
  pidTo = 0;
  podEnd = 0;

  /** Notes what of it stood before, and remembers that it stands here. */
  settle(repeats: Repeats): void {
    const { text, at, podAt, pidFrom, pidTo, podEnd } = this;
    const { origin } = repeats;
    if (text === undefined || origin < 0) return;
    const { pod } = text;
    if (repeats.mayRepeat(text.seenAt)) repeats.note(at, this.same - at, text.seenAt);
    else if (pod !== undefined && repeats.mayRepeat(pod.headAt)) {
      repeats.note(podAt, pidFrom - podAt, pod.headAt);
      repeats.note(pidTo, podEnd - pidTo, pod.tailAt);
    }
    text.seenAt = origin + at;
    if (pod === undefined) return;
    pod.headAt = origin + podAt;
    pod.tailAt = origin + pidTo;
  }
}

export interface ScanLimits {
  /** Bytes of messages remembered; the oldest go. */
  readonly bytes: number;
  /** log2 of the number of messages remembered, at least 1. */
  readonly slotBits: number;
}

const utf8 = new TextDecoder();

/**
 * Reads `Process` messages from bytes. Those of a process repeat byte for byte, but for `refcnt` and `tid`, in each of its
 * events and in those of its children; equal bytes in the same place of the grammar say the same, so what is remembered
 * is exact. A message not seen before goes the way of all others: `JSON.parse` and the decoder's memo. Pods are read
 * apart: comparing costs mostly the memory that it touches, and of a message two thirds are the pod.
 */
export class ProcessScanner {
  /** Behind the message read last. */
  end = 0;
  readonly #memo: SightingMemo;
  readonly #pods: PodScanner;
  readonly #slots: (KnownText | undefined)[];
  readonly #mask: number;
  readonly #limit: number;
  readonly #ring: ByteRing;
  #scratch = new Uint8Array(LONGEST_OBJECT);
  /** Of the record at hand: the process, and its parent. */
  readonly #messages = [new ReadMessage(), new ReadMessage()] as const;
  #read = 0;

  constructor(memo: SightingMemo, limits: ScanLimits) {
    this.#memo = memo;
    this.#pods = new PodScanner((raw) => memo.place(raw));
    this.#slots = new Array<KnownText | undefined>(1 << limits.slotBits).fill(undefined);
    this.#mask = (1 << limits.slotBits) - 1;
    this.#limit = Math.min(limits.bytes / 4, LONGEST_OBJECT);
    this.#ring = new ByteRing(limits.bytes);
  }

  /** A record begins. */
  begin(): void {
    this.#read = 0;
  }

  /** The record has been understood: notes what of its messages stood before. */
  settle(repeats: Repeats): void {
    const [first, second] = this.#messages;
    if (this.#read > 0) first.settle(repeats);
    if (this.#read > 1) second.settle(repeats);
  }

  /** The process of the message at `at`; undefined for what does not fit. Sets `end`. At most two of a record. */
  read(record: RecordBytes, at: number): ReadProcess | undefined {
    const { bytes } = record;
    const message = this.#messages[this.#read === 0 ? 0 : 1];
    this.#read += 1;
    message.text = undefined;
    message.at = at;
    if (!standsAt(bytes, at, OPENING)) return undefined;
    const slot = this.#slotOf(bytes, at + OPENING.length);
    if (slot < 0) return undefined;
    const first = this.#slots[slot];
    if (first !== undefined && this.#isAt(first, record, at, message)) return first.process;
    const second = this.#slots[slot ^ 1];
    if (second !== undefined && this.#isAt(second, record, at, message)) return second.process;
    return this.#learn(record, at, slot, message);
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

  #isAt(known: KnownText, record: RecordBytes, at: number, message: ReadMessage): boolean {
    const ring = this.#ring;
    if (!ring.holds(known.at)) return false;
    const { bytes, view, base } = record;
    const limit = bytes.length;
    let from = ring.placeOf(known.at);
    let to = at;
    const { pod } = known;
    if (pod !== undefined) {
      const { head } = known;
      if (to + head > limit || !isSameRange(ring.view, from, view, base + to, head)) return false;
      to += head;
      from += head;
      const pods = this.#pods;
      if (!pods.isAt(pod, record, to, limit) || pods.pid(bytes) !== known.insidePid) return false;
      message.podAt = to;
      message.pidFrom = pods.pidFrom;
      message.pidTo = pods.pidTo;
      to = pods.end;
      message.podEnd = to;
    }
    let done = 0;
    let same = 0;
    for (let hole = 0; hole < 2; hole += 1) {
      const until = hole === 0 ? known.firstFrom : known.secondFrom;
      if (until < 0) break;
      const length = until - done;
      if (to + length > limit) return false;
      if (!isSameRange(ring.view, from + done, view, base + to, length)) return false;
      to += length;
      if (hole === 0) same = to;
      const end = skipNumber(bytes, to);
      if (end === to) return false;
      to = end;
      done = hole === 0 ? known.firstTo : known.secondTo;
    }
    const length = known.tail - done;
    if (to + length > limit) return false;
    if (!isSameRange(ring.view, from + done, view, base + to, length)) return false;
    this.end = to + length;
    message.text = known;
    message.same = same === 0 ? this.end : same;
    return true;
  }

  #learn(
    record: RecordBytes,
    at: number,
    slot: number,
    message: ReadMessage,
  ): ReadProcess | undefined {
    const { bytes } = record;
    let pod: KnownPod | undefined;
    let insidePid = -1;
    const scanned = scanObject(bytes, at, (from) => {
      pod = this.#pods.read(record, from, bytes.length);
      if (pod === undefined) return undefined;
      insidePid = this.#pods.pid(bytes);
      message.podAt = from;
      message.pidFrom = this.#pods.pidFrom;
      message.pidTo = this.#pods.pidTo;
      message.podEnd = this.#pods.end;
      return this.#pods.end;
    });
    if (scanned === undefined || scanned.end - at > LONGEST_OBJECT) return undefined;
    this.end = scanned.end;
    message.same = scanned.holes[0] < 0 ? scanned.end : scanned.holes[0];
    const apart =
      pod === undefined ? undefined : this.#readApart(bytes, at, scanned, pod, insidePid);
    if (apart !== undefined) {
      message.text = this.#keep(bytes, at, scanned, slot, apart, pod, insidePid);
      return apart;
    }
    if (findDuplicateKey(bytes, at, scanned.end) >= 0) return undefined;
    const raw = parseObject(utf8.decode(bytes.subarray(at, scanned.end)));
    const process = raw === undefined ? undefined : this.#memo.know(raw);
    if (process === undefined) return undefined;
    const whole = { ...scanned, podFrom: at, podTo: at };
    message.text = this.#keep(bytes, at, whole, slot, process, undefined, -1);
    return process;
  }

  /**
   * Parses a message without its pod, in whose place stands what of it is the process's own. Undefined when a key stands
   * twice, for then another pod may be meant, and when a number that changes stands before the pod, where no agent has it.
   */
  #readApart(
    bytes: Uint8Array,
    at: number,
    { end, holes, commas, podFrom, podTo }: ScannedObject,
    pod: KnownPod,
    insidePid: number,
  ): ReadProcess | undefined {
    if (holes[0] >= 0 && holes[0] < podTo) return undefined;
    const scratch = this.#scratch;
    const head = podFrom - at;
    scratch.set(bytes.subarray(at, podFrom));
    scratch[head] = ZERO;
    scratch.set(bytes.subarray(podTo, end), head + 1);
    const raw = parseObject(utf8.decode(scratch.subarray(0, head + 1 + end - podTo)));
    if (raw === undefined || countKeys(raw) !== commas + 1) return undefined;
    if (holdsObjects(raw) && findDuplicateKey(bytes, at, end) >= 0) return undefined;
    const container = {
      pid: insidePid < 0 ? undefined : insidePid,
      maybe_exec_probe: pod.probe,
      maybeExecProbe: pod.camelProbe,
    };
    return this.#memo.learn(Object.assign(raw, { pod: { container } }), pod.placement);
  }

  #keep(
    bytes: Uint8Array,
    at: number,
    { end, holes, podFrom, podTo }: ScannedObject,
    slot: number,
    process: ReadProcess,
    pod: KnownPod | undefined,
    insidePid: number,
  ): KnownText | undefined {
    const head = podFrom - at;
    const tail = end - podTo;
    const placeIn = (place: number): number => (place < 0 ? -1 : place - podTo);
    if (head + tail > this.#limit) return undefined;
    const known: KnownText = {
      at: this.#ring.keep(bytes.subarray(at, podFrom), bytes.subarray(podTo, end)),
      head,
      pod,
      insidePid,
      tail,
      firstFrom: placeIn(holes[0]),
      firstTo: placeIn(holes[1]),
      secondFrom: placeIn(holes[2]),
      secondTo: placeIn(holes[3]),
      process,
      seenAt: -1,
    };
    const displaced = this.#slots[slot];
    this.#slots[slot] = known;
    if (displaced !== undefined) this.#slots[slot ^ 1] = displaced;
    return known;
  }
}

function countKeys(raw: JsonObject): number {
  let count = 0;
  for (const _ in raw) count += 1;
  return count;
}

function holdsObjects(raw: JsonObject): boolean {
  for (const key in raw) if (typeof raw[key] === 'object') return true;
  return false;
}
