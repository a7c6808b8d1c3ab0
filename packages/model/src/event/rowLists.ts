import { noTime } from './factBatch.ts';

/** Arrays whose elements are numbers of a fixed width. */
type NumberColumn =
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const FIRST_ROWS = 256;

/** The class of a column: made empty, or over memory. */
interface ColumnMaker<Column> {
  new (length: number): Column;
  new (memory: ArrayBuffer): Column;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * A growing column of numbers, in the width it will have: a list of plain numbers takes up to eight times the memory. What
 * it grows out of is given back at once: left to the collector, columns would make it run all the time.
 */
class ColumnList<Column extends NumberColumn> {
  readonly #make: ColumnMaker<Column>;
  #values: Column;
  length = 0;

  constructor(make: ColumnMaker<Column>) {
    this.#make = make;
    this.#values = new make(FIRST_ROWS);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = this.#resized(this.length * 2);
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** The column; to be pushed to no more. */
  finish(): Column {
    return this.#resized(this.length);
  }

  #resized(length: number): Column {
    const bytes = length * this.#make.BYTES_PER_ELEMENT;
    return new this.#make(this.#values.buffer.transfer(bytes));
  }
}

type Lists<Makers extends Record<string, ColumnMaker<NumberColumn>>> = {
  readonly [Name in keyof Makers]: ColumnList<InstanceType<Makers[Name]>>;
};

/** An empty list per column, of the array that each is to become. */
export function columnLists<Makers extends Record<string, ColumnMaker<NumberColumn>>>(
  makers: Makers,
): Lists<Makers> {
  const lists = Object.entries(makers).map(([name, make]) => [name, new ColumnList(make)]);
  // Object.fromEntries forgets the keys; the names are the parameter's own.
  return Object.fromEntries(lists) as Lists<Makers>;
}

/** Which half of 64 bits comes first in memory. */
const LOW = new Int32Array(new BigInt64Array([1n]).buffer)[0] === 1 ? 0 : 1;

/** A growing column of 64 bits: no object per value, which a list of bigints would hold. */
export class Int64List {
  #values = new BigInt64Array(FIRST_ROWS);
  #halves = new Int32Array(this.#values.buffer);
  length = 0;

  push(value: bigint): void {
    if (this.length === this.#values.length) this.#grow();
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** Pushes 64 bits as two numbers of 32, without making a bigint of them. */
  pushHalves(low: number, high: number): void {
    if (this.length === this.#values.length) this.#grow();
    this.#halves[this.length * 2 + LOW] = low;
    this.#halves[this.length * 2 + 1 - LOW] = high;
    this.length += 1;
  }

  #grow(): void {
    this.#values = this.#resized(this.length * 2);
    this.#halves = new Int32Array(this.#values.buffer);
  }

  /** The column; to be pushed to no more. */
  finish(): BigInt64Array<ArrayBuffer> {
    return this.#resized(this.length);
  }

  #resized(length: number): BigInt64Array<ArrayBuffer> {
    return new BigInt64Array(
      this.#values.buffer.transfer(length * BigInt64Array.BYTES_PER_ELEMENT),
    );
  }

  /** The same bits read as unsigned numbers. */
  finishUnsigned(): BigUint64Array<ArrayBuffer> {
    const { buffer, byteOffset, length } = this.finish();
    return new BigUint64Array(buffer, byteOffset, length);
  }
}

/** Lines of a joined list; a newline inside a text, which only a hostile log has, shows as its symbol. */
export function joinLines(texts: readonly string[]): string {
  if (texts.length < 2) return texts[0]?.replaceAll('\n', '␊') ?? '';
  return texts.map((text) => text.replaceAll('\n', '␊')).join('\n');
}

/** Reads what `joinLines` wrote. */
export function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

const LIMIT = 2n ** 63n;

/** A time or ktime as 64 bits; absent when it does not fit. */
export function time64(time: bigint | undefined): bigint {
  return time === undefined || time >= LIMIT || time < -LIMIT ? noTime : time;
}

/** Counters are unsigned 64-bit in the log; -1 stands for absent, and what does not fit is the largest that does. */
export function counter64(counter: bigint | undefined): bigint {
  if (counter === undefined || counter < 0n) return -1n;
  return counter >= LIMIT ? LIMIT - 1n : counter;
}
