import type { Repeats } from './repeats.ts';

const FIRST_CAPACITY = 1 << 16;
const FIRST_FOLDS = 64;
/** Bytes that are copied sooner one by one than by a view of them. */
const FEW = 64;
/** Numbers of a fold: where it stands, its length, where its bytes stood before. */
const FOLD = 3;

/** Bytes in which later repetitions are references to earlier ones. */
export interface FoldedBytes {
  /** What is not a repetition, end to end. */
  readonly kept: Uint8Array;
  /** Three numbers each, in order of the first: a place in the whole, a length, the earlier place of the same bytes. */
  readonly folds: Uint32Array;
  /** Bytes of the whole. */
  readonly size: number;
}

/** The whole. Throws when the folds do not fit the bytes: they were damaged. */
export function unfold({ kept, folds, size }: FoldedBytes): Uint8Array {
  if (folds.length === 0 && kept.length === size) return kept;
  const whole = new Uint8Array(size);
  let at = 0;
  let taken = 0;
  for (let fold = 0; fold < folds.length; fold += FOLD) {
    const place = folds[fold] ?? 0;
    const length = folds[fold + 1] ?? 0;
    const from = folds[fold + 2] ?? 0;
    const before = place - at;
    if (
      before < 0 ||
      taken + before > kept.length ||
      from + length > place ||
      place + length > size
    ) {
      throw new Error(`a fold at ${place} does not fit`);
    }
    whole.set(kept.subarray(taken, taken + before), at);
    taken += before;
    whole.copyWithin(place, from, from + length);
    at = place + length;
  }
  if (kept.length - taken !== size - at) throw new Error('the folds do not give the whole');
  whole.set(kept.subarray(taken), at);
  return whole;
}

/** Folds bytes as they come. */
export class ByteFolder {
  /** The place of the first byte among the records of the stream. */
  readonly start: number;
  size = 0;
  #kept: Uint8Array<ArrayBuffer>;
  #used = 0;
  #folds = new Uint32Array(FIRST_FOLDS * FOLD);
  #foldsUsed = 0;

  /** `expectedBytes`: how much will be kept, to reserve it at once. */
  constructor(start: number, expectedBytes: number) {
    this.start = start;
    this.#kept = new Uint8Array(Math.max(expectedBytes, FIRST_CAPACITY));
  }

  /** Bytes kept so far. */
  get keptBytes(): number {
    return this.#used;
  }

  /** Takes a record; `repeats` are its own, none when absent. */
  add(bytes: Uint8Array, repeats: Repeats | undefined): void {
    this.#reserve(bytes.length);
    let at = 0;
    if (repeats !== undefined) {
      for (let index = 0; index < repeats.count; index += 1) {
        const from = (repeats.from[index] ?? 0) - this.start;
        const place = repeats.at[index] ?? 0;
        const length = repeats.length[index] ?? 0;
        if (from < 0) continue;
        this.#keep(bytes, at, place);
        this.#fold(this.size + place, length, from);
        at = place + length;
      }
    }
    this.#keep(bytes, at, bytes.length);
    this.size += bytes.length;
  }

  finish(): FoldedBytes {
    const { BYTES_PER_ELEMENT } = Uint32Array;
    return {
      // A view where little is wasted: cutting the buffer to size would copy it.
      kept:
        this.#used * 1.25 > this.#kept.length
          ? this.#kept.subarray(0, this.#used)
          : new Uint8Array(this.#kept.buffer.transfer(this.#used)),
      folds: new Uint32Array(this.#folds.buffer.transfer(this.#foldsUsed * BYTES_PER_ELEMENT)),
      size: this.size,
    };
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const kept = this.#kept;
    const used = this.#used;
    if (to - from <= FEW) for (let i = from; i < to; i += 1) kept[used + i - from] = bytes[i] ?? 0;
    else kept.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), used);
    this.#used += to - from;
  }

  #fold(place: number, length: number, from: number): void {
    if (this.#foldsUsed === this.#folds.length) {
      this.#folds = new Uint32Array(this.#folds.buffer.transfer(this.#folds.byteLength * 2));
    }
    this.#folds[this.#foldsUsed] = place;
    this.#folds[this.#foldsUsed + 1] = length;
    this.#folds[this.#foldsUsed + 2] = from;
    this.#foldsUsed += FOLD;
  }

  #reserve(length: number): void {
    const needed = this.#used + length;
    if (needed <= this.#kept.length) return;
    // In leaps: memory that is reserved and never touched costs nothing, each move costs a copy.
    const reserved = Math.max(needed, this.#kept.length * 4);
    this.#kept = new Uint8Array(this.#kept.buffer.transfer(reserved));
  }
}
