import { asciiOf, skipNumber, standsAt } from './scanBytes.ts';

/** Numbers of a `Process` message that differ between events of one process and that decoding does not look at (D11, D16). */
const changing = [asciiOf('"refcnt":'), asciiOf('"tid":')];

/** Where an object ends, and the changing numbers in it. */
export interface ScannedObject {
  /** Behind its closing brace. */
  readonly end: number;
  /** Begin and end of each changing number, in order. */
  readonly holes: readonly number[];
}

/**
 * The extent of the object that begins at `at`; undefined when it does not end in `bytes`. Aware of strings, and of
 * nothing else: whether it is JSON, the parser says. In JSON, a string followed by a colon is a key, so what is found for
 * a changing number at depth one is one.
 */
export function scanObject(bytes: Uint8Array, at: number): ScannedObject | undefined {
  const holes: number[] = [];
  const { length } = bytes;
  let depth = 0;
  let i = at;
  while (i < length) {
    const byte = bytes[i];
    if (byte === 34) {
      if (depth === 1) {
        const hole = holeAt(bytes, i);
        if (hole > 0) {
          const end = skipNumber(bytes, hole);
          if (end > hole) holes.push(hole, end);
        }
      }
      i = skipString(bytes, i);
      continue;
    }
    if (byte === 123 || byte === 91) depth += 1;
    else if (byte === 125 || byte === 93) {
      depth -= 1;
      if (depth === 0) return { end: i + 1, holes };
    }
    i += 1;
  }
  return undefined;
}

/** Where the value of a changing number's key would begin, -1 when no such key stands at `at`. */
function holeAt(bytes: Uint8Array, at: number): number {
  for (const key of changing) if (standsAt(bytes, at, key)) return at + key.length;
  return -1;
}

/** Behind the string that begins at `at`, or behind the last byte. */
function skipString(bytes: Uint8Array, at: number): number {
  const { length } = bytes;
  for (let i = at + 1; i < length; i += 1) {
    const byte = bytes[i];
    if (byte === 34) return i + 1;
    if (byte === 92) i += 1;
  }
  return length;
}
