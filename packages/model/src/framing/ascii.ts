/** The bytes that framing looks at, by name. */
export const NUL = 0x00;
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

export function isNewline(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}

/** White space inside a line: space or tab. */
export function isBlankByte(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** What may stand between two values and says nothing: white space, newlines, commas. */
export function isSeparator(byte: number | undefined): boolean {
  return isBlankByte(byte) || isNewline(byte) || byte === COMMA;
}

/** The first index from `from` that is neither white space inside the line nor a comma, or `end`. */
export function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (isBlankByte(bytes[at]) || bytes[at] === COMMA)) at++;
  return at;
}

/** U+FEFF in UTF-8: also found inside a stream, where files were joined. */
export function isByteOrderMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}
