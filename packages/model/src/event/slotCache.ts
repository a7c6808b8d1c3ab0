/** How much of a key chooses its slot: the end, where ids of one node differ. */
const TAIL = 12;
const FIRST_SLOTS = 256;

/**
 * A bounded memory of values by text: each key has two slots. A newcomer takes its first one, who stood there moves to the
 * other, and who stood in that goes, were it the younger of the two; growing may lose some, too. For what may be forgotten at no cost but time. Quicker than a map for keys that come fresh from a parser, whose whole
 * text a map would hash.
 */
export class SlotCache<Value> {
  readonly #most: number;
  #keys: (string | undefined)[];
  #values: (Value | undefined)[];
  #mask = FIRST_SLOTS - 1;
  #taken = 0;

  /** `bits`: log2 of the number of slots it may grow to. */
  constructor(bits: number) {
    this.#most = 1 << bits;
    this.#keys = emptySlots(FIRST_SLOTS);
    this.#values = emptySlots(FIRST_SLOTS);
  }

  find(key: string): Value | undefined {
    const at = this.#slotOf(key);
    if (this.#keys[at] === key) return this.#values[at];
    return this.#keys[at ^ 1] === key ? this.#values[at ^ 1] : undefined;
  }

  keep(key: string, value: Value): void {
    if (this.#taken * 4 > this.#mask && this.#mask < this.#most - 1) this.#grow();
    const at = this.#slotOf(key);
    const known = this.#keys[at];
    if (known === undefined) this.#taken += 1;
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

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    const slots = Math.min(keys.length * 4, this.#most);
    this.#keys = emptySlots(slots);
    this.#values = emptySlots(slots);
    this.#mask = slots - 1;
    this.#taken = 0;
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (key === undefined || value === undefined) continue;
      const at = this.#slotOf(key);
      this.#keys[at] = key;
      this.#values[at] = value;
      this.#taken += 1;
    }
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

function emptySlots<Item>(count: number): (Item | undefined)[] {
  return new Array<Item | undefined>(count).fill(undefined);
}
