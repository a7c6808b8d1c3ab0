import type { RecordColumns } from './factBatch.ts';
import { ByteFolder, type FoldedBytes } from './foldedBytes.ts';
import type { Repeats } from './repeats.ts';
import { columnLists, Int64List } from './rowLists.ts';
import type { StringTable } from './stringTable.ts';

/** One record as the framer cut it. `bytes` are copied into the batch. */
export interface BuiltRecord {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly line: number;
  readonly member: number;
  readonly hash: bigint;
  /** What of `bytes` the stream has had before; absent: nobody has looked. */
  readonly repeats?: Repeats | undefined;
}

/** The rows of a batch's records, and their bytes end to end, folded. */
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
  readonly #raw: ByteFolder;

  /** `start`: the place of the batch's first byte among the records of the stream. */
  constructor(strings: StringTable, start: number, expectedBytes: number) {
    this.#strings = strings;
    this.#raw = new ByteFolder(start, expectedBytes);
  }

  get count(): number {
    return this.#hash.length;
  }

  get rawBytes(): number {
    return this.#raw.size;
  }

  get keptBytes(): number {
    return this.#raw.keptBytes;
  }

  /** Takes a record and returns its row. */
  add(record: BuiltRecord, outcome: number, reason: string): number {
    const { bytes } = record;
    const columns = this.#columns;
    this.#raw.add(bytes, record.repeats);
    columns.offset.push(record.offset);
    columns.length.push(bytes.length);
    columns.line.push(record.line);
    columns.outcome.push(outcome);
    columns.reason.push(this.#strings.indexOf(reason));
    columns.member.push(record.member);
    this.#hash.push(record.hash);
    return this.#hash.length - 1;
  }

  finish(): { readonly raw: FoldedBytes; readonly records: RecordColumns } {
    const columns = this.#columns;
    return {
      raw: this.#raw.finish(),
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
}
