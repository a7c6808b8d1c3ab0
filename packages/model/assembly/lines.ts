// Takes whole lines, from their bytes to the rows of the batch, as long as nothing in them is JavaScript's to read.

import { batch, hasRoom, LONGEST_RECORD } from './batch.ts';
import { readBody } from './bodies.ts';
import { isWord, newline } from './bytes.ts';
import { envelope, envelopeOf, nameEnvelope } from './envelopes.ts';
import { addEvent } from './eventRows.ts';
import { found, UNKNOWN } from './found.ts';
import { kindAt, kindOf, traitsIn } from './kinds.ts';
import { knownAt } from './known.ts';
import { learnProcess } from './learning.ts';
import {
  beginRecord,
  firstSlot,
  idOf,
  isHeld,
  isPlainFamily,
  podOf,
  process,
} from './processes.ts';
import { addRecord } from './recordRows.ts';
import { tell } from './sightings.ts';
import { areStringsFull } from './strings.ts';
import { mayWait, waitForPlace } from './waiting.ts';

/** What was taken (event/knownLines.ts sees the same memory). */
@unmanaged
class Taken {
  /** The earliest and the latest time of an event since they were last looked at. */
  firstTime: i64;
  lastTime: i64;
  /** Behind the line taken last. */
  end: i32;
  /** The slot of a process whose parent is to be inferred, on behalf of the record taken last; -1: none. */
  childSlot: i32;
  /** Where that record is from. */
  envelope: i32;
  node: i32;
  cluster: i32;
  /** Whether the line behind is none for it: asking again is of no use. */
  isStopped: i32;
}

export const taken = changetype<Taken>(memory.data(offsetof<Taken>(), 16));

export function takenAt(): usize {
  return changetype<usize>(taken);
}
export function takenSize(): i32 {
  return offsetof<Taken>();
}

/**
 * Takes lines of the chunk from `at` on, a line's beginning, until one that is not for it, or that JavaScript has something to add
 * to, or the batch has its most. `offset` and `line` are those of the first. Returns how many it took; `taken` says the rest.
 */
export function takeLines(
  at: usize,
  end: usize,
  offset: f64,
  line: f64,
  member: i32,
  mostRecords: i32,
  mostBytes: f64,
): i32 {
  let count = 0;
  let i = at;
  taken.childSlot = -1;
  taken.isStopped = 0;
  while (taken.childSlot < 0 && hasRoom() && mayWait()) {
    if (
      !takeLine(i, min(i + LONGEST_RECORD, end), offset + <f64>(i - at), line + <f64>count, member)
    ) {
      taken.isStopped = 1;
      break;
    }
    count++;
    i = lineEnd + 1;
    if (batch.records >= mostRecords || batch.size >= mostBytes || areStringsFull()) break;
  }
  taken.end = <i32>i;
  return count;
}

/** Where the line at hand ends; 0: nobody has looked. */
let lineEnd: usize = 0;

/** Whether it ends before `limit`, in a newline. What stands before `from` holds none. */
function findLineEnd(from: usize, limit: usize): bool {
  if (lineEnd == 0) lineEnd = newline(from, limit);
  return lineEnd < limit && load<u8>(lineEnd) == 10;
}

/**
 * The slot of the process whose message begins at `at`, which is learned when it is new; below 0: JavaScript has to. Texts that are
 * remembered hold no newline: where the line ends is looked for behind those that stand in it.
 */
function slotAt(at: usize, limit: usize): i32 {
  const known = process(at, limit);
  if (known != UNKNOWN) return known;
  const slot = found.slot;
  if (!findLineEnd(at, limit)) return UNKNOWN;
  if (learnProcess(slot, at, lineEnd) != 1) return UNKNOWN;
  waitForPlace(slot, podOf(slot), found.hasMoved);
  return slot;
}

/** Takes the line that begins at `at`, if it is whole before `limit`; `lineEnd` is its end then. */
function takeLine(at: usize, limit: usize, offset: f64, line: f64, member: i32): bool {
  lineEnd = 0;
  if (at + 2 > limit || load<u16>(at) != 0x227b) return false;
  const which = kindOf(at + 2, limit);
  if (which < 0) return false;
  const kind = kindAt(which);
  const opening = at + 2 + <usize>kind.labelLength;
  if (opening + 13 >= limit || !isWord(opening, '":{"process":')) return false;
  beginRecord(at);
  if (slotAt(opening + 13, limit) < 0) return false;
  let i: usize = found.end;
  if (i + 11 >= limit || load<u8>(i) != 44) return false;
  i += load<u8>(i + 1) == 32 ? 2 : 1;
  if (!isWord(i, '"parent":')) return false;
  const parent = slotAt(i + 9, limit);
  // Who is learned may have moved the other aside, or its text out of what is remembered.
  const slot = firstSlot();
  if (parent < 0 || !isHeld(slot) || !findLineEnd(found.end, limit)) return false;
  const end = lineEnd;
  i = found.end;
  const envelopeSlot = envelope(i, end);
  if (envelopeSlot < 0) return false;
  const place = envelopeOf(envelopeSlot);
  if (!nameEnvelope(place) || !isPlainFamily(slot, parent)) return false;
  if (idOf(slot) < 0 || idOf(parent) < 0) return false;
  if (readBody(which, i, found.envelopeAt, slot) < 0) return false;
  kind.taken++;
  countTime(found.time);
  const record = addRecord(at, end - at, offset, line, member);
  addEvent(record, place.node, place.cluster, slot);
  const traits = traitsIn(kind, knownAt(slot).traits);
  if (tell(record, place.node, place.cluster, slot, parent, place.where, kind.rank, traits)) {
    taken.childSlot = parent;
    taken.envelope = envelopeSlot;
    taken.node = place.node;
    taken.cluster = place.cluster;
  }
  return true;
}

function countTime(time: i64): void {
  if (time < taken.firstTime) taken.firstTime = time;
  if (time > taken.lastTime) taken.lastTime = time;
}
