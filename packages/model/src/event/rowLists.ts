import { noTime } from './factBatch.ts';

/** Strings of one batch, each kept once; index 0 is the empty string. */
export class StringTable {
  readonly #indexes = new Map<string, number>([['', 0]]);

  indexOf(text: string | undefined): number {
    if (text === undefined || text === '') return 0;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(text, index);
    return index;
  }

  /** By index. */
  list(): readonly string[] {
    return [...this.#indexes.keys()];
  }
}

/** An empty list per column. */
export function columnLists<Name extends string>(
  ...names: readonly Name[]
): Record<Name, number[]> {
  // Object.fromEntries widens the keys; the names are the parameter's own.
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
}

/** A growing column of 64 bits: no object per value, which a list of bigints would hold. */
export class Int64List {
  #values = new BigInt64Array(1024);
  length = 0;

  push(value: bigint): void {
    if (this.length === this.#values.length) {
      const grown = new BigInt64Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** The column, cut to size. */
  finish(): BigInt64Array<ArrayBuffer> {
    return this.#values.slice(0, this.length);
  }
}

/** Lines of a joined list; a newline inside a text, which only a hostile log has, shows as its symbol. */
export function joinLines(texts: readonly string[]): string {
  if (texts.length < 2) return texts[0]?.replaceAll('\n', '␊') ?? '';
  return texts.map((text) => text.replaceAll('\n', '␊')).join('\n');
}

/** Reads what `joinLines` wrote. */
export function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

const LIMIT = 2n ** 63n;

/** A time or ktime as 64 bits; absent when it does not fit. */
export function time64(time: bigint | undefined): bigint {
  return time === undefined || time >= LIMIT || time < -LIMIT ? noTime : time;
}

/** Counters are unsigned 64-bit in the log; -1 stands for absent, and what does not fit is the largest that does. */
export function counter64(counter: bigint | undefined): bigint {
  if (counter === undefined || counter < 0n) return -1n;
  return counter >= LIMIT ? LIMIT - 1n : counter;
}
