import { asciiOf, skipNumber, standsAt } from './scanBytes.ts';

/** Numbers of a `Process` message that differ between events of one process and that decoding does not look at (D11, D16). */
const REFCNT = asciiOf('"refcnt":');
const TID = asciiOf('"tid":');
const POD = asciiOf('"pod":');

/** Where an object ends, and what in it is worth knowing. */
export interface ScannedObject {
  /** Behind its closing brace. */
  readonly end: number;
  /** Begin and end of the first two changing numbers, in order; -1 where there is none. */
  readonly holes: readonly [number, number, number, number];
  /** Commas at depth one: a member less than there are, of an object with members. */
  readonly commas: number;
  /** Where the object of the first `pod` begins, and behind its end; -1 when it was not skipped. */
  readonly podFrom: number;
  readonly podTo: number;
}

/**
 * The extent of the object that begins at `at`; undefined when it does not end before `limit`. Aware of strings, and of
 * nothing else: whether it is JSON, the parser says. In JSON, a string followed by a colon is a key, so what is found
 * for a key at depth one is one. `skipPod` may say where the pod that begins at an index ends, so that it is not scanned.
 */
export function scanObject(
  bytes: Uint8Array,
  at: number,
  limit: number,
  skipPod?: (at: number) => number | undefined,
): ScannedObject | undefined {
  const holes: [number, number, number, number] = [-1, -1, -1, -1];
  let commas = 0;
  let podFrom = -1;
  let podTo = -1;
  let depth = 0;
  let i = at;
  while (i < limit) {
    const byte = bytes[i];
    if (byte === 34) {
      if (depth === 1) {
        const hole = holeAt(bytes, i);
        const holeEnd = hole > 0 ? skipNumber(bytes, hole) : hole;
        if (holeEnd > hole && holes[2] < 0) {
          const place = holes[0] < 0 ? 0 : 2;
          holes[place] = hole;
          holes[place + 1] = holeEnd;
        } else if (podFrom < 0 && skipPod !== undefined && standsAt(bytes, i, POD)) {
          const podEnd = skipPod(i + POD.length);
          if (podEnd !== undefined) {
            podFrom = i + POD.length;
            podTo = podEnd;
            i = podEnd;
            continue;
          }
        }
      }
      i = skipString(bytes, i, limit);
      continue;
    }
    if (byte === 44 && depth === 1) commas += 1;
    else if (byte === 123 || byte === 91) depth += 1;
    else if (byte === 125 || byte === 93) {
      depth -= 1;
      if (depth === 0) return { end: i + 1, holes, commas, podFrom, podTo };
    }
    i += 1;
  }
  return undefined;
}

/** Where the value of a changing number's key would begin, -1 when no such key stands at `at`. */
function holeAt(bytes: Uint8Array, at: number): number {
  if (standsAt(bytes, at, REFCNT)) return at + REFCNT.length;
  return standsAt(bytes, at, TID) ? at + TID.length : -1;
}

/** Behind the string that begins at `at`, or `limit`. */
function skipString(bytes: Uint8Array, at: number, limit: number): number {
  for (let i = at + 1; i < limit; i += 1) {
    const byte = bytes[i];
    if (byte === 34) return i + 1;
    if (byte === 92) i += 1;
  }
  return limit;
}
