import { type FactBatch, recordOutcome } from '@forebear/model/event/factBatch';
import { unfold } from '@forebear/model/event/foldedBytes';
import type Database from 'better-sqlite3';
import { type CompressedBytes, compressBytes } from '../../../crossing/compressedBytes.ts';
import { blockBytes, packPlaces } from '../layout/rawBlocks.ts';
import type { BatchStrings } from './batchStrings.ts';

/** Numbers records, keeps their bytes in blocks, lists the quarantined. Records are numbered from 1 without gaps. */
export class RecordWriter {
  readonly #db: Database.Database;
  readonly #insertBlock: Database.Statement;
  readonly #insertQuarantined: Database.Statement;
  #last: number;
  #rows: number[] = [];

  constructor(db: Database.Database) {
    this.#db = db;
    this.#insertBlock = db.prepare(
      'INSERT INTO raw_blocks(first_record, records, source, size, places, data, folds) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertQuarantined = db.prepare('INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#last = this.#stored();
  }

  /** The number of the last record taken. */
  get last(): number {
    return this.#last;
  }

  /** After a rollback: what the file says. */
  reload(): void {
    this.#rows = [];
    this.#last = this.#stored();
  }

  /** Takes the record at `row`; answers its number. */
  take({ records }: FactBatch, row: number, source: number, strings: BatchStrings): number {
    this.#last += 1;
    this.#rows.push(row);
    if (records.outcome[row] === recordOutcome.quarantined) {
      this.#insertQuarantined.run(
        this.#last,
        source,
        records.offset[row] ?? 0,
        records.length[row] ?? 0,
        records.line[row] ?? 0,
        records.member[row] ?? 0,
        strings.text(records.reason[row]),
      );
    }
    return this.#last;
  }

  /** Writes the bytes of what was taken of this batch: as they came, unless some of them are duplicates. */
  flush(batch: FactBatch, source: number): void {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return;
    if (rows.length === batch.records.count)
      this.#insert(batch, source, compressBytes(batch.raw), rows);
    else this.#insertSome(batch, source, rows);
  }

  /** Writes some records of a batch. A fold may refer to one that is left out: nothing is folded then. */
  #insertSome(batch: FactBatch, source: number, rows: readonly number[]): void {
    const { records } = batch;
    const raw = unfold(batch.raw);
    const starts = new Float64Array(records.count + 1);
    for (let row = 0; row < records.count; row += 1)
      starts[row + 1] = (starts[row] ?? 0) + (records.length[row] ?? 0);
    let from = 0;
    let size = 0;
    for (const [at, row] of rows.entries()) {
      size += records.length[row] ?? 0;
      const isLast = at === rows.length - 1;
      if (size < blockBytes && !isLast) continue;
      const some = rows.slice(from, at + 1);
      const kept = bytesOf(raw, starts, some, size);
      const bytes = compressBytes({ kept, folds: noFolds, size });
      this.#insert(batch, source, bytes, some, rows.length - from);
      from = at + 1;
      size = 0;
    }
  }

  /** Writes a block. `untilLast`: how many of the records taken are its own or follow. */
  #insert(
    { records }: FactBatch,
    source: number,
    { data, folds, size }: CompressedBytes,
    rows: readonly number[],
    untilLast = rows.length,
  ): void {
    const first = this.#last - untilLast + 1;
    const places = packPlaces(records, rows);
    this.#insertBlock.run(first, rows.length, source, size, places, data, folds);
  }

  #stored(): number {
    return Number(
      this.#db
        .prepare('SELECT coalesce(max(first_record + records - 1), 0) FROM raw_blocks')
        .pluck()
        .get(),
    );
  }
}

const noFolds = new Uint32Array(0);

/** The bytes of some records, end to end: as they lie, unless a duplicate lies between them. */
function bytesOf(
  raw: Uint8Array,
  starts: Float64Array,
  rows: readonly number[],
  size: number,
): Uint8Array {
  const first = starts[rows[0] ?? 0] ?? 0;
  const last = starts[(rows.at(-1) ?? -1) + 1] ?? first;
  if (last - first === size) return raw.subarray(first, last);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const row of rows) {
    const part = raw.subarray(starts[row] ?? 0, starts[row + 1] ?? 0);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
