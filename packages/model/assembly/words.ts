// What follows from the words of a `Process` message, by the rules of formats/tetragon/process.ts and flags.ts.

import { find, isWord } from './bytes.ts';
import { idKtime, idPid, isOdd, readExecId } from './execId.ts';
import { ARGUMENTS, BINARY, FLAGS, ID, Known, PARENT_ID, rangeFrom, rangeLength } from './known.ts';
import { addText, beginHash, h1, h2 } from './sense.ts';

// Bits of `Trait` (event/traits.ts).
export const PROCFS = 1 << 1;
const CLONE = 1 << 2;
const PARENT_UNCERTAIN = 1 << 3;
export const UNKNOWN_TO_AGENT = 1 << 4;
const TRUNCATED = 1 << 5;
const PROBE = 1 << 6;
export const IN_INIT_TREE = 1 << 7;
export const NOT_IN_INIT_TREE = 1 << 8;
const KERNEL = 1 << 9;
const REDACTED = 1 << 14;

const UNSET_ID: f64 = 4294967295;
const NO_TIME: i64 = i64.MIN_VALUE;

/**
 * What follows from the texts of a process, whose ranges are as message.ts sets them: `at` is the message's first byte. Sets its
 * traits, the numbers of its id, the user, and what a sense begins with. False: rarer than what is read here.
 */
export function conclude(
  known: Known,
  at: usize,
  unescaped: usize,
  insidePid: i32,
  isProbe: bool,
): bool {
  const id = placeOf(known, ID, at, unescaped);
  const idLength = <usize>rangeLength(known, ID);
  const parentId = placeOf(known, PARENT_ID, at, unescaped);
  const parentIdLength = <usize>rangeLength(known, PARENT_ID);
  // No base64: JavaScript sees to it that it is taken for no other dialect's id.
  if (hasColon(id, idLength) || hasColon(parentId, parentIdLength)) return false;
  const binary = placeOf(known, BINARY, at, unescaped);
  const binaryLength = <usize>rangeLength(known, BINARY);
  const args = placeOf(known, ARGUMENTS, at, unescaped);
  const argsLength = <usize>rangeLength(known, ARGUMENTS);
  const flags = placeOf(known, FLAGS, at, unescaped);
  const flagsLength = <usize>rangeLength(known, FLAGS);
  let traits = known.traits | flagTraits(flags, flagsLength);
  known.ktime = NO_TIME;
  if (readExecId(id, idLength)) {
    if (isNaN(known.pid)) known.pid = idPid;
    if (idKtime != 0) known.ktime = idKtime;
    if (idPid == 0) traits |= KERNEL;
  } else if (isOdd) return false;
  if (isKernel(binary, binaryLength, argsLength, traits)) traits |= KERNEL;
  if (holds(args, argsLength, '*****')) traits |= REDACTED;
  if (holds(args, argsLength, '<enomem>')) traits |= TRUNCATED;
  if (isProbe) traits |= PROBE;
  if (known.uid == UNSET_ID && (traits & PROCFS) != 0) known.uid = NaN;
  if (insidePid > 0) known.nsPid = <f64>insidePid;
  known.traits = traits;
  sense(known, id, idLength, args, argsLength, binary, binaryLength);
  return true;
}

function placeOf(known: Known, text: usize, at: usize, unescaped: usize): usize {
  const from = rangeFrom(known, text);
  return from < 0 ? unescaped + <usize>(-1 - from) : at + <usize>from;
}

function isKernel(binary: usize, length: usize, argsLength: usize, traits: i32): bool {
  if (length == 8 && isWord(binary, '<kernel>')) return true;
  if (length == 0 || load<u8>(binary) != 91 || load<u8>(binary + length - 1) != 93) return false;
  return argsLength == 0 && (traits & PROCFS) != 0;
}

function hasColon(at: usize, length: usize): bool {
  return find(58, at, at + length) < at + length;
}

function holds(at: usize, length: usize, word: string): bool {
  const size = <usize>word.length;
  if (length < size) return false;
  const last = at + length - size;
  const first = <u8>word.charCodeAt(0);
  for (let i = at; i <= last; i++) {
    i = find(first, i, last + 1);
    if (i > last) return false;
    if (isWord(i, word)) return true;
  }
  return false;
}

const MOST_WORDS = 64;

function flagTraits(at: usize, length: usize): i32 {
  let traits = 0;
  let from = at;
  const end = at + length;
  for (let words = 0; words < MOST_WORDS && from <= end; words++) {
    const to = find(32, from, end);
    traits |= flagTrait(from, to - from);
    from = to + 1;
  }
  return traits;
}

function flagTrait(at: usize, length: usize): i32 {
  switch (<i32>length) {
    case 4:
      return isWord(at, 'miss') ? PARENT_UNCERTAIN : 0;
    case 5:
      return isWord(at, 'clone') ? CLONE : 0;
    case 6:
      return isWord(at, 'procFS') ? PROCFS : 0;
    case 7:
      return isWord(at, 'unknown') ? UNKNOWN_TO_AGENT : 0;
    case 8:
      return isWord(at, 'taskWalk') ? PARENT_UNCERTAIN : 0;
    case 9:
      return isWord(at, 'truncArgs') || isWord(at, 'errorArgs') ? TRUNCATED : 0;
    case 10:
      return isWord(at, 'inInitTree') ? IN_INIT_TREE : 0;
    case 13:
      return isWord(at, 'truncFilename') || isWord(at, 'errorFilename') ? TRUNCATED : 0;
  }
  return 0;
}

/** As `seedOf` of event/sense.ts. */
function sense(
  known: Known,
  id: usize,
  idLength: usize,
  args: usize,
  argsLength: usize,
  binary: usize,
  binaryLength: usize,
): void {
  beginHash();
  addText(id, idLength);
  known.id1 = h1;
  known.id2 = h2;
  beginHash();
  addText(args, argsLength);
  addText(binary, binaryLength);
  known.words1 = h1;
  known.words2 = h2;
}
