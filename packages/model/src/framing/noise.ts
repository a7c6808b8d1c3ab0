import { CLOSE_BRACE, COLON, QUOTE } from './ascii.ts';
import type { SkipReason } from './framed.ts';
import { sampleOf } from './text.ts';

// Only the first 160 bytes are looked at, so no pattern can be made to run long.
const COMMENT = /^(#|\/\/)/;
const PROMPT =
  /^(\[?[\w.-]+@[\w.-]+[:\s][^$#%>]{0,80}\]?[$#%>](\s|$)|[\w.-]{1,30}[$](\s|$)|[$%>❯➜]\s|PS [A-Z]:\\)/;
const STARTUP =
  /^([IWEF]\d{4} \d\d:\d\d:\d\d|(time|ts|level|t)=\S|\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )/;

/** Why a piece of text is passed over. */
export function skipReason(bytes: Uint8Array): SkipReason {
  if (bytes.includes(0)) return 'binary';
  const text = sampleOf(bytes);
  if (COMMENT.test(text)) return 'comment';
  if (PROMPT.test(text)) return 'prompt';
  if (STARTUP.test(text)) return 'startup';
  return 'text';
}

/** Whether a line looks like the tail of an object whose head a rotation has cut off: it ends with `}` and has a `":`. */
export function isFragment(line: Uint8Array): boolean {
  if (line.at(-1) !== CLOSE_BRACE) return false;
  for (let at = line.indexOf(COLON); at > 0; at = line.indexOf(COLON, at + 1)) {
    if (line[at - 1] === QUOTE) return true;
  }
  return false;
}
