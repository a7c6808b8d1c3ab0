/** Texts end to end, which cross threads as one piece of memory: as a list each would be copied on its own, twice. */
export interface PackedTexts {
  /** UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each text ends in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Every byte is a character of its own. */
  readonly isAscii: boolean;
}

/** A byte order mark in front of a text is a character of the text. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts as a list. */
export function textsOf({ bytes, ends, isAscii }: PackedTexts): readonly string[] {
  const texts = new Array<string>(ends.length);
  const whole = isAscii ? utf8.decode(bytes) : '';
  let from = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const to = ends[index] ?? from;
    texts[index] = isAscii ? whole.slice(from, to) : utf8.decode(bytes.subarray(from, to));
    from = to;
  }
  return texts;
}
