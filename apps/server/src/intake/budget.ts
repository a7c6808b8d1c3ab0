/** Below this much output a high ratio is no sign of anything: a short log may repeat itself. */
const RATIO_FREE = 64 * 1024 * 1024;

/** The limits of one intake, shared by everything nested in it. */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #received: () => number;
  readonly #decoded: number[] = [];
  #spentDepth = -1;
  #entries = 0;
  #spooled = 0;

  /** @param received bytes of the upload read so far */
  constructor(limits: BudgetLimits, received: () => number) {
    this.#limits = limits;
    this.#received = received;
  }

  /**
   * Counts decompressed bytes of one depth. Depths count apart, so that a gzip in a gzip is not charged twice.
   *
   * @returns why the bytes are too many, or undefined
   */
  decode(depth: number, bytes: number): string | undefined {
    const total = (this.#decoded[depth] ?? 0) + bytes;
    this.#decoded[depth] = total;
    if (total > this.#limits.maxBytes) {
      this.#spentDepth = Math.max(this.#spentDepth, depth);
      return `more than ${this.#limits.maxBytes} bytes decompressed`;
    }
    const received = this.#received();
    if (total > RATIO_FREE && total > received * this.#limits.maxRatio) {
      this.#spentDepth = Math.max(this.#spentDepth, depth);
      return `${received} bytes received gave ${total} bytes, more than ${this.#limits.maxRatio}:1`;
    }
    return undefined;
  }

  /** Whether a limit was reached at this depth or in something nested deeper: nothing further is to be decoded there. */
  spent(depth: number): boolean {
    return this.#spentDepth >= depth;
  }

  /** Whether one more archive entry may be listed. */
  enter(): boolean {
    this.#entries++;
    return this.#entries <= this.#limits.maxEntries;
  }

  /** Whether `bytes` more may lie on disk. */
  spool(bytes: number): boolean {
    if (this.#spooled + bytes > this.#limits.maxSpoolBytes) return false;
    this.#spooled += bytes;
    return true;
  }

  unspool(bytes: number): void {
    this.#spooled -= bytes;
  }
}

export interface BudgetLimits {
  readonly maxBytes: number;
  readonly maxRatio: number;
  readonly maxEntries: number;
  readonly maxSpoolBytes: number;
}
