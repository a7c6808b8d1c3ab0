import type { Identity } from './identities.ts';

/** The identities by each of their `processKey`s. Nearly every key means one, so only the others cost a list. */
export class KeyTable {
  readonly #first = new Map<string, number>();
  readonly #all = new Map<string, number[]>();

  constructor(identities: readonly Identity[]) {
    for (let index = 0; index < identities.length; index += 1) {
      for (const key of identities[index]?.keys ?? []) {
        const first = this.#first.get(key);
        if (first === undefined) this.#first.set(key, index);
        else {
          const all = this.#all.get(key);
          if (all === undefined) this.#all.set(key, [first, index]);
          else all.push(index);
        }
      }
    }
  }

  get size(): number {
    return this.#first.size;
  }

  /** The smallest index; undefined for a key that nobody knows. */
  firstOf(key: string): number | undefined {
    return this.#first.get(key);
  }

  /** All indexes, rising; undefined where there are less than two. */
  severalOf(key: string): readonly number[] | undefined {
    return this.#all.get(key);
  }

  keys(): MapIterator<string> {
    return this.#first.keys();
  }
}
