// Takes a `Process` message apart whose fields are the usual ones, in plain words. Says what JSON.parse and
// formats/tetragon/process.ts would say; whatever is rarer is its caller's.

import { find, isWord, skipNumber } from './bytes.ts';
import {
  ARGUMENTS,
  BINARY,
  CWD,
  DOCKER,
  FLAGS,
  ID,
  Known,
  PARENT_ID,
  setRange,
  TEXTS,
} from './known.ts';
import { readTime, time, timeEnd } from './time.ts';
import { IN_INIT_TREE, NOT_IN_INIT_TREE } from './words.ts';

const NO_TIME: i64 = i64.MIN_VALUE;

// Where the parts of the message read last stand; 0: it has none.
export let end: usize = 0;
export let podFrom: usize = 0;
export let podTo: usize = 0;
export let firstFrom: usize = 0;
export let firstTo: usize = 0;
export let secondFrom: usize = 0;
export let secondTo: usize = 0;

/** Values of keys that are not texts. */
const PID = 16;
const UID = 17;
const AUID = 18;
const START = 19;
const POD = 20;
const TREE = 21;
const CHANGING = 22;
const TID = 23;

/**
 * Reads the message at `at` until its pod or its end. 1: read; 0: rarer than what is read here; 2: its pod stands at `podFrom`,
 * go on behind it with `readRest`.
 */
export function readMessage(known: Known, at: usize, limit: usize): i32 {
  start = at;
  seen = 0;
  podFrom = 0;
  podTo = 0;
  firstFrom = 0;
  secondFrom = 0;
  known.uid = NaN;
  known.traits = 0;
  known.pid = NaN;
  known.nsPid = NaN;
  known.auid = NaN;
  known.startTime = NO_TIME;
  for (let i: usize = 0; i < TEXTS; i++) setRange(known, i, 0, 0);
  return readMembers(known, at + 1, limit);
}

/** Goes on behind the pod, which ends at `to`. */
export function readRest(known: Known, to: usize, limit: usize): i32 {
  podTo = to;
  return readNext(known, to, limit);
}

let start: usize = 0;
let seen: i32 = 0;

/** What may stand behind a value. */
function readNext(known: Known, at: usize, limit: usize): i32 {
  if (at >= limit) return 0;
  const byte = load<u8>(at);
  if (byte == 125) {
    end = at + 1;
    return 1;
  }
  if (byte != 44) return 0;
  return readMembers(known, load<u8>(at + 1) == 32 ? at + 2 : at + 1, limit);
}

function readMembers(known: Known, at: usize, limit: usize): i32 {
  let i = at;
  while (i < limit) {
    if (load<u8>(i) != 34) return 0;
    const keyEnd = find(34, i + 1, limit);
    if (keyEnd + 2 >= limit || load<u8>(keyEnd + 1) != 58) return 0;
    const key = keyOf(i + 1, keyEnd - i - 1);
    if (key < 0 || (seen & (1 << key)) != 0) return 0;
    seen |= 1 << key;
    i = load<u8>(keyEnd + 2) == 32 ? keyEnd + 3 : keyEnd + 2;
    if (key == POD) {
      podFrom = i;
      return 2;
    }
    if (key < 16) {
      const to = plainEnd(i, limit);
      if (to == 0) return 0;
      setRange(known, key, <i32>(i + 1 - start), <i32>(to - i - 1));
      i = to + 1;
    } else if (key == START) {
      if (load<u8>(i) != 34) return 0;
      readTime(i + 1, limit);
      if (timeEnd == 0) return 0;
      known.startTime = time;
      i = timeEnd + 1;
    } else if (key == TREE) {
      if (i + 5 < limit && load<u32>(i) == 0x65757274) {
        known.traits = IN_INIT_TREE;
        i += 4;
      } else if (i + 6 < limit && load<u32>(i) == 0x736c6166 && load<u8>(i + 4) == 101) {
        known.traits = NOT_IN_INIT_TREE;
        i += 5;
      } else return 0;
    } else {
      // A counter may have run below zero; then it is no place that changes.
      const isBelow = key == CHANGING && load<u8>(i) == 45;
      const digits = isBelow ? i + 1 : i;
      const to = skipNumber(digits, limit);
      if (to == digits || to - digits > 10) return 0;
      if (key >= CHANGING) {
        // As the recogniser has it: the digits right behind the colon.
        if (load<u8>(i - 1) == 58 && !isBelow) {
          if (firstFrom == 0) {
            firstFrom = i;
            firstTo = to;
          } else {
            secondFrom = i;
            secondTo = to;
          }
        }
      } else {
        const value = numberOf(i, to);
        if (key == PID) known.pid = value;
        else if (key == UID) known.uid = value;
        else known.auid = value;
      }
      i = to;
    }
    const byte = load<u8>(i);
    if (i >= limit) return 0;
    if (byte == 125) {
      end = i + 1;
      return 1;
    }
    if (byte != 44) return 0;
    i += load<u8>(i + 1) == 32 ? 2 : 1;
  }
  return 0;
}

function numberOf(from: usize, to: usize): f64 {
  let value: i64 = 0;
  for (let i = from; i < to; i++) value = value * 10 + (load<u8>(i) - 48);
  return <f64>value;
}

/** Where the text that begins at `at` ends, at its quote; 0: it is none, or not of printable ASCII without escapes. */
function plainEnd(at: usize, limit: usize): usize {
  if (load<u8>(at) != 34) return 0;
  const quote = i8x16.splat(34);
  const space = i8x16.splat(32);
  const backslash = i8x16.splat(92);
  const last = i8x16.splat(126);
  for (let i = at + 1; i < limit; i += 16) {
    const bytes = v128.load(i);
    const quotes = i8x16.bitmask(i8x16.eq(bytes, quote));
    const odd = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.lt_u(bytes, space), i8x16.gt_u(bytes, last)),
        i8x16.eq(bytes, backslash),
      ),
    );
    if (quotes != 0) {
      const place = ctz(quotes);
      if ((odd & ((1 << place) - 1)) != 0) return 0;
      return i + <usize>place < limit ? i + <usize>place : 0;
    }
    if (odd != 0) return 0;
  }
  return 0;
}

/** What a key's value is: one of the texts, or one of the above; -1 for all others. */
function keyOf(at: usize, length: usize): i32 {
  switch (<i32>length) {
    case 3:
      if (isWord(at, 'pid')) return PID;
      if (isWord(at, 'uid')) return UID;
      if (isWord(at, 'cwd')) return <i32>CWD;
      if (isWord(at, 'pod')) return POD;
      return isWord(at, 'tid') ? TID : -1;
    case 4:
      return isWord(at, 'auid') ? AUID : -1;
    case 5:
      return isWord(at, 'flags') ? <i32>FLAGS : -1;
    case 6:
      if (isWord(at, 'binary')) return <i32>BINARY;
      if (isWord(at, 'docker')) return <i32>DOCKER;
      return isWord(at, 'refcnt') ? CHANGING : -1;
    case 7:
      return isWord(at, 'exec_id') ? <i32>ID : -1;
    case 9:
      return isWord(at, 'arguments') ? <i32>ARGUMENTS : -1;
    case 10:
      return isWord(at, 'start_time') ? START : -1;
    case 12:
      return isWord(at, 'in_init_tree') ? TREE : -1;
    case 14:
      return isWord(at, 'parent_exec_id') ? <i32>PARENT_ID : -1;
  }
  return -1;
}
