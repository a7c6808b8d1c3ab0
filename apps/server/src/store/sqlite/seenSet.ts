/**
 * Which 64-bit values were seen: the open partition's in an open-addressing table, sealed partitions' in sorted
 * arrays behind a small filter each. A random unique index in the database would cost more than the whole rest of
 * ingest at 10 M events (architecture.md, Dedupe); this costs the same at any size.
 */
export class SeenSet {
  #open = new OpenTable(1 << 16);
  readonly #sealed: SealedSet[] = [];

  /**
   * Adds a value; false: it was there already. `time` is that of the event it belongs to: a sealed partition whose
   * events all lie elsewhere in time is not asked. Without a time every one is.
   */
  add(value: bigint, time: bigint | undefined): boolean {
    const low = Number(value & 0xffffffffn);
    const high = Number(value >> 32n);
    if (this.#open.has(low, high)) return false;
    for (const sealed of this.#sealed) {
      if (sealed.spans(time) && sealed.mayHave(low, high) && sealed.has(value)) return false;
    }
    this.#open.add(low, high);
    return true;
  }

  /** Adds a value that is known to be in the open partition: at the start. */
  recall(value: bigint): void {
    this.#open.add(Number(value & 0xffffffffn), Number(value >> 32n));
  }

  /** Takes values back that a rolled-back transaction had added. */
  remove(values: readonly bigint[]): void {
    if (values.length === 0) return;
    const gone = new Set(values);
    const rest = this.#open.values().filter((value) => !gone.has(value));
    this.#open = new OpenTable(1 << 16);
    for (const value of rest) this.#open.add(Number(value & 0xffffffffn), Number(value >> 32n));
  }

  /** The open values sorted, for the partition's row; from here on they are a sealed set that `load` can bring back. */
  seal(load: () => BigUint64Array, span: TimeSpan | undefined): BigUint64Array {
    const sorted = BigUint64Array.from(this.#open.values()).sort();
    this.#sealed.push(new SealedSet(sorted, load, span));
    this.#open = new OpenTable(1 << 16);
    return sorted;
  }

  /** Takes up a partition sealed in an earlier life of the process. */
  addSealed(sorted: BigUint64Array, load: () => BigUint64Array, span: TimeSpan | undefined): void {
    this.#sealed.push(new SealedSet(sorted, load, span));
  }
}

/** The times of a partition's events, both ends included; none has a time: no span. */
export interface TimeSpan {
  readonly first: bigint;
  readonly last: bigint;
}

/** Bits per value of the filter: 10 with 4 probes miss about one in eighty. */
const filterBits = 10;
const probes = 4;

class SealedSet {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  readonly #load: () => BigUint64Array;
  readonly #span: TimeSpan | undefined;

  constructor(sorted: BigUint64Array, load: () => BigUint64Array, span: TimeSpan | undefined) {
    this.#span = span;
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, sorted.length * filterBits)));
    this.#bits = new Uint32Array(size >>> 5);
    this.#mask = size - 1;
    this.#load = load;
    for (const value of sorted) this.#mark(Number(value & 0xffffffffn), Number(value >> 32n));
  }

  /** Whether a record of that time can be in the partition. */
  spans(time: bigint | undefined): boolean {
    if (time === undefined) return true;
    const span = this.#span;
    return span !== undefined && time >= span.first && time <= span.last;
  }

  mayHave(low: number, high: number): boolean {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (low + Math.imul(probe, high | 1)) & this.#mask;
      if (((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  /** The exact answer, by binary search in the stored array. */
  has(value: bigint): boolean {
    const sorted = this.#load();
    let from = 0;
    let to = sorted.length - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const found = sorted[middle] ?? 0n;
      if (found === value) return true;
      if (found < value) from = middle + 1;
      else to = middle - 1;
    }
    return false;
  }

  #mark(low: number, high: number): void {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (low + Math.imul(probe, high | 1)) & this.#mask;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }
}

/** Linear probing over pairs of 32-bit words; at most half full. */
class OpenTable {
  #low: Uint32Array;
  #high: Uint32Array;
  #used: Uint8Array;
  #count = 0;

  constructor(size: number) {
    this.#low = new Uint32Array(size);
    this.#high = new Uint32Array(size);
    this.#used = new Uint8Array(size);
  }

  has(low: number, high: number): boolean {
    return this.#used[this.#slotOf(low, high)] === 1;
  }

  add(low: number, high: number): void {
    if (this.#count * 2 >= this.#used.length) this.#grow();
    const slot = this.#slotOf(low, high);
    if (this.#used[slot] === 1) return;
    this.#used[slot] = 1;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#count += 1;
  }

  values(): bigint[] {
    const values: bigint[] = [];
    for (let slot = 0; slot < this.#used.length; slot += 1) {
      if (this.#used[slot] === 1) {
        values.push((BigInt(this.#high[slot] ?? 0) << 32n) | BigInt(this.#low[slot] ?? 0));
      }
    }
    return values;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#used.length - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    while (this.#used[slot] === 1 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [low, high, used] = [this.#low, this.#high, this.#used];
    this.#low = new Uint32Array(low.length * 2);
    this.#high = new Uint32Array(low.length * 2);
    this.#used = new Uint8Array(low.length * 2);
    this.#count = 0;
    for (let slot = 0; slot < used.length; slot += 1) {
      if (used[slot] === 1) this.add(low[slot] ?? 0, high[slot] ?? 0);
    }
  }
}
