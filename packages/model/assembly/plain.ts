// Texts and numbers of JSON in their plainest spelling. 0 says: not so.

import { skipNumber } from './bytes.ts';

/** Where the quote stands behind the text that begins at `at`; 0: not printable ASCII without escapes, or no end before `limit`. */
export function plainEnd(at: usize, limit: usize): usize {
  const quote = i8x16.splat(34);
  const space = i8x16.splat(32);
  const backslash = i8x16.splat(92);
  const last = i8x16.splat(126);
  for (let i = at; i < limit; i += 16) {
    const bytes = v128.load(i);
    const quotes = i8x16.eq(bytes, quote);
    const odd = v128.or(
      v128.or(i8x16.lt_u(bytes, space), i8x16.gt_u(bytes, last)),
      i8x16.eq(bytes, backslash),
    );
    const found = i8x16.bitmask(v128.or(quotes, odd));
    if (found == 0) continue;
    const end = i + <usize>ctz(found);
    return end < limit && load<u8>(end) == 34 ? end : 0;
  }
  return 0;
}

/** Whether no letter of a plain text is upper case. */
export function isLower(at: usize, length: usize): bool {
  const before = i8x16.splat(64);
  const behind = i8x16.splat(91);
  for (let i: usize = 0; i < length; i += 16) {
    const bytes = v128.load(at + i);
    const found = i8x16.bitmask(v128.and(i8x16.gt_u(bytes, before), i8x16.lt_u(bytes, behind)));
    if (found != 0 && i + <usize>ctz(found) < length) return false;
  }
  return true;
}

/** Whether all of a text is upper case letters. */
export function isUpper(at: usize, length: usize): bool {
  for (let i = at; i < at + length; i++) if (<u32>(load<u8>(i) - 65) > 25) return false;
  return true;
}

/** The number that the digits in [from, to) write, which are at most 18. */
export function numberIn(from: usize, to: usize): i64 {
  let value: i64 = 0;
  for (let i = from; i < to; i++) value = value * 10 + (load<u8>(i) - 48);
  return value;
}

/** Behind a number of any kind. */
export function skipAnyNumber(at: usize, limit: usize): usize {
  const from = load<u8>(at) == 45 ? at + 1 : at;
  let i = skipNumber(from, limit);
  if (i == from) return 0;
  if (load<u8>(i) == 46) {
    i = skipDigits(i + 1, limit);
    if (i == 0) return 0;
  }
  if ((load<u8>(i) | 32) != 101) return i;
  const sign = load<u8>(i + 1);
  return skipDigits(sign == 43 || sign == 45 ? i + 2 : i + 1, limit);
}

/** Behind one digit or more. */
export function skipDigits(at: usize, limit: usize): usize {
  let i = at;
  while (i < limit && <u32>(load<u8>(i) - 48) <= 9) i++;
  return i == at ? 0 : i;
}

/** Behind a text with its quotes. */
export function skipText(at: usize, limit: usize): usize {
  if (load<u8>(at) != 34) return 0;
  const end = plainEnd(at + 1, limit);
  return end == 0 ? 0 : end + 1;
}

/** Behind `true` or `false`. */
export function skipLiteral(at: usize, limit: usize): usize {
  if (at + 5 > limit) return 0;
  const word = load<u32>(at);
  if (word == 0x65757274) return at + 4;
  return word == 0x736c6166 && load<u8>(at + 4) == 101 ? at + 5 : 0;
}
