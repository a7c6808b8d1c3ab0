const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
/** Objects with more keys are looked up by text: comparing each with each would be a way to make us slow. */
const FEW = 24;
const utf8 = new TextDecoder();

/**
 * Where a key stands in the bytes of a JSON text for the second time in one object: the index of its opening quote; -1 when
 * none does. `JSON.parse` keeps the last of them and says nothing, so that a log shows one thing and its reader another
 * (reliability 1b). Keys are compared as the parser reads them: `"\u0061"` is `"a"`, and what is no UTF-8 is U+FFFD.
 *
 * The bytes must have been parsed; of others the answer means nothing. Linear in time, without recursion.
 *
 * @param from where the value begins
 * @param to behind its end
 */
export function findDuplicateKey(bytes: Uint8Array, from = 0, to = bytes.length): number {
  return findRepetition(bytes, from, to, new OpenKeys(bytes), false);
}

/** The same of the members of an object that is open: `from` is where its first key stands, or white space before it. */
export function findDuplicateMember(bytes: Uint8Array, from: number, to: number): number {
  const keys = new OpenKeys(bytes);
  keys.open(true);
  return findRepetition(bytes, from, to, keys, true);
}

function findRepetition(
  bytes: Uint8Array,
  from: number,
  to: number,
  keys: OpenKeys,
  startsAtKey: boolean,
): number {
  let isKey = startsAtKey;
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      const begin = i + 1;
      let isPlain = true;
      for (i = begin; i < to && bytes[i] !== QUOTE; i += 1) {
        const character = bytes[i] ?? 0;
        if (character === BACKSLASH) i += 1;
        if (character === BACKSLASH || character > 126) isPlain = false;
      }
      if (isKey && keys.repeats(begin, i, isPlain)) return begin - 1;
      isKey = false;
    } else if (byte === COMMA) isKey = keys.isInObject;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      isKey = byte === OPEN_BRACE;
      keys.open(isKey);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      keys.close();
      isKey = false;
    }
  }
  return -1;
}

/** The keys of every object that is open, innermost last. */
class OpenKeys {
  readonly #bytes: Uint8Array;
  /** Begin and end of each key, two numbers a key. */
  readonly #places: number[] = [];
  /** Where in `places` the keys of each open value begin; -1 for an array. */
  readonly #begins: number[] = [];
  /** By depth, the texts of the keys of objects that are compared by text. */
  readonly #texts = new Map<number, Set<string>>();
  isInObject = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  open(isObject: boolean): void {
    this.#begins.push(isObject ? this.#places.length : -1);
    this.isInObject = isObject;
  }

  close(): void {
    this.#texts.delete(this.#begins.length);
    const begin = this.#begins.pop() ?? -1;
    if (begin >= 0) this.#places.length = begin;
    this.isInObject = (this.#begins.at(-1) ?? -1) >= 0;
  }

  /** Whether the innermost object has had the key, which is its own from now on. `isPlain`: its text is its bytes. */
  repeats(from: number, to: number, isPlain: boolean): boolean {
    const begin = this.#begins.at(-1) ?? 0;
    const count = (this.#places.length - begin) / 2;
    const texts = this.#texts.get(this.#begins.length);
    const byText = texts ?? (isPlain && count < FEW ? undefined : this.#readTexts(begin));
    if (byText !== undefined) {
      const text = this.#textOf(from, to);
      if (byText.has(text)) return true;
      byText.add(text);
      return false;
    }
    for (let at = begin; at < this.#places.length; at += 2) {
      if (this.#isSame(this.#places[at] ?? 0, this.#places[at + 1] ?? 0, from, to)) return true;
    }
    this.#places.push(from, to);
    return false;
  }

  #readTexts(begin: number): Set<string> {
    const texts = new Set<string>();
    for (let at = begin; at < this.#places.length; at += 2) {
      texts.add(this.#textOf(this.#places[at] ?? 0, this.#places[at + 1] ?? 0));
    }
    this.#texts.set(this.#begins.length, texts);
    return texts;
  }

  #isSame(from: number, to: number, other: number, otherTo: number): boolean {
    if (to - from !== otherTo - other) return false;
    const bytes = this.#bytes;
    for (let i = from, j = other; i < to; i += 1, j += 1) {
      if (bytes[i] !== bytes[j]) return false;
    }
    return true;
  }

  #textOf(from: number, to: number): string {
    const text = utf8.decode(this.#bytes.subarray(from - 1, to + 1));
    try {
      return String(JSON.parse(text));
    } catch {
      return text;
    }
  }
}
