/** Decodes a piece of a record: a byte order mark at its beginning is a character, which makes it no JSON. */
export const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Tells whether `word` stands at `at`. */
export function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i += 1) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The ASCII codes of a text, for `standsAt`. */
export function asciiOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Behind the digits of a whole number as JSON writes it (no leading zero); `at` itself when there is none. */
export function skipNumber(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first === 48) return at + 1;
  if (first < 49 || first > 57) return at;
  let end = at + 1;
  for (let byte = bytes[end] ?? 0; byte >= 48 && byte <= 57; byte = bytes[end] ?? 0) end += 1;
  return end;
}
