/** Bytes kept from one chunk to the next. Growing and dropping from the front cost amortised constant time per byte. */
export class Carry {
  private store = new Uint8Array(0);
  private start = 0;
  private end = 0;

  get length(): number {
    return this.end - this.start;
  }

  /** A view, valid until the next `append`. */
  view(): Uint8Array {
    return this.store.subarray(this.start, this.end);
  }

  append(bytes: Uint8Array): void {
    if (this.end + bytes.length > this.store.length) this.makeRoom(bytes.length);
    this.store.set(bytes, this.end);
    this.end += bytes.length;
  }

  dropFront(count: number): void {
    this.start += count;
    if (this.start >= this.end) this.clear();
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
    if (this.store.length > KEPT) this.store = new Uint8Array(0);
  }

  private makeRoom(more: number): void {
    const needed = this.length + more;
    // Moving to the front is worth it only when it frees half of the store: else it would be done for each byte.
    const store =
      needed <= this.store.length / 2 ? this.store : new Uint8Array(Math.max(needed * 2, 4096));
    if (store === this.store) store.copyWithin(0, this.start, this.end);
    else store.set(this.view());
    this.store = store;
    this.end = this.length;
    this.start = 0;
  }
}

/** A store that has grown beyond this is given back when it is empty. */
const KEPT = 1 << 20;
