/** A list of integers that grows, for columns whose length is not known before. Doubles when full. */
export class IntList {
  #values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.#values = new Int32Array(Math.max(1, capacity));
  }

  push(value: number): number {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  pop(): number {
    this.length -= 1;
    return this.#values[this.length] ?? 0;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** The values so far; later pushes do not show in it. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
