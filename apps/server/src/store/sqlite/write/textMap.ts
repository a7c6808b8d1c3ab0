/** How many texts there is room for at first. */
const firstRoom = 1024;

/** What is known of texts, by their hashes: a map that need not hash a text that was hashed. Open addressing, at most half full. */
class TextMap<T> {
  /** An entry's number plus one; 0: an empty slot. */
  #slots = new Int32Array(firstRoom * 2);
  #lows = new Int32Array(firstRoom);
  #highs = new Int32Array(firstRoom);
  readonly #texts: string[] = [];
  readonly #values: T[] = [];

  get size(): number {
    return this.#texts.length;
  }

  get(low: number, high: number, text: string): T | undefined {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (low ^ high) & mask;
    let entry = slots[slot] ?? 0;
    while (entry !== 0) {
      const at = entry - 1;
      if (this.#lows[at] === low && this.#highs[at] === high && this.#texts[at] === text)
        return this.#values[at];
      slot = (slot + 1) & mask;
      entry = slots[slot] ?? 0;
    }
    return undefined;
  }

  /** Adds a text that is not there. */
  add(low: number, high: number, text: string, value: T): void {
    const at = this.#texts.length;
    if (at === this.#lows.length) this.#grow();
    this.#lows[at] = low;
    this.#highs[at] = high;
    this.#texts.push(text);
    this.#values.push(value);
    this.#place(at);
  }

  #place(at: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = ((this.#lows[at] ?? 0) ^ (this.#highs[at] ?? 0)) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = at + 1;
  }

  #grow(): void {
    const room = this.#lows.length * 4;
    const lows = new Int32Array(room);
    const highs = new Int32Array(room);
    lows.set(this.#lows);
    highs.set(this.#highs);
    this.#lows = lows;
    this.#highs = highs;
    this.#slots = new Int32Array(room * 2);
    for (let at = 0; at < this.#texts.length; at += 1) this.#place(at);
  }
}

/** A bounded memory of texts: beyond so many the older half is forgotten, unless it was asked for since. */
export class RememberedTexts<T> {
  readonly #generation: number;
  #young = new TextMap<T>();
  #old = new TextMap<T>();

  constructor(generation: number) {
    this.#generation = generation;
  }

  get(low: number, high: number, text: string): T | undefined {
    const young = this.#young.get(low, high, text);
    if (young !== undefined) return young;
    const old = this.#old.get(low, high, text);
    if (old !== undefined) this.#young.add(low, high, text, old);
    return old;
  }

  /** Remembers what is not remembered. */
  add(low: number, high: number, text: string, value: T): void {
    this.#young.add(low, high, text, value);
  }

  /** To be called when nobody relies on what was asked before: lets the older half go when there is enough of the younger. */
  age(): void {
    if (this.#young.size < this.#generation) return;
    this.#old = this.#young;
    this.#young = new TextMap();
  }

  forget(): void {
    this.#young = new TextMap();
    this.#old = new TextMap();
  }
}
