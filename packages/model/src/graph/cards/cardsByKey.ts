import type { KeyTable } from './keyTable.ts';

/** `Derived.byKey`: which cards a `processKey` means. The lists are made when they are asked for. */
export class CardsByKey implements ReadonlyMap<string, readonly number[]> {
  readonly #table: KeyTable;
  readonly #cardOf: Int32Array;
  readonly #meant: ReadonlyMap<string, string>;
  #size = -1;

  /** `cardOf`: by identity; -1: on no card. `meant`: keys that mean what another key names. */
  constructor(table: KeyTable, cardOf: Int32Array, meant: ReadonlyMap<string, string>) {
    this.#table = table;
    this.#cardOf = cardOf;
    this.#meant = meant;
  }

  get size(): number {
    if (this.#size < 0) this.#size = [...this.keys()].length;
    return this.#size;
  }

  get(asked: string): readonly number[] | undefined {
    const key = this.#meant.get(asked) ?? asked;
    const several = this.#table.severalOf(key);
    if (several === undefined) {
      const card = this.#cardOf[this.#table.firstOf(key) ?? -1] ?? -1;
      return card < 0 ? undefined : [card];
    }
    const cards = new Set<number>();
    for (const index of several) {
      const card = this.#cardOf[index] ?? -1;
      if (card >= 0) cards.add(card);
    }
    return cards.size === 0 ? undefined : [...cards].sort((a, b) => a - b);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, readonly number[]]> {
    for (const keys of [this.#table.keys(), this.#meant.keys()]) {
      for (const key of keys) {
        const cards = this.get(key);
        if (cards !== undefined) yield [key, cards];
      }
    }
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<readonly number[]> {
    for (const [, cards] of this.entries()) yield cards;
  }

  [Symbol.iterator](): MapIterator<[string, readonly number[]]> {
    return this.entries();
  }

  forEach(
    visit: (
      cards: readonly number[],
      key: string,
      map: ReadonlyMap<string, readonly number[]>,
    ) => void,
  ): void {
    for (const [key, cards] of this.entries()) visit(cards, key, this);
  }
}
