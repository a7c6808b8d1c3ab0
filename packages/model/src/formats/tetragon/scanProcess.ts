import { KnownProcesses, nowhere, type Words } from '../../event/knownProcesses.ts';
import { seedOf } from '../../event/sense.ts';
import { findDuplicateKey } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { field, type ScanArena, UNFIT, UNKNOWN } from './scanArena.ts';
import { utf8 } from './scanBytes.ts';
import { type ScannedObject, scanObject } from './scanObject.ts';
import { type KnownPod, PodScanner } from './scanPod.ts';
import type { SightingMemo } from './sightingMemo.ts';

const LONGEST_OBJECT = 16 * 1024;
const QUOTE = 34;

/**
 * Reads `Process` messages from bytes. Those of a process repeat byte for byte, but for `refcnt` and `tid`, in each of its
 * events and in those of its children; equal bytes in the same place of the grammar say the same, so what is remembered
 * is exact. A message not seen before is taken apart by compiled code when its words are the usual ones, else parsed. Pods are read
 * apart: comparing costs mostly the memory that it touches, and of a message two thirds are the pod.
 */
export class ProcessScanner {
  /** Behind the message read last. */
  end = 0;
  readonly #scan: ScanArena;
  readonly #memo: SightingMemo;
  readonly #pods: PodScanner;
  readonly #scratch = new Uint8Array(LONGEST_OBJECT);

  constructor(scan: ScanArena, memo: SightingMemo) {
    this.#scan = scan;
    this.#memo = memo;
    this.#pods = new PodScanner(scan, (raw) => memo.place(raw));
  }

  /**
   * The slot of the process of the message at `at`, in a record that ends at `limit`; `UNFIT` for what does not fit. Sets
   * `end`. At most two of a record.
   */
  read(at: number, limit: number): number {
    const { code, found } = this.#scan;
    const known = code.process(at, limit);
    const slot = known === UNKNOWN ? this.#learn(at, limit, found[field.slot] ?? 0) : known;
    this.end = found[field.end] ?? 0;
    return slot;
  }

  #learn(at: number, limit: number, slot: number): number {
    const { code, found, processes } = this.#scan;
    let learned = code.learnProcess(slot, at, limit);
    if (learned === UNKNOWN && this.#pods.read(found[field.podAt] ?? 0, limit) !== undefined) {
      learned = code.learnProcess(slot, at, limit);
    }
    if (learned !== 1) return this.#parse(at, limit, slot);
    const pod = this.#pods.in(code.podOf(slot));
    processes.place(slot, pod?.placement ?? nowhere, this.#hasMoved());
    return slot;
  }

  /** Reads the rarer messages by `JSON.parse`. */
  #parse(at: number, limit: number, slot: number): number {
    const { bytes, found } = this.#scan;
    let pod: KnownPod | undefined;
    const scanned = scanObject(bytes, at, limit, (from) => {
      pod = this.#pods.read(from, limit);
      return pod === undefined ? undefined : found[field.podEnd];
    });
    if (scanned === undefined || scanned.end - at > LONGEST_OBJECT) return UNFIT;
    const apart = pod === undefined ? undefined : this.#readApart(at, scanned, pod);
    if (apart !== undefined) return this.#fill(at, scanned, slot, apart, pod);
    if (findDuplicateKey(bytes, at, scanned.end) >= 0) return UNFIT;
    const raw = parseObject(utf8.decode(bytes.subarray(at, scanned.end)));
    const words = raw === undefined ? undefined : this.#memo.wordsOf(raw);
    if (words === undefined) return UNFIT;
    return this.#fill(at, { ...scanned, podFrom: at, podTo: at }, slot, words, undefined);
  }

  /**
   * Parses a message without its pod, in whose place stands what of it is the process's own. Undefined when a key stands
   * twice, for then another pod may be meant, and when a number that changes stands before the pod, where no agent has it.
   */
  #readApart(
    at: number,
    { end, holes, commas, podFrom, podTo }: ScannedObject,
    pod: KnownPod,
  ): Words | undefined {
    if (holes[0] >= 0 && holes[0] < podTo) return undefined;
    const { bytes } = this.#scan;
    const scratch = this.#scratch;
    const head = podFrom - at;
    scratch.set(bytes.subarray(at, podFrom));
    // An empty text: what follows cannot go on with it, as it could with a number.
    scratch[head] = QUOTE;
    scratch[head + 1] = QUOTE;
    scratch.set(bytes.subarray(podTo, end), head + 2);
    const raw = parseObject(utf8.decode(scratch.subarray(0, head + 2 + end - podTo)));
    if (raw === undefined || countKeys(raw) !== commas + 1) return undefined;
    if (holdsObjects(raw) && findDuplicateKey(bytes, at, end) >= 0) return undefined;
    const container = {
      pid: this.#insidePid(),
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
    return slot;
  }

  /** Whether who stood in the slot of the process kept last has moved to the slot beside. */
  #hasMoved(): boolean {
    return this.#scan.found[field.hasMoved] === 1;
  }

  /** The pid in the pod found last; undefined when there is none. */
  #insidePid(): number | undefined {
    const { bytes, found } = this.#scan;
    const from = found[field.pidFrom] ?? 0;
    const to = found[field.pidTo] ?? 0;
    if (from === to) return undefined;
    let pid = 0;
    for (let i = from; i < to; i += 1) pid = pid * 10 + (bytes[i] ?? 48) - 48;
    return pid;
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
