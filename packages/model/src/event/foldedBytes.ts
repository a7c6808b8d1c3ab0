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

/**
 * Takes the bytes of a batch away from where they lie, which is the next batch's: what it answers holds the same bytes elsewhere, in
 * whatever form.
 */
export type TakeBytes = (bytes: FoldedBytes) => FoldedBytes;

/** Memory in which the bytes of a batch's records are kept, and compiled code keeps some, too. */
export interface FoldPlace {
  readonly kept: Uint8Array<ArrayBuffer>;
  readonly folds: Uint32Array<ArrayBuffer>;
  /** Bytes kept, and numbers of folds, one element each. */
  readonly keptCount: Int32Array<ArrayBuffer>;
  readonly foldCount: Int32Array<ArrayBuffer>;
  /** The place of the first byte among the records of the stream, and how many bytes the records have. */
  readonly start: Float64Array<ArrayBuffer>;
  readonly size: Float64Array<ArrayBuffer>;
  /** How a batch's bytes leave it; undefined: as a copy. */
  readonly take: TakeBytes | undefined;
}

/** As they are, in memory that is no wider than need be. */
const copyOfBytes: TakeBytes = ({ kept, folds, size }) => ({
  // A slice would be filled with zeros first.
  kept: new Uint8Array(kept),
  folds: new Uint32Array(folds),
  size,
});

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

/** Folds bytes as they come: in memory of its own, or where it is told to until that is full. */
export class ByteFolder {
  readonly #start: Float64Array<ArrayBuffer>;
  readonly #size: Float64Array<ArrayBuffer>;
  readonly #keptCount: Int32Array<ArrayBuffer>;
  readonly #foldCount: Int32Array<ArrayBuffer>;
  #kept: Uint8Array<ArrayBuffer>;
  #folds: Uint32Array<ArrayBuffer>;
  #isInPlace: boolean;
  readonly #take: TakeBytes;

  /** `start`: the place of the first byte among the records of the stream. */
  constructor(start: number, place?: FoldPlace) {
    this.#take = place?.take ?? copyOfBytes;
    this.#isInPlace = place !== undefined;
    const { start: begin, size, keptCount, foldCount, kept, folds } = place ?? ownPlace();
    begin[0] = start;
    size[0] = 0;
    keptCount[0] = 0;
    foldCount[0] = 0;
    this.#start = begin;
    this.#size = size;
    this.#keptCount = keptCount;
    this.#foldCount = foldCount;
    this.#kept = kept;
    this.#folds = folds;
  }

  /** Bytes of the records so far. */
  get size(): number {
    return this.#size[0] ?? 0;
  }

  /** Everything lies where it was told to: compiled code may add to it. */
  get isInPlace(): boolean {
    return this.#isInPlace;
  }

  /** Takes a record; `repeats` are its own, none when absent. */
  add(bytes: Uint8Array, repeats: Repeats | undefined): void {
    const { size } = this;
    const start = this.#start[0] ?? 0;
    this.#reserve(bytes.length, repeats?.count ?? 0);
    let at = 0;
    if (repeats !== undefined) {
      for (let index = 0; index < repeats.count; index += 1) {
        const from = (repeats.from[index] ?? 0) - start;
        const place = repeats.at[index] ?? 0;
        const length = repeats.length[index] ?? 0;
        if (from < 0) continue;
        this.#keep(bytes, at, place);
        this.#fold(size + place, length, from);
        at = place + length;
      }
    }
    this.#keep(bytes, at, bytes.length);
    this.#size[0] = size + bytes.length;
  }

  finish(): FoldedBytes {
    const kept = this.#kept.subarray(0, this.#keptCount[0]);
    const folds = this.#folds.subarray(0, this.#foldCount[0]);
    return this.#take({ kept, folds, size: this.size });
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    const kept = this.#kept;
    const used = this.#keptCount[0] ?? 0;
    if (to - from <= FEW) for (let i = from; i < to; i += 1) kept[used + i - from] = bytes[i] ?? 0;
    else kept.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), used);
    this.#keptCount[0] = used + to - from;
  }

  #fold(place: number, length: number, from: number): void {
    const at = this.#foldCount[0] ?? 0;
    this.#folds[at] = place;
    this.#folds[at + 1] = length;
    this.#folds[at + 2] = from;
    this.#foldCount[0] = at + FOLD;
  }

  #reserve(bytes: number, folds: number): void {
    const kept = (this.#keptCount[0] ?? 0) + bytes;
    const numbers = (this.#foldCount[0] ?? 0) + folds * FOLD;
    if (kept <= this.#kept.length && numbers <= this.#folds.length) return;
    const wasInPlace = this.#isInPlace;
    this.#isInPlace = false;
    const wider = new Uint8Array(Math.max(kept, this.#kept.length) * 2);
    wider.set(this.#kept.subarray(0, this.#keptCount[0]));
    const more = new Uint32Array(Math.max(numbers, this.#folds.length) * 2);
    more.set(this.#folds.subarray(0, this.#foldCount[0]));
    if (!wasInPlace) this.#kept.buffer.transfer(0);
    this.#kept = wider;
    this.#folds = more;
  }
}

function ownPlace(): FoldPlace {
  return {
    kept: new Uint8Array(FIRST_CAPACITY),
    folds: new Uint32Array(FIRST_FOLDS * FOLD),
    keptCount: new Int32Array(1),
    foldCount: new Int32Array(1),
    start: new Float64Array(1),
    size: new Float64Array(1),
    take: undefined,
  };
}
