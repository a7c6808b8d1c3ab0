const PLAIN = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const escapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/**
 * The text as `tetra` prints it since 1.7: as it is, or quoted as Go's strconv.Quote does when it holds a space or a
 * rune that cannot be printed. Nothing that a terminal would obey gets through.
 */
export function maybeQuote(text: string): string {
  return PLAIN.test(text) ? text : goQuote(text);
}

/** strconv.Quote: double quotes, with Go's escapes for what unicode.IsPrint refuses. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const rune of text.toWellFormed()) {
    quoted += escapes.get(rune) ?? (PRINTABLE.test(rune) ? rune : escapeOf(rune));
  }
  return `${quoted}"`;
}

function escapeOf(rune: string): string {
  const code = rune.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
