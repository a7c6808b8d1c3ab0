import { randomBytes } from 'node:crypto';
import { scrambled } from './scrambled.ts';

/**
 * Which 64-bit values were seen: the open partition's in an open-addressing table, sealed partitions' in sorted
 * arrays behind a small filter each. A random unique index in the database would cost more than the whole rest of
 * ingest at 10 M events; this costs a look into one filter more per sealed partition. Values come as
 * their two 32-bit halves: a million bigints would cost more than the table.
 */
export class SeenSet {
  #open = new OpenTable(1 << 16);
  readonly #sealed: SealedSet[] = [];

  /**
   * Adds a value; false: it was there already. `time` (nanoseconds, NaN for none) is that of the event it belongs to:
   * a sealed partition whose events all lie elsewhere in time is not asked. Without a time every one is.
   */
  add(low: number, high: number, time: number): boolean {
    for (const sealed of this.#sealed) {
      if (sealed.spans(time) && sealed.mayHave(low, high) && sealed.has(low, high)) return false;
    }
    return this.#open.add(low, high);
  }

  /** Adds a value that is known to be in the open partition: at the start. */
  recall(low: number, high: number): void {
    this.#open.add(low, high);
  }

  /** Takes values back that a rolled-back transaction had added: pairs of halves, low first. */
  remove(halves: readonly number[]): void {
    if (halves.length === 0) return;
    const gone = new OpenTable(1 << 16);
    for (let at = 0; at < halves.length; at += 2) gone.add(halves[at] ?? 0, halves[at + 1] ?? 0);
    const kept = new OpenTable(1 << 16);
    this.#open.each((low, high) => {
      if (!gone.has(low, high)) kept.add(low, high);
    });
    this.#open = kept;
  }

  /** The open values sorted, for the partition's row. */
  sorted(): BigUint64Array {
    return this.#open.sorted();
  }

  /** The open values are stored: from here on they are a sealed set that `load` can bring back. */
  seal(sorted: BigUint64Array, load: () => BigUint64Array, span: TimeSpan | undefined): void {
    this.#sealed.push(new SealedSet(sorted, load, span));
    this.#open = new OpenTable(1 << 16);
  }

  /** Takes up a partition sealed in an earlier life of the process. */
  addSealed(sorted: BigUint64Array, load: () => BigUint64Array, span: TimeSpan | undefined): void {
    this.#sealed.push(new SealedSet(sorted, load, span));
  }
}

/** The times of a partition's events in nanoseconds, both ends included; none has a time: no span. */
export interface TimeSpan {
  readonly first: bigint;
  readonly last: bigint;
}

/** Bits per value of the filter: 10 with 4 probes miss about one in eighty. */
const filterBits = 10;
const probes = 4;
/** A double counts nanoseconds since 1970 to the nearest 256. */
const rounding = 512;

class SealedSet {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  readonly #load: () => BigUint64Array;
  readonly #first: number;
  readonly #last: number;

  constructor(sorted: BigUint64Array, load: () => BigUint64Array, span: TimeSpan | undefined) {
    this.#first = span === undefined ? Number.POSITIVE_INFINITY : Number(span.first) - rounding;
    this.#last = span === undefined ? Number.NEGATIVE_INFINITY : Number(span.last) + rounding;
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, sorted.length * filterBits)));
    this.#bits = new Uint32Array(size >>> 5);
    this.#mask = size - 1;
    this.#load = load;
    const halves = halvesOf(sorted);
    for (let at = 0; at < halves.length; at += 2) this.#mark(halves[at] ?? 0, halves[at + 1] ?? 0);
  }

  /** Whether a record of that time can be in the partition; NaN: it has no time. */
  spans(time: number): boolean {
    return Number.isNaN(time) || (time >= this.#first && time <= this.#last);
  }

  mayHave(low: number, high: number): boolean {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (low + Math.imul(probe, high | 1)) & this.#mask;
      if (((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  /** The exact answer, by binary search in the stored array. */
  has(low: number, high: number): boolean {
    const halves = halvesOf(this.#load());
    let from = 0;
    let to = halves.length / 2 - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const foundHigh = halves[middle * 2 + 1] ?? 0;
      const foundLow = halves[middle * 2] ?? 0;
      if (foundHigh === high && foundLow === low) return true;
      if (foundHigh < high || (foundHigh === high && foundLow < low)) from = middle + 1;
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

/** 64-bit values as pairs of 32-bit halves, low first: a view, on the little-endian machines that Node runs on. */
export function halvesOf(values: BigUint64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** What nobody outside knows, so that no log can be written whose values all choose one slot. */
const [lowSeed = 0, highSeed = 0] = new Uint32Array(new Uint8Array(randomBytes(8)).buffer);

/** Linear probing over pairs of 32-bit halves; at most three quarters full: a look at
 * neighbours costs less than one at memory that is far. A pair of zeros is an empty slot, and the value 0 stands aside. */
class OpenTable {
  #halves: Uint32Array;
  #count = 0;
  #hasZero = false;

  constructor(size: number) {
    this.#halves = new Uint32Array(size * 2);
  }

  has(low: number, high: number): boolean {
    if (isZero(low, high)) return this.#hasZero;
    return !this.#isEmpty(this.#slotOf(low, high));
  }

  /** Answers whether it was not there. */
  add(low: number, high: number): boolean {
    if (isZero(low, high)) {
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      return isNew;
    }
    if (this.#count * 8 >= this.#halves.length * 3) this.#grow();
    const slot = this.#slotOf(low, high);
    if (!this.#isEmpty(slot)) return false;
    this.#halves[slot] = low;
    this.#halves[slot + 1] = high;
    this.#count += 1;
    return true;
  }

  each(visit: (low: number, high: number) => void): void {
    if (this.#hasZero) visit(0, 0);
    for (let slot = 0; slot < this.#halves.length; slot += 2) {
      if (!this.#isEmpty(slot)) visit(this.#halves[slot] ?? 0, this.#halves[slot + 1] ?? 0);
    }
  }

  sorted(): BigUint64Array {
    const values = new BigUint64Array(this.#count + (this.#hasZero ? 1 : 0));
    const halves = halvesOf(values);
    let at = 0;
    this.each((low, high) => {
      halves[at] = low;
      halves[at + 1] = high;
      at += 2;
    });
    return values.sort();
  }

  #isEmpty(slot: number): boolean {
    return this.#halves[slot] === 0 && this.#halves[slot + 1] === 0;
  }

  /** Where in the halves a value stands, or would. */
  #slotOf(low: number, high: number): number {
    const halves = this.#halves;
    const mask = halves.length - 2;
    let slot = ((scrambled(low ^ lowSeed) ^ scrambled(high ^ highSeed)) << 1) & mask;
    while (
      (halves[slot] !== low || halves[slot + 1] !== high) &&
      (halves[slot] !== 0 || halves[slot + 1] !== 0)
    ) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #grow(): void {
    const halves = this.#halves;
    this.#halves = new Uint32Array(halves.length * 2);
    this.#count = 0;
    for (let slot = 0; slot < halves.length; slot += 2) {
      const low = halves[slot] ?? 0;
      const high = halves[slot + 1] ?? 0;
      if (!isZero(low, high)) this.add(low, high);
    }
  }
}

function isZero(low: number, high: number): boolean {
  return low === 0 && high === 0;
}
