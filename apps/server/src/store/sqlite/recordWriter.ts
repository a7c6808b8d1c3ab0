import { type FactBatch, recordOutcome } from '@forebear/model/event/factBatch';
import type Database from 'better-sqlite3';
import { blockBytes, type Place, packBlock } from './rawBlocks.ts';

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
      'INSERT INTO raw_blocks(first_record, records, source, size, places, data) VALUES (?, ?, ?, ?, ?, ?)',
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
  take(batch: FactBatch, row: number, source: number, reason: string): number {
    this.#last += 1;
    this.#rows.push(row);
    const { records } = batch;
    if (records.outcome[row] === recordOutcome.quarantined) {
      this.#insertQuarantined.run(
        this.#last,
        source,
        records.offset[row] ?? 0,
        records.length[row] ?? 0,
        records.line[row] ?? 0,
        records.member[row] ?? 0,
        reason,
      );
    }
    return this.#last;
  }

  /** Writes the bytes of what was taken of this batch, in blocks. */
  flush(batch: FactBatch, source: number): void {
    const { records, raw } = batch;
    const starts = new Float64Array(records.count + 1);
    for (let row = 0; row < records.count; row += 1)
      starts[row + 1] = (starts[row] ?? 0) + (records.length[row] ?? 0);
    let number = this.#last - this.#rows.length + 1;
    let block: number[] = [];
    let size = 0;
    const write = () => {
      if (block.length === 0) return;
      const bytes = new Uint8Array(size);
      const places: Place[] = [];
      const hashes: bigint[] = [];
      let at = 0;
      for (const row of block) {
        bytes.set(raw.subarray(starts[row] ?? 0, starts[row + 1] ?? 0), at);
        at += records.length[row] ?? 0;
        hashes.push(records.hash[row] ?? 0n);
        places.push({
          offset: records.offset[row] ?? 0,
          length: records.length[row] ?? 0,
          line: records.line[row] ?? 0,
          member: records.member[row] ?? 0,
          outcome: records.outcome[row] ?? 0,
        });
      }
      const packed = packBlock(bytes, places, hashes);
      this.#insertBlock.run(
        number,
        packed.records,
        source,
        packed.size,
        packed.places,
        packed.data,
      );
      number += block.length;
      block = [];
      size = 0;
    };
    for (const row of this.#rows) {
      block.push(row);
      size += records.length[row] ?? 0;
      if (size >= blockBytes) write();
    }
    write();
    this.#rows = [];
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
