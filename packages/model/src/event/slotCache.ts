interface Slot<Value> {
  readonly key: string;
  readonly value: Value;
}

/** How much of a key chooses its slot: the end, where ids of one node differ. */
const TAIL = 12;

/**
 * A bounded memory of values by text: each key has two slots, and of two that a newcomer finds taken the older one goes. For what may be forgotten at no
 * cost but time. Quicker than a map for keys that come fresh from a parser, whose whole text a map would hash.
 */
export class SlotCache<Value> {
  readonly #slots: (Slot<Value> | undefined)[];
  readonly #mask: number;

  /** `bits`: log2 of the number of slots. */
  constructor(bits: number) {
    this.#slots = new Array<Slot<Value> | undefined>(1 << bits).fill(undefined);
    this.#mask = (1 << bits) - 1;
  }

  find(key: string): Value | undefined {
    const at = this.#slotOf(key);
    const first = this.#slots[at];
    if (first !== undefined && first.key === key) return first.value;
    const second = this.#slots[at ^ 1];
    return second !== undefined && second.key === key ? second.value : undefined;
  }

  keep(key: string, value: Value): void {
    const at = this.#slotOf(key);
    const first = this.#slots[at];
    if (first !== undefined && first.key !== key) this.#slots[at ^ 1] = first;
    else if (this.#slots[at ^ 1]?.key === key) this.#slots[at ^ 1] = undefined;
    this.#slots[at] = { key, value };
  }

  #slotOf(key: string): number {
    let hash = key.length;
    for (let i = Math.max(key.length - TAIL, 0); i < key.length; i += 1) {
      hash = Math.imul(hash ^ key.charCodeAt(i), 0x5bd1e995);
    }
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}
