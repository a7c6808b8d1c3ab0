/** How much of a key chooses its slot: the end, where ids of one node differ. */
const TAIL = 12;

/**
 * A bounded memory of values by text: each key has two slots, and of two that a newcomer finds taken the older one goes.
 * For what may be forgotten at no cost but time. Quicker than a map for keys that come fresh from a parser, whose whole
 * text a map would hash.
 */
export class SlotCache<Value> {
  readonly #keys: (string | undefined)[];
  readonly #values: (Value | undefined)[];
  readonly #mask: number;

  /** `bits`: log2 of the number of slots. */
  constructor(bits: number) {
    this.#keys = new Array<string | undefined>(1 << bits).fill(undefined);
    this.#values = new Array<Value | undefined>(1 << bits).fill(undefined);
    this.#mask = (1 << bits) - 1;
  }

  find(key: string): Value | undefined {
    const at = this.#slotOf(key);
    if (this.#keys[at] === key) return this.#values[at];
    return this.#keys[at ^ 1] === key ? this.#values[at ^ 1] : undefined;
  }

  keep(key: string, value: Value): void {
    const at = this.#slotOf(key);
    const known = this.#keys[at];
    if (known !== undefined && known !== key) {
      this.#keys[at ^ 1] = known;
      this.#values[at ^ 1] = this.#values[at];
    } else if (this.#keys[at ^ 1] === key) {
      this.#keys[at ^ 1] = undefined;
      this.#values[at ^ 1] = undefined;
    }
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #slotOf(key: string): number {
    const { length } = key;
    let hash = length;
    for (let i = length > TAIL ? length - TAIL : 0; i < length; i += 1) {
      hash = Math.imul(hash ^ key.charCodeAt(i), 0x5bd1e995);
    }
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}
