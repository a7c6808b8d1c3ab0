import type { RecordColumns } from './factBatch.ts';
import { columnLists, Int64List, type StringTable } from './rowLists.ts';

/** One record as the framer cut it. `bytes` are copied into the batch. */
export interface BuiltRecord {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly line: number;
  readonly member: number;
  readonly hash: bigint;
}

const FIRST_CAPACITY = 1 << 16;

/** The rows of a batch's records, and their bytes end to end. */
export class RecordRows {
  readonly #strings: StringTable;
  readonly #columns = columnLists({
    offset: Float64Array,
    length: Uint32Array,
    line: Float64Array,
    outcome: Uint8Array,
    reason: Uint32Array,
    member: Uint32Array,
  });
  readonly #hash = new Int64List();
  #raw: Uint8Array<ArrayBuffer>;
  #rawBytes = 0;

  constructor(strings: StringTable, expectedBytes: number) {
    this.#strings = strings;
    this.#raw = new Uint8Array(Math.max(expectedBytes, FIRST_CAPACITY));
  }

  get count(): number {
    return this.#hash.length;
  }

  get rawBytes(): number {
    return this.#rawBytes;
  }

  /** Takes a record and returns its row. */
  add(record: BuiltRecord, outcome: number, reason: string): number {
    const { bytes } = record;
    const columns = this.#columns;
    this.#reserve(bytes.length);
    this.#raw.set(bytes, this.#rawBytes);
    this.#rawBytes += bytes.length;
    columns.offset.push(record.offset);
    columns.length.push(bytes.length);
    columns.line.push(record.line);
    columns.outcome.push(outcome);
    columns.reason.push(this.#strings.indexOf(reason));
    columns.member.push(record.member);
    this.#hash.push(record.hash);
    return this.#hash.length - 1;
  }

  finish(): { readonly raw: Uint8Array; readonly records: RecordColumns } {
    const columns = this.#columns;
    return {
      // A view where little is wasted: cutting the buffer to size would copy it.
      raw:
        this.#rawBytes * 1.25 > this.#raw.length
          ? this.#raw.subarray(0, this.#rawBytes)
          : this.#raw.slice(0, this.#rawBytes),
      records: {
        count: this.#hash.length,
        offset: columns.offset.finish(),
        length: columns.length.finish(),
        line: columns.line.finish(),
        outcome: columns.outcome.finish(),
        reason: columns.reason.finish(),
        member: columns.member.finish(),
        hash: this.#hash.finishUnsigned(),
      },
    };
  }

  #reserve(length: number): void {
    const needed = this.#rawBytes + length;
    if (needed <= this.#raw.length) return;
    // In leaps: memory that is reserved and never touched costs nothing, each move costs a copy.
    const grown = new Uint8Array(Math.max(needed, this.#raw.length * 8));
    grown.set(this.#raw.subarray(0, this.#rawBytes));
    this.#raw = grown;
  }
}
