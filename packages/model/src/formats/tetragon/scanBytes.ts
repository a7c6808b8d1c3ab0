/** The bytes of one record, readable by fours: comparing is most of what a scan does. */
export class RecordBytes {
  bytes: Uint8Array = new Uint8Array(0);
  /** Over the whole buffer, because making a view costs more than comparing what a record repeats. */
  view = new DataView(this.bytes.buffer);
  /** Of `bytes[0]` in `view`. */
  base = 0;

  load(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.base = bytes.byteOffset;
    if (this.view.buffer !== bytes.buffer) this.view = new DataView(bytes.buffer);
  }
}

/** Tells whether two ranges hold the same bytes. Both must lie within their views. */
export function isSameRange(
  a: DataView,
  from: number,
  b: DataView,
  other: number,
  length: number,
): boolean {
  let i = 0;
  for (; i + 16 <= length; i += 16) {
    const difference =
      (a.getInt32(from + i, true) ^ b.getInt32(other + i, true)) |
      (a.getInt32(from + i + 4, true) ^ b.getInt32(other + i + 4, true)) |
      (a.getInt32(from + i + 8, true) ^ b.getInt32(other + i + 8, true)) |
      (a.getInt32(from + i + 12, true) ^ b.getInt32(other + i + 12, true));
    if (difference !== 0) return false;
  }
  for (; i < length; i += 1) {
    if (a.getUint8(from + i) !== b.getUint8(other + i)) return false;
  }
  return true;
}

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
