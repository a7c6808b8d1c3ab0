import type { Placement } from '../../event/knownProcesses.ts';
import { findDuplicateKey } from '../duplicateKey.ts';
import { type JsonObject, objectOf, parseObject } from '../read.ts';
import { field, type ScanArena } from './scanArena.ts';
import { asciiOf, skipNumber, standsAt, utf8 } from './scanBytes.ts';
import { scanObject } from './scanObject.ts';

/** What a `Pod` message says that is remembered. */
export interface KnownPod {
  readonly slot: number;
  readonly placement: Placement;
  /** What belongs to the process, without the pid. */
  readonly probe: unknown;
  readonly camelProbe: unknown;
}

const PID = asciiOf('"pid":');
/** As assembly/pods.ts has it: a longer number is read with the rest. */
const LONGEST_PID = 9;
const LONGEST_POD = 32 * 1024;
/** Of a text that holds many of them, which only a hostile log has. */
const MOST_CANDIDATES = 4;

/** Reads `Pod` messages: all processes of a container repeat one, but for the process's own pid in it. */
export class PodScanner {
  readonly #scan: ScanArena;
  readonly #placeOf: (raw: JsonObject) => Placement;
  /** By slot. */
  readonly #pods: (KnownPod | undefined)[];

  /** `placeOf` reads a parsed message. */
  constructor(scan: ScanArena, placeOf: (raw: JsonObject) => Placement) {
    this.#scan = scan;
    this.#placeOf = placeOf;
    this.#pods = new Array<KnownPod | undefined>(scan.slots.pods).fill(undefined);
  }

  /** The pod that stands in a slot. */
  in(slot: number): KnownPod | undefined {
    return this.#pods[slot];
  }

  /**
   * The message at `at`, which ends before `limit`; undefined for what does not fit. Where it and its pid stand is found in
   * the arena afterwards.
   */
  read(at: number, limit: number): KnownPod | undefined {
    const { code, found } = this.#scan;
    const slot = code.pod(at, limit);
    return slot >= 0 ? this.#pods[slot] : this.#learn(at, limit, found[field.podSlot] ?? 0);
  }

  #learn(at: number, limit: number, slot: number): KnownPod | undefined {
    const { bytes, code, processes } = this.#scan;
    const scanned = scanObject(bytes, at, limit);
    if (scanned === undefined || scanned.end - at > LONGEST_POD) return undefined;
    const { end } = scanned;
    if (findDuplicateKey(bytes, at, end) >= 0) return undefined;
    const text = bytes.subarray(at, end);
    const raw = parseObject(utf8.decode(text));
    if (raw === undefined) return undefined;
    const container = objectOf(raw.container);
    const pidFrom = container?.pid === undefined ? -1 : findPid(text);
    if (container?.pid !== undefined && pidFrom < 0) return undefined;
    const pod: KnownPod = {
      slot,
      placement: this.#placeOf(raw),
      probe: container?.maybe_exec_probe,
      camelProbe: container?.maybeExecProbe,
    };
    const pidTo = pidFrom < 0 ? -1 : skipNumber(text, pidFrom);
    const isProbe = (pod.probe ?? pod.camelProbe) === true;
    code.keepPod(slot, at, end, pidFrom, pidTo, isProbe ? 1 : 0);
    this.#pods[slot] = pod;
    processes.placePod(slot, pod.placement);
    // Found again, so that what is said of where it stands is said by one.
    return code.pod(at, limit) === slot ? pod : undefined;
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
