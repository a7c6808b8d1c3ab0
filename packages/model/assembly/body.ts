// What the body of an event says, read last: texts as ranges of the arena, and numbers (event/knownBody.ts sees the same memory).

import { isSame } from './bytes.ts';
import { intern } from './strings.ts';

/** Its texts follow it: where each lies, its length, its number in the batch. */
@unmanaged
export class Body {
  time: i64;
  /** Counters; -1: there are none. */
  bytesSent: i64;
  bytesReceived: i64;
  /** The event's sense, by halves. */
  sense1: i32;
  sense2: i32;
  /** Which of the bodies (formats/tetragon/scanBody.ts) it turned out to be. */
  which: i32;
  sourcePort: i32;
  destinationPort: i32;
  response: i32;
  rcode: i32;
  /** How a process ended; -1: not known. */
  code: i32;
  resolverPort: i32;
  unused: i32;
}

/** Its texts. What is a list has its elements as lines. */
export const SUBJECT: usize = 0;
export const PROTOCOL: usize = 1;
export const SOURCE: usize = 2;
export const DESTINATION: usize = 3;
export const COOKIE: usize = 4;
export const LABELS: usize = 5;
export const EVIDENCE: usize = 6;
export const PEER_NAMESPACE: usize = 7;
export const PEER_NAME: usize = 8;
export const PEER_WORKLOAD: usize = 9;
export const ADDRESSES: usize = 10;
export const TYPES: usize = 11;
export const RESOLVER: usize = 12;
export const END_SIGNAL: usize = 13;
export const POLICY: usize = 14;
/** The names that a lookup asks for; those of a socket are others. */
export const ASKED: usize = 15;
/** Not told to anybody: what a subject is made of. */
export const FUNCTION: usize = 16;
export const FILE: usize = 17;
export const WORDS: usize = 18;
const TEXTS: usize = 19;
const RANGE: usize = 12;
const SIZE: usize = offsetof<Body>() + TEXTS * RANGE;

export const body = changetype<Body>(memory.data(<i32>SIZE, 16));

export function bodyAt(): usize {
  return changetype<usize>(body);
}

export function bodySize(): i32 {
  return <i32>SIZE;
}

export function clearBody(): void {
  memory.fill(changetype<usize>(body), 0, SIZE);
  body.bytesSent = -1;
  body.bytesReceived = -1;
  body.code = -1;
  madeTo = made;
}

function rangeAt(text: usize): usize {
  return changetype<usize>(body) + offsetof<Body>() + text * RANGE;
}

export function setText(text: usize, from: usize, length: usize): void {
  const range = rangeAt(text);
  store<i32>(range, <i32>from);
  store<i32>(range, <i32>length, 4);
}

export function textAt(text: usize): usize {
  return load<u32>(rangeAt(text));
}

export function lengthOf(text: usize): usize {
  return load<u32>(rangeAt(text), 4);
}

/** The number that a text has been given. */
export function numberOf(text: usize): i32 {
  return load<i32>(rangeAt(text), 8);
}

/** Gives the texts from one to another their numbers in the batch; false: there is no room. */
export function internTexts(first: usize, last: usize): bool {
  for (let text = first; text <= last; text++) {
    const number = intern(textAt(text), lengthOf(text));
    if (number < 0) return false;
    store<i32>(rangeAt(text), number, 8);
  }
  return true;
}

/** Texts that stand nowhere as they are. */
const MOST_MADE: usize = 16384;
const made = memory.data(16384);
let madeTo: usize = 0;

/** Puts a text behind those made before; false: there is no room. */
function append(at: usize, length: usize): bool {
  if (madeTo + length > made + MOST_MADE) return false;
  memory.copy(madeTo, at, length);
  madeTo += length;
  return true;
}

/** Adds a line to a text; false: there is no room. Each time all lines are copied: some sixty names are as many as there is room for. */
export function addLine(text: usize, at: usize, length: usize): bool {
  const before = lengthOf(text);
  if (before == 0) {
    setText(text, at, length);
    return true;
  }
  const from = textAt(text);
  const begin = madeTo;
  if (!append(from, before) || madeTo == made + MOST_MADE) return false;
  store<u8>(madeTo, 10);
  madeTo++;
  if (!append(at, length)) return false;
  setText(text, begin, before + 1 + length);
  return true;
}

/** Whether a text has that line. */
export function hasLine(text: usize, at: usize, length: usize): bool {
  const end = textAt(text) + lengthOf(text);
  let from = textAt(text);
  for (let i = from; i <= end; i++) {
    if (i < end && load<u8>(i) != 10) continue;
    if (i - from == length && isSame(from, at, length)) return true;
    from = i + 1;
  }
  return false;
}

/** Adds to the text that stands last among those made, or begins it there; false: there is no room. */
export function extend(text: usize, at: usize, length: usize): bool {
  const before = lengthOf(text);
  const begin = before == 0 ? madeTo : textAt(text);
  if (!append(at, length)) return false;
  setText(text, begin, before + length);
  return true;
}

/** The same with words of the module's own, of characters below 2048. */
export function extendWith(text: usize, words: string): bool {
  const from = madeTo;
  const most = <usize>words.length * 2;
  if (madeTo + most > made + MOST_MADE) return false;
  for (let i = 0; i < words.length; i++) {
    const unit = words.charCodeAt(i);
    if (unit > 127) {
      store<u8>(madeTo, 0xc0 | (unit >> 6));
      madeTo++;
      store<u8>(madeTo, 0x80 | (unit & 63));
    } else store<u8>(madeTo, unit);
    madeTo++;
  }
  const before = lengthOf(text);
  setText(text, before == 0 ? from : textAt(text), before + (madeTo - from));
  return true;
}
