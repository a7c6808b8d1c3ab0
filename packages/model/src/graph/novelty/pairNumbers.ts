/**
 * Numbers pairs of whole numbers from 0 up, in order of first appearance. A map would need a text or a boxed number for
 * every question; here a question allocates nothing.
 */
export class PairNumbers {
  #slots = new Int32Array(64).fill(-1);
  #first = new Int32Array(32);
  #second = new Int32Array(32);
  #size = 0;

  /** The number of the pair; -1: it has none. */
  find(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    return this.#slots[slot] ?? -1;
  }

  /** The number of the pair, a new one when it has none. */
  idOf(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const known = this.#slots[slot] ?? -1;
    if (known >= 0) return known;
    const id = this.#size;
    this.#slots[slot] = id;
    this.#first[id] = first;
    this.#second[id] = second;
    this.#size += 1;
    if (this.#size === this.#first.length) this.#grow();
    return id;
  }

  /** Where the pair stands, or the free slot that is its. At most half of the slots are taken. */
  #slotOf(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = spread(first, second) & mask;
    for (;;) {
      const id = slots[slot] ?? -1;
      if (id < 0 || (this.#first[id] === first && this.#second[id] === second)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#first = doubled(this.#first);
    this.#second = doubled(this.#second);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let id = 0; id < this.#size; id += 1) {
      this.#slots[this.#slotOf(this.#first[id] ?? 0, this.#second[id] ?? 0)] = id;
    }
  }
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function spread(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
