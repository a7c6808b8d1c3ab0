const FIRST = 64 * 1024;

/** A bounded memory of byte ranges, the oldest of which are overwritten. Places count from the beginning of time. */
export class ByteRing {
  view: DataView;
  readonly #limit: number;
  #bytes: Uint8Array;
  /** Bytes ever written, with the gaps left at the end of a round. */
  #written = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#bytes = new Uint8Array(Math.min(limit, FIRST));
    this.view = new DataView(this.#bytes.buffer);
  }

  /** Whether what was kept at a place is still there. */
  holds(at: number): boolean {
    return at + this.#bytes.length >= this.#written;
  }

  /** Where in `view` a place is. */
  placeOf(at: number): number {
    return at % this.#bytes.length;
  }

  /** Keeps two ranges, one behind the other, and returns their place. Together they must be shorter than the limit. */
  keep(head: Uint8Array, tail: Uint8Array = nothing): number {
    const length = head.length + tail.length;
    // It grows only in the first round, in which places and offsets are the same.
    while (this.#written + length > this.#bytes.length && this.#bytes.length < this.#limit) {
      const grown = new Uint8Array(Math.min(this.#bytes.length * 2, this.#limit));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    const round = this.#bytes.length;
    const offset = this.#written % round;
    if (offset + length > round) this.#written += round - offset;
    const at = this.#written;
    this.#bytes.set(head, at % round);
    this.#bytes.set(tail, (at % round) + head.length);
    this.#written += length;
    return at;
  }
}

const nothing = new Uint8Array(0);
