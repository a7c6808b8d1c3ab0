import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isDigit,
  isNewline,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
} from './ascii.ts';
import { startsWrapped } from './wrappers.ts';

/** How many bytes of a line tell whether it starts something new. */
const HEAD = 16;

/**
 * Whether the line at `at`, met inside an unfinished value, is no part of that value but a new beginning: then the value
 * is given up. Attackers choose what strings hold, but a JSON string never holds a raw newline, so the start of a line can
 * be trusted: `{"` or `[{` in column 0, a wrapper's prefix, a number with words behind it, or a byte that no JSON token begins with. `strict` (the value
 * is too long to be looked at again) takes any `{`. `undefined`: more bytes are needed to tell.
 */
export function startsAfresh(
  bytes: Uint8Array,
  at: number,
  { final, strict }: { readonly final: boolean; readonly strict: boolean },
): boolean | undefined {
  const first = bytes[at];
  if (first === undefined) return final ? false : undefined;
  if (first === OPEN_BRACE) {
    if (strict) return true;
    const second = bytes[at + 1];
    return second === undefined && !final ? undefined : second === QUOTE;
  }
  if (first === OPEN_BRACKET || isDigit(first)) {
    if (!final && !hasHead(bytes, at)) return undefined;
    if (first === OPEN_BRACKET) return bytes[at + 1] === OPEN_BRACE || startsWrapped(bytes, at);
    return startsWrapped(bytes, at) || isNumberedText(bytes, at);
  }
  return !CONTINUES.has(first) && !isNewline(first);
}

const CONTINUES = new Set([
  SPACE,
  TAB,
  QUOTE,
  COMMA,
  COLON,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  ...[...'-tfn'].map((character) => character.charCodeAt(0)),
]);

/** Whether the line begins with a number and words (`52 07:50:42.829676193 1 sshd`): in a value something else follows a number. */
function isNumberedText(bytes: Uint8Array, start: number): boolean {
  let at = start;
  while (at < start + HEAD && isDigit(bytes[at])) at++;
  if (bytes[at] !== SPACE) return false;
  while (at < start + HEAD && bytes[at] === SPACE) at++;
  const next = at < start + HEAD ? bytes[at] : undefined;
  return next !== undefined && !BEHIND_NUMBER.has(next) && !isNewline(next);
}

const BEHIND_NUMBER = new Set([SPACE, TAB, COMMA, CLOSE_BRACE, CLOSE_BRACKET]);

function hasHead(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + HEAD; index++) {
    if (index >= bytes.length) return false;
    if (isNewline(bytes[index])) return true;
  }
  return true;
}
