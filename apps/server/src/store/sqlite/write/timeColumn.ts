import { noTime } from '@forebear/model/event/factBatch';

/** The upper half of `noTime`; the lower is 0. */
const noTimeHigh = Number(BigInt.asIntN(32, noTime >> 32n));

/**
 * Times of a batch without a bigint for each: as halves, which compare exactly, and as doubles, which are near enough to pass
 * over what is of another time.
 */
export class TimeColumn {
  readonly #times: BigInt64Array;
  readonly #halves: Int32Array;

  constructor(times: BigInt64Array) {
    this.#times = times;
    this.#halves = new Int32Array(times.buffer, times.byteOffset, times.length * 2);
  }

  /** The time at a row; undefined: it has none. */
  at(row: number): bigint | undefined {
    return this.isAt(row) ? this.#times[row] : undefined;
  }

  isAt(row: number): boolean {
    return this.#halves[row * 2 + 1] !== noTimeHigh || this.#halves[row * 2] !== 0;
  }

  /** Whether the time at one row is before that at another; both have one. */
  isBefore(row: number, other: number): boolean {
    const high = this.#halves[row * 2 + 1] ?? 0;
    const otherHigh = this.#halves[other * 2 + 1] ?? 0;
    if (high !== otherHigh) return high < otherHigh;
    return (this.#halves[row * 2] ?? 0) >>> 0 < (this.#halves[other * 2] ?? 0) >>> 0;
  }

  /** Nanoseconds to the nearest few hundred; NaN: none. */
  near(row: number): number {
    if (!this.isAt(row)) return Number.NaN;
    return (this.#halves[row * 2 + 1] ?? 0) * 2 ** 32 + ((this.#halves[row * 2] ?? 0) >>> 0);
  }
}

/** The first and the last of some rows of a column, as they are added. */
export class TimeBounds {
  readonly #times: TimeColumn;
  #first = -1;
  #last = -1;

  constructor(times: TimeColumn) {
    this.#times = times;
  }

  add(row: number): void {
    if (!this.#times.isAt(row)) return;
    if (this.#first < 0 || this.#times.isBefore(row, this.#first)) this.#first = row;
    if (this.#last < 0 || this.#times.isBefore(this.#last, row)) this.#last = row;
  }

  get first(): bigint | undefined {
    return this.#first < 0 ? undefined : this.#times.at(this.#first);
  }

  get last(): bigint | undefined {
    return this.#last < 0 ? undefined : this.#times.at(this.#last);
  }
}
