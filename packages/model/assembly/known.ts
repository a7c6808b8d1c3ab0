// The processes known to a stream, one to a slot: what their messages say, and what has been told of them (event/knownProcesses.ts
// reads and writes the same memory by the indexes below).

import { batchNumber, intern } from './strings.ts';

/** A known process. 8 bytes aligned; the ranges of its texts follow it. */
@unmanaged
export class Known {
  /** Tells it from any other of the stream; 0: nobody. */
  serial: i32;
  /** The batch for which the number of its id holds; 0: none. */
  batch: i32;
  /** Bits of `Trait`, without those of its part in a record. */
  traits: i32;
  toldRank: i32;
  toldTraits: i32;
  isParentTold: i32;
  /** The place (node and cluster) for which what was told holds. */
  where: i32;
  /** The parent, by its serial, with which it was found to make a plain family. */
  plainParent: i32;
  /** What an event's sense begins with (event/sense.ts). */
  id1: i32;
  id2: i32;
  words1: i32;
  words2: i32;
  /** The number of its id in the batch. */
  id: i32;
  unused: i32;
  /** Absent numbers are NaN, absent times the lowest. */
  pid: f64;
  nsPid: f64;
  uid: f64;
  auid: f64;
  startTime: i64;
  ktime: i64;
}

/** Its texts, in this order. */
export const ID: usize = 0;
export const PARENT_ID: usize = 1;
export const CWD: usize = 2;
export const BINARY: usize = 3;
export const ARGUMENTS: usize = 4;
export const FLAGS: usize = 5;
export const DOCKER: usize = 6;
export const USER: usize = 7;
export const CAPABILITIES: usize = 8;
export const TEXTS: usize = 9;
/** Bytes of a slot: the process, then begin and length of each text from where its text lies; three fetches of the processor. */
export const KNOWN_SIZE: usize = 192;

let base: usize = 0;

export function configureKnown(at: usize): void {
  base = at;
}

/** Bytes of a slot. */
export function knownSize(): i32 {
  return <i32>KNOWN_SIZE;
}

export function knownAt(slot: u32): Known {
  return changetype<Known>(base + <usize>slot * KNOWN_SIZE);
}

export function setRange(known: Known, text: usize, from: i32, length: i32): void {
  const at = changetype<usize>(known) + offsetof<Known>() + text * 8;
  store<i32>(at, from);
  store<i32>(at, length, 4);
}

export function rangeFrom(known: Known, text: usize): i32 {
  return load<i32>(changetype<usize>(known) + offsetof<Known>() + text * 8);
}

export function rangeLength(known: Known, text: usize): i32 {
  return load<i32>(changetype<usize>(known) + offsetof<Known>() + text * 8, 4);
}

/** The number of its id in the batch; -1: there is no room. */
export function internId(known: Known, text: usize): i32 {
  if (known.batch != batchNumber) {
    const number = intern(text + <usize>rangeFrom(known, ID), rangeLength(known, ID));
    if (number < 0) return -1;
    known.id = number;
    known.batch = batchNumber;
  }
  return known.id;
}
