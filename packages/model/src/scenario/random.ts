/** A stream of numbers that depends on its seed alone (sfc32). The same seed is the same log, on every machine. */
export type Random = {
  /** A whole number in [0, below). `below` is at least 1. */
  readonly int: (below: number) => number;
  /** A whole number in [low, high], both included. */
  readonly between: (low: number, high: number) => number;
  /** True with the given probability, 0 to 1. */
  readonly chance: (probability: number) => boolean;
  /** One element; a bug in the caller when the list is empty. */
  readonly pick: <T>(from: readonly T[]) => T;
  /** `length` characters, each one of `alphabet`. */
  readonly word: (length: number, alphabet: string) => string;
  /** `length` lowercase hexadecimal digits. */
  readonly hex: (length: number) => string;
};

/** Starts a stream. Any finite number may seed it; only its low 32 bits count. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = 1;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  for (let warmUp = 0; warmUp < 16; warmUp += 1) next();

  const int = (below: number): number => Math.floor((next() / 4294967296) * below);
  return {
    int,
    between: (low, high) => low + int(high - low + 1),
    chance: (probability) => next() < probability * 4294967296,
    pick: (from) => {
      const chosen = from[int(from.length)];
      if (chosen === undefined) throw new Error('cannot pick from an empty list');
      return chosen;
    },
    word: (length, alphabet) => {
      let text = '';
      while (text.length < length) text += alphabet.charAt(int(alphabet.length));
      return text;
    },
    hex: (length) => {
      let text = '';
      while (text.length < length) text += next().toString(16).padStart(8, '0');
      return text.slice(0, length);
    },
  };
}
