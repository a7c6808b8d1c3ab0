// Reads the values of members in their plainest spelling, texts into `body`. Each returns what stands behind the value; 0: rarer than
// what is read here.

import { ASKED, addLine, hasLine, LABELS, lengthOf, setText, TYPES, textAt } from './body.ts';
import { skipNumber } from './bytes.ts';
import { isLower, isUpper, numberIn, plainEnd } from './plain.ts';

/** A text as it stands there. */
export function readText(text: usize, at: usize, limit: usize): usize {
  if (load<u8>(at) != 34) return 0;
  const end = plainEnd(at + 1, limit);
  if (end == 0) return 0;
  setText(text, at + 1, end - at - 1);
  return end + 1;
}

/** The same of one without capitals: what is kept of it is lower case. */
export function readLower(text: usize, at: usize, limit: usize): usize {
  const end = readText(text, at, limit);
  return isLower(textAt(text), lengthOf(text)) ? end : 0;
}

/** Behind the number read last; 0: it was none, or above 65535. */
export let numberEnd: usize = 0;

/** The number at `at`, of at most 65535: ports and the codes of answers. */
export function smallAt(at: usize, limit: usize): i32 {
  numberEnd = skipNumber(at, limit);
  const value = numberEnd - at > 5 ? 65536 : <i32>numberIn(at, numberEnd);
  if (numberEnd == at || value > 65535) numberEnd = 0;
  return value;
}

/** A list of texts as lines: names without the root's dot, types each once, empty ones left out. */
export function readList(text: usize, at: usize, limit: usize): usize {
  if (load<u8>(at) != 91) return 0;
  if (load<u8>(at + 1) == 93) return at + 2;
  let i = at + 1;
  while (i < limit && load<u8>(i) == 34) {
    const from = i + 1;
    const end = plainEnd(from, limit);
    if (end == 0) return 0;
    let length = end - from;
    if (text == TYPES ? length > 8 || !isUpper(from, length) : !isLower(from, length)) return 0;
    if ((text == LABELS || text == ASKED) && length > 1 && load<u8>(end - 1) == 46) length--;
    const isLine = length > 0 && (text != TYPES || !hasLine(text, from, length));
    if (isLine && !addLine(text, from, length)) return 0;
    i = end + 1;
    if (i >= limit) return 0;
    const byte = load<u8>(i);
    if (byte == 93) return i + 1;
    if (byte != 44) return 0;
    i += load<u8>(i + 1) == 32 ? 2 : 1;
  }
  return 0;
}
