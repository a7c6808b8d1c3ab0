import type { ArenaRows } from './arenaRows.ts';
import type { RecordColumns } from './factBatch.ts';
import { ByteFolder, type FoldedBytes } from './foldedBytes.ts';
import type { Repeats } from './repeats.ts';
import type { StringTable } from './stringTable.ts';
import { Table } from './table.ts';
import { recordLayout } from './tables.ts';

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
  readonly #table: Table<typeof recordLayout>;
  readonly #raw: ByteFolder;

  /** `start`: the place of the batch's first byte among the records of the stream. */
  constructor(strings: StringTable, start: number, rows?: ArenaRows) {
    this.#strings = strings;
    this.#table = new Table(recordLayout, rows?.records);
    this.#raw = new ByteFolder(start, rows?.bytes);
  }

  get count(): number {
    return this.#table.count;
  }

  get rawBytes(): number {
    return this.#raw.size;
  }

  /** Compiled code may add to them. */
  get areInPlace(): boolean {
    return this.#table.isInPlace && this.#raw.isInPlace;
  }

  /** Takes a record and returns its row. */
  add(record: BuiltRecord, outcome: number, reason: string): number {
    const { bytes } = record;
    this.#raw.add(bytes, record.repeats);
    const row = this.#table.add();
    const { columns } = this.#table;
    columns.offset[row] = record.offset;
    columns.length[row] = bytes.length;
    columns.line[row] = record.line;
    columns.outcome[row] = outcome;
    columns.reason[row] = this.#strings.indexOf(reason);
    columns.member[row] = record.member;
    columns.hash[row] = record.hash;
    return row;
  }

  finish(): { readonly raw: FoldedBytes; readonly records: RecordColumns } {
    return { raw: this.#raw.finish(), records: this.#table.finish() };
  }
}
