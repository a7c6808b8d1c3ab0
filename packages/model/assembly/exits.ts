// Reads the body of an exit, by the rules of formats/tetragon/exit.ts. Its own time counts only where the record has none.

import { body, END_SIGNAL, internTexts, lengthOf } from './body.ts';
import { isWord, skipNumber } from './bytes.ts';
import * as key from './keys.ts';
import { ID, knownAt, rangeFrom, rangeLength } from './known.ts';
import { skipValue } from './members.ts';
import { numberIn } from './plain.ts';
import { textPlace } from './processes.ts';
import { readText } from './values.ts';
import { PROCFS, UNKNOWN_TO_AGENT } from './words.ts';

export function readOfExit(word: i32, at: usize, limit: usize): usize {
  if (word == key.SIGNAL) return readText(END_SIGNAL, at, limit);
  return word == key.STATUS ? readCode(at, limit) : skipValue(at, limit);
}

function readCode(at: usize, limit: usize): usize {
  const end = skipNumber(at, limit);
  if (end == at || end - at > 9) return 0;
  body.code = <i32>numberIn(at, end);
  return end;
}

/** `slot`: whose exit it is. False: no room for its texts. */
export function concludeExit(slot: u32): bool {
  if (body.code < 0 && lengthOf(END_SIGNAL) == 0 && isKnownFromStart(slot)) body.code = 0;
  return internTexts(END_SIGNAL, END_SIGNAL);
}

function isKnownFromStart(slot: u32): bool {
  const known = knownAt(slot);
  if ((known.traits & (PROCFS | UNKNOWN_TO_AGENT)) != 0) return false;
  const id = textPlace(slot) + <usize>rangeFrom(known, ID);
  return rangeLength(known, ID) < 13 || !isWord(id, 'unattributed:');
}
