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
/** `"refcnt":5`, without a comma. */
export let counterFrom: usize = 0;
export let counterTo: usize = 0;
export let counterDigits: usize = 0;
/** `"tid":5`, and its digits. */
export let tidAt: usize = 0;
export let tidFrom: usize = 0;
export let tidTo: usize = 0;
/** Texts that had escapes, without them, end to end. */
export const unescaped = memory.data(16384);
export let unescapedLength: usize = 0;

/** Values of keys that are not texts. */
const PID = 16;
const UID = 17;
const AUID = 18;
const START = 19;
const POD = 20;
const TREE = 21;
const COUNTER = 22;
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
  counterFrom = 0;
  tidAt = 0;
  unescapedLength = 0;
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
    const keyAt = i;
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
      const to = readText(known, key, i, limit);
      if (to == 0) return 0;
      i = to;
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
      // The counter of references may have run below zero.
      const digits = key == COUNTER && load<u8>(i) == 45 ? i + 1 : i;
      const to = skipNumber(digits, limit);
      if (to == digits || to - digits > 10) return 0;
      if (key == COUNTER) {
        counterFrom = keyAt;
        counterTo = to;
        counterDigits = digits;
      } else if (key == TID) {
        tidAt = keyAt;
        // As the recogniser has it: the digits right behind the colon.
        if (load<u8>(i - 1) != 58) return 0;
        tidFrom = i;
        tidTo = to;
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

/**
 * Reads the text that begins at `at` and sets its range, from the message's first byte; from -1 downwards: in `unescaped`. Returns
 * what stands behind it; 0: it is none, or not of printable ASCII with the escapes of one letter.
 */
function readText(known: Known, text: usize, at: usize, limit: usize): usize {
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
    if ((quotes | odd) == 0) continue;
    const place = ctz(quotes | odd);
    if ((odd & (1 << place)) != 0) return unescape(known, text, at, limit);
    const end = i + <usize>place;
    if (end >= limit) return 0;
    setRange(known, text, <i32>(at + 1 - start), <i32>(end - at - 1));
    return end + 1;
  }
  return 0;
}

/** The same of a text with escapes. */
function unescape(known: Known, text: usize, at: usize, limit: usize): usize {
  const from = unescapedLength;
  let to = unescaped + from;
  const most = unescaped + 16384;
  for (let i = at + 1; i < limit && to < most; i++) {
    const byte = load<u8>(i);
    if (byte == 34) {
      unescapedLength = to - unescaped;
      let length = unescapedLength - from;
      let begin = from;
      // The agent's separator before a first argument that it quoted.
      if (text == ARGUMENTS && length > 1 && load<u16>(unescaped + from) == 0x2220) {
        begin++;
        length--;
      }
      setRange(known, text, -1 - <i32>begin, <i32>length);
      return i + 1;
    }
    if (byte < 32 || byte > 126) return 0;
    if (byte == 92) {
      i++;
      const letter = letterOf(load<u8>(i));
      if (letter == 0) return 0;
      store<u8>(to, letter);
    } else store<u8>(to, byte);
    to++;
  }
  return 0;
}

/** What a letter behind a backslash stands for; 0: for none that is read here. */
function letterOf(letter: u8): u8 {
  switch (letter) {
    case 34:
    case 47:
    case 92:
      return letter;
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
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
      return isWord(at, 'refcnt') ? COUNTER : -1;
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
