import { KnownProcesses, nowhere, type Words } from '../../event/knownProcesses.ts';
import type { Repeats } from '../../event/repeats.ts';
import { seedOf } from '../../event/sense.ts';
import { findDuplicateKey } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { field, type ScanArena, UNFIT, UNKNOWN } from './scanArena.ts';
import { type ScannedObject, scanObject } from './scanObject.ts';
import { type KnownPod, PodScanner } from './scanPod.ts';
import type { SightingMemo } from './sightingMemo.ts';

const LONGEST_OBJECT = 16 * 1024;
const ZERO = 48;

/** A `Process` message that is remembered, by its slot: its pod, and where it stood last among the records of the stream. */
interface KnownText {
  readonly pod: KnownPod | undefined;
  /** -1: nowhere that counts. */
  seenAt: number;
}

/** A message read from the record at hand: where its parts stand in the arena. */
class ReadMessage {
  text: KnownText | undefined;
  at = 0;
  /** Behind what repeats from its first byte on: at the first changing number or the end. */
  same = 0;
  podAt = 0;
  pidFrom = 0;
  pidTo = 0;
  podEnd = 0;

  /** Notes what of it stood before, and remembers that it stands here. `begin`: where the record does. */
  settle(repeats: Repeats, begin: number): void {
    const { text, podAt, pidFrom, pidTo, podEnd } = this;
    const { origin } = repeats;
    if (text === undefined || origin < 0) return;
    const { pod } = text;
    const at = this.at - begin;
    if (repeats.mayRepeat(text.seenAt)) repeats.note(at, this.same - this.at, text.seenAt);
    else if (pod !== undefined && repeats.mayRepeat(pod.headAt)) {
      repeats.note(podAt - begin, pidFrom - podAt, pod.headAt);
      repeats.note(pidTo - begin, podEnd - pidTo, pod.tailAt);
    }
    text.seenAt = origin + at;
    if (pod === undefined) return;
    pod.headAt = origin + podAt - begin;
    pod.tailAt = origin + pidTo - begin;
  }
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
  readonly #scan: ScanArena;
  readonly #memo: SightingMemo;
  readonly #pods: PodScanner;
  /** By slot. */
  readonly #texts: (KnownText | undefined)[];
  readonly #scratch = new Uint8Array(LONGEST_OBJECT);
  /** Of the record at hand: the process, and its parent. */
  readonly #messages = [new ReadMessage(), new ReadMessage()] as const;
  #begin = 0;
  #read = 0;

  constructor(scan: ScanArena, memo: SightingMemo) {
    this.#scan = scan;
    this.#memo = memo;
    this.#pods = new PodScanner(scan, (raw) => memo.place(raw));
    this.#texts = new Array<KnownText | undefined>(scan.slots.processes).fill(undefined);
  }

  /** A record begins, at an address. */
  begin(at: number): void {
    this.#begin = at;
    this.#read = 0;
  }

  /** The record has been understood: notes what of its messages stood before. */
  settle(repeats: Repeats): void {
    const [first, second] = this.#messages;
    if (this.#read > 0) first.settle(repeats, this.#begin);
    if (this.#read > 1) second.settle(repeats, this.#begin);
  }

  /**
   * The slot of the process of the message at `at`, in a record that ends at `limit`; `UNFIT` for what does not fit. Sets
   * `end`. At most two of a record.
   */
  read(at: number, limit: number): number {
    const message = this.#messages[this.#read === 0 ? 0 : 1];
    this.#read += 1;
    message.text = undefined;
    message.at = at;
    const { code, found } = this.#scan;
    const slot = code.process(at, limit);
    if (slot === UNKNOWN) return this.#learn(at, limit, found[field.slot] ?? 0, message);
    if (slot < 0) return slot;
    this.#note(message, this.#texts[slot]);
    return slot;
  }

  /** The message is found where `found` says. */
  #note(message: ReadMessage, text: KnownText | undefined): void {
    const { found } = this.#scan;
    this.end = found[field.end] ?? 0;
    message.text = text;
    message.same = found[field.same] ?? 0;
    if (text?.pod !== undefined) this.#placePod(message);
  }

  #placePod(message: ReadMessage): void {
    const { found } = this.#scan;
    message.podAt = found[field.podAt] ?? 0;
    message.pidFrom = found[field.pidFrom] ?? 0;
    message.pidTo = found[field.pidTo] ?? 0;
    message.podEnd = found[field.podEnd] ?? 0;
  }

  #learn(at: number, limit: number, slot: number, message: ReadMessage): number {
    const { code, found, processes } = this.#scan;
    let learned = code.learnProcess(slot, at, limit);
    if (learned === UNKNOWN && this.#pods.read(found[field.podAt] ?? 0, limit) !== undefined) {
      learned = code.learnProcess(slot, at, limit);
    }
    if (learned !== 1) return this.#parse(at, limit, slot, message);
    const hasPod = code.podOf(slot) >= 0;
    const pod = hasPod ? this.#pods.in(found[field.podSlot] ?? 0) : undefined;
    processes.place(slot, pod?.placement ?? nowhere, this.#hasMoved());
    this.#note(message, this.#keep(slot, pod));
    return slot;
  }

  /** Reads the rarer messages by `JSON.parse`. */
  #parse(at: number, limit: number, slot: number, message: ReadMessage): number {
    const { bytes } = this.#scan;
    let pod: KnownPod | undefined;
    const scanned = scanObject(bytes, at, limit, (from) => {
      pod = this.#pods.read(from, limit);
      if (pod === undefined) return undefined;
      this.#placePod(message);
      return message.podEnd;
    });
    if (scanned === undefined || scanned.end - at > LONGEST_OBJECT) return UNFIT;
    this.end = scanned.end;
    message.same = scanned.holes[0] < 0 ? scanned.end : scanned.holes[0];
    const apart = pod === undefined ? undefined : this.#readApart(at, scanned, pod, message);
    if (apart !== undefined) return this.#fill(at, scanned, slot, apart, pod, message);
    if (findDuplicateKey(bytes, at, scanned.end) >= 0) return UNFIT;
    const raw = parseObject(utf8.decode(bytes.subarray(at, scanned.end)));
    const words = raw === undefined ? undefined : this.#memo.wordsOf(raw);
    if (words === undefined) return UNFIT;
    return this.#fill(at, { ...scanned, podFrom: at, podTo: at }, slot, words, undefined, message);
  }

  /**
   * Parses a message without its pod, in whose place stands what of it is the process's own. Undefined when a key stands
   * twice, for then another pod may be meant, and when a number that changes stands before the pod, where no agent has it.
   */
  #readApart(
    at: number,
    { end, holes, commas, podFrom, podTo }: ScannedObject,
    pod: KnownPod,
    message: ReadMessage,
  ): Words | undefined {
    if (holes[0] >= 0 && holes[0] < podTo) return undefined;
    const { bytes } = this.#scan;
    const scratch = this.#scratch;
    const head = podFrom - at;
    scratch.set(bytes.subarray(at, podFrom));
    scratch[head] = ZERO;
    scratch.set(bytes.subarray(podTo, end), head + 1);
    const raw = parseObject(utf8.decode(scratch.subarray(0, head + 1 + end - podTo)));
    if (raw === undefined || countKeys(raw) !== commas + 1) return undefined;
    if (holdsObjects(raw) && findDuplicateKey(bytes, at, end) >= 0) return undefined;
    const container = {
      pid: pidIn(bytes, message),
      maybe_exec_probe: pod.probe,
      maybeExecProbe: pod.camelProbe,
    };
    return this.#memo.wordsAt(Object.assign(raw, { pod: { container } }), pod.placement);
  }

  /** Remembers a message in words that were parsed. */
  #fill(
    at: number,
    { end, holes, podFrom, podTo }: ScannedObject,
    slot: number,
    words: Words,
    pod: KnownPod | undefined,
    message: ReadMessage,
  ): number {
    const { code, processes, longestText, arena } = this.#scan;
    const texts = KnownProcesses.bytesOf(words);
    if (podFrom - at + end - podTo + texts.length > longestText) return UNFIT;
    const copied = arena.lay(texts);
    const places = holes.map((place) => Math.max(place, 0));
    const podSlot = pod === undefined ? -1 : pod.slot;
    const offset = code.keepProcess(
      slot,
      at,
      end,
      podFrom,
      podTo,
      podSlot,
      ...places,
      copied,
      texts.length,
    );
    const placement = { pod: words.pod, container: words.container };
    processes.place(slot, placement, this.#hasMoved());
    processes.fill(slot, words, seedOf(words), offset);
    message.text = this.#keep(slot, pod);
    return slot;
  }

  /** Whether who stood in the slot of the process kept last has moved to the slot beside. */
  #hasMoved(): boolean {
    return this.#scan.found[field.hasMoved] === 1;
  }

  #keep(slot: number, pod: KnownPod | undefined): KnownText {
    const text: KnownText = { pod, seenAt: -1 };
    if (this.#hasMoved()) this.#texts[slot ^ 1] = this.#texts[slot];
    this.#texts[slot] = text;
    return text;
  }
}

/** The pid in the message's pod; undefined when there is none. */
function pidIn(bytes: Uint8Array, { pidFrom, pidTo }: ReadMessage): number | undefined {
  if (pidFrom === pidTo) return undefined;
  let pid = 0;
  for (let i = pidFrom; i < pidTo; i += 1) pid = pid * 10 + (bytes[i] ?? 48) - 48;
  return pid;
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
