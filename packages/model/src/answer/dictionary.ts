/** The strings of one columnar answer, each once; index 0 is the empty string. */
export class Dictionary {
  readonly #indexes = new Map<string, number>([['', 0]]);

  /** The index of a text, new or known. */
  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(text, index);
    return index;
  }

  /** Every text in order of its index. */
  texts(): string[] {
    return [...this.#indexes.keys()];
  }
}
