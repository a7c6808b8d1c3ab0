// The texts of one batch, each kept once, end to end; 0 is the empty one. Bounded: who asks looks first whether there is room.

import { isSame, mixed } from './bytes.ts';

let base: usize = 0;
let size: usize = 0;
let ends: usize = 0;
let hashes: usize = 0;
let slots: usize = 0;
let mask: u32 = 0;
let most: i32 = 0;
/** Texts kept, the empty one included, and their bytes. */
let count: i32 = 0;
let used: i32 = 0;
/** Every byte of them is a character of its own. */
let isAscii: bool = true;
/** Which batch it is, from 1: numbers of texts hold for one. */
export let batchNumber: i32 = 0;

/** Says where they lie. `bytes` for `size` bytes; `endsAt` and `hashesAt` four for each of `capacity`, `table` four for twice as many. */
export function configureStrings(
  bytes: usize,
  bytesSize: i32,
  endsAt: usize,
  hashesAt: usize,
  table: usize,
  capacity: i32,
): void {
  base = bytes;
  size = bytesSize;
  ends = endsAt;
  hashes = hashesAt;
  slots = table;
  most = capacity;
  mask = capacity * 2 - 1;
  clearStrings();
}

/** A batch begins. */
export function clearStrings(): void {
  memory.fill(slots, 0, (<usize>mask + 1) * 4);
  store<u32>(ends, 0);
  count = 1;
  used = 0;
  isAscii = true;
  batchNumber++;
}

/** The number of a text; -1: there is no room for it. */
export function intern(at: usize, length: usize): i32 {
  if (length == 0) return 0;
  const hash = mixed(at, at + length);
  let slot = hash & mask;
  for (;;) {
    const known = load<u32>(slots + ((<usize>slot) << 2));
    if (known == 0) break;
    if (load<u32>(hashes + ((<usize>known) << 2)) == hash) {
      const from = load<u32>(ends + ((<usize>(known - 1)) << 2));
      const to = load<u32>(ends + ((<usize>known) << 2));
      if (<usize>(to - from) == length && isSame(base + from, at, length)) return known;
    }
    slot = (slot + 1) & mask;
  }
  if (count == most || <usize>used + length > size) return -1;
  const number = count++;
  memory.copy(base + used, at, length);
  if (isAscii && !isAsciiText(at, length)) isAscii = false;
  used += <i32>length;
  store<u32>(ends + ((<usize>number) << 2), used);
  store<u32>(hashes + ((<usize>number) << 2), hash);
  store<u32>(slots + ((<usize>slot) << 2), number);
  return number;
}

/** The same of a text that is likely to be the one of that number. */
export function internLike(at: usize, length: usize, number: i32): i32 {
  if (textLength(number) == length && isSame(textFrom(number), at, length)) return number;
  return intern(at, length);
}

/** Where a text that has a number lies, and how long it is. Stops for a number that nobody has. */
export function textFrom(number: i32): usize {
  if (<u32>number >= <u32>count) unreachable();
  return number == 0 ? base : base + load<u32>(ends + ((<usize>(number - 1)) << 2));
}
export function textLength(number: i32): usize {
  return base + load<u32>(ends + ((<usize>number) << 2)) - textFrom(number);
}

/** What one record may add without being asked whether there is room. */
const ROOM: i32 = 4096;
const ROOM_BYTES: i32 = 128 * 1024;

/** Whether there may be no room for what one record more adds. */
export function areStringsFull(): bool {
  return count > most - ROOM || <usize>(used + ROOM_BYTES) > size;
}

/** How many texts there are and how many bytes they have. */
export function stringCount(): i32 {
  return count;
}
export function stringBytes(): i32 {
  return used;
}
export function areStringsAscii(): bool {
  return isAscii;
}

function isAsciiText(at: usize, length: usize): bool {
  let i: usize = 0;
  for (; i + 16 <= length; i += 16) if (v128.any_true(high(at + i))) return false;
  for (; i < length; i++) if (load<u8>(at + i) > 127) return false;
  return true;
}

/** The highest bit of each byte. */
function high(at: usize): v128 {
  return v128.and(v128.load(at), i8x16.splat(<i8>0x80));
}
