// Walks the members of objects: each key once, in known spelling where keys say something. What else stands there is looked at
// only for being plain JSON without a key twice.

import { isSame } from './bytes.ts';
import * as key from './keys.ts';
import { isLower, plainEnd, skipAnyNumber, skipLiteral, skipText } from './plain.ts';

// Where a member stands: of which body, or in which object of one.
export const OF_EXEC: i32 = 0;
export const OF_EXIT: i32 = 1;
export const OF_SOCKET: i32 = 2;
export const OF_LOOKUP: i32 = 3;
export const OF_KPROBE: i32 = 4;
/** From here on it is not the body itself. */
export const IN_SOCKET: i32 = 5;
export const IN_STATS: i32 = 6;
export const IN_POD: i32 = 7;
export const IN_DNS: i32 = 8;
export const IN_ARGUMENT: i32 = 9;
export const IN_FILE: i32 = 10;
export const ANYWHERE: i32 = 11;

const DEEPEST: i32 = 6;
const MOST_KEYS: i32 = 64;

let depth: i32 = 0;
/** The keys of the open objects that say nothing, begin and length of each. */
const keys = memory.data(512);
let keyCount: i32 = 0;
/** The key whose value is being read. */
export let keyAt: usize = 0;
export let keyLength: usize = 0;
/** Keys of the body itself, as bits. */
let present: u64 = 0;

/**
 * Reads the value of a member whose key says something: of one object this, of another that. Returns what stands behind it; 0: rarer
 * than what is read.
 */
let readMember: (context: i32, word: i32, at: usize, limit: usize) => usize = nobody;

/** Says who reads values: whoever knows all bodies. */
export function readValuesBy(
  reader: (context: i32, word: i32, at: usize, limit: usize) => usize,
): void {
  readMember = reader;
}

function nobody(_context: i32, _word: i32, _at: usize, _limit: usize): usize {
  return 0;
}

/** A body begins. */
export function beginMembers(): void {
  depth = 0;
  keyCount = 0;
  present = 0;
}

/** Whether the body itself has the key. */
export function has(member: i32): bool {
  return (present & ((<u64>1) << member)) != 0;
}

/** Whether one may go deeper; one has then, until `leave`. */
function enter(): bool {
  if (depth == DEEPEST) return false;
  depth++;
  return true;
}

function leave(): void {
  depth--;
}

/** Reads members until the object's end. Returns what stands behind it; 0: rarer than what is read here. */
export function readMembers(context: i32, at: usize, limit: usize): usize {
  if (!enter()) return 0;
  const before = keyCount;
  let seen: u64 = 0;
  let end: usize = 0;
  let i = at;
  while (i < limit && load<u8>(i) == 34) {
    const from = i + 1;
    const to = plainEnd(from, limit);
    if (to == 0 || load<u8>(to + 1) != 58) break;
    const word = context == ANYWHERE ? key.NONE : key.keyOf(from, to - from);
    if (word == key.NONE) {
      // Other spellings of the keys that say something have capitals.
      if (context != ANYWHERE && !isLower(from, to - from)) break;
      if (!isNewKey(from, to - from, before)) break;
    } else {
      const bit = (<u64>1) << word;
      if ((seen & bit) != 0) break;
      seen |= bit;
    }
    keyAt = from;
    keyLength = to - from;
    const value = load<u8>(to + 2) == 32 ? to + 3 : to + 2;
    i = word == key.NONE ? skipValue(value, limit) : readMember(context, word, value, limit);
    if (i == 0 || i >= limit) break;
    const byte = load<u8>(i);
    if (byte == 125) {
      end = i + 1;
      break;
    }
    if (byte != 44) break;
    i += load<u8>(i + 1) == 32 ? 2 : 1;
  }
  if (context < IN_SOCKET) present = seen;
  keyCount = before;
  leave();
  return end;
}

/** Whether the object whose keys begin at `first` has not had the key, which is its own from now on. */
function isNewKey(at: usize, length: usize, first: i32): bool {
  if (keyCount == MOST_KEYS) return false;
  for (let i = first; i < keyCount; i++) {
    const known = keys + ((<usize>i) << 3);
    if (load<u32>(known, 4) == <u32>length && isSame(load<u32>(known), at, length)) return false;
  }
  const place = keys + ((<usize>keyCount) << 3);
  store<u32>(place, <u32>at);
  store<u32>(place, <u32>length, 4);
  keyCount++;
  return true;
}

export function readObject(context: i32, at: usize, limit: usize): usize {
  if (load<u8>(at) != 123) return 0;
  return load<u8>(at + 1) == 125 ? at + 2 : readMembers(context, at + 1, limit);
}

/** Behind a value of which nothing is asked. */
export function skipValue(at: usize, limit: usize): usize {
  if (at >= limit) return 0;
  const byte = load<u8>(at);
  if (byte == 34) return skipText(at, limit);
  if (byte == 123) return readObject(ANYWHERE, at, limit);
  if (byte == 91) return skipList(at, limit);
  if (byte == 116 || byte == 102) return skipLiteral(at, limit);
  return skipAnyNumber(at, limit);
}

function skipList(at: usize, limit: usize): usize {
  if (load<u8>(at + 1) == 93) return at + 2;
  if (!enter()) return 0;
  let end: usize = 0;
  let i = at + 1;
  while (i < limit) {
    i = skipValue(i, limit);
    if (i == 0 || i >= limit) break;
    const byte = load<u8>(i);
    if (byte == 93) {
      end = i + 1;
      break;
    }
    if (byte != 44) break;
    i += load<u8>(i + 1) == 32 ? 2 : 1;
  }
  leave();
  return end;
}
