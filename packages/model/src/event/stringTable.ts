import type { PackedTexts } from './packedTexts.ts';

/** Strings of one batch, each kept once as far as it can be seen; index 0 is the empty string. */
export interface StringTable {
  indexOf(text: string | undefined): number;
  /** No more strings than there may be in a batch. */
  readonly isFull: boolean;
  /** By index. The table is another batch's from then on, empty, or nobody's. */
  finish(): BatchStrings;
}

/** The strings of a finished batch: as a list, packed, or both. */
export interface BatchStrings {
  readonly strings: readonly string[];
  readonly packed?: PackedTexts;
}

/** Strings in a map. */
export class PlainStrings implements StringTable {
  readonly isFull = false;
  readonly #indexes = new Map<string, number>([['', 0]]);

  indexOf(text: string | undefined): number {
    if (text === undefined || text === '') return 0;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(text, index);
    return index;
  }

  finish(): BatchStrings {
    return { strings: [...this.#indexes.keys()] };
  }
}

/** The texts of a column in which neighbours are often the same: they are compared before they are looked up. */
export class SteadyTexts {
  readonly #strings: StringTable;
  #last = '';
  #index = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  indexOf(text: string | undefined): number {
    if (text === undefined) return 0;
    if (text === this.#last) return this.#index;
    this.#last = text;
    this.#index = this.#strings.indexOf(text);
    return this.#index;
  }
}
