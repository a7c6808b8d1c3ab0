import type Database from 'better-sqlite3';
import { Marks } from '../layout/marks.ts';
import { type OpenRows, openRowsAfter, packRows } from '../layout/openRows.ts';
import { partitionTables, sealedIndexes, tableNames, tableOf } from '../layout/partitionTables.ts';
import { unpackPlaces } from '../layout/rawBlocks.ts';
import { RowUnfolder } from '../layout/unfoldRows.ts';
import { halvesOf, SeenSet, type TimeSpan } from './seenSet.ts';

/** When the open partition is sealed and the next one begun. */
export interface SealPolicy {
  /** Records after which it is. */
  readonly records: number;
  /** A source that ends seals it if it holds at least this many. */
  readonly atEnd: number;
}

/** The open partition is columns, which readers unfold: its size bounds what they hold and scan. */
export const defaultSealPolicy: SealPolicy = { records: 500_000, atEnd: 50_000 };

/** Reads a policy that crossed a thread. Throws for what is none. */
export function sealPolicyOf(value: unknown): SealPolicy {
  if (typeof value === 'object' && value !== null && 'records' in value && 'atEnd' in value) {
    const { records, atEnd } = value;
    if (typeof records === 'number' && typeof atEnd === 'number') return { records, atEnd };
  }
  throw new Error('a writer needs to know when to seal');
}

interface Row {
  readonly number: number;
  readonly first_seq: number;
  readonly last_seq: number | null;
  readonly first_record: number;
  readonly last_record: number | null;
  readonly first_time: string | null;
  readonly last_time: string | null;
}

interface OpenPartition {
  readonly number: number;
  readonly firstRecord: number;
}

/** The writer's partitions: the open one's columns, the sets of what was seen, sealing. */
export class Partitions {
  readonly #db: Database.Database;
  /** Hashes of records (duplicates) and senses of events (`sameAs`). */
  readonly hashes = new SeenSet();
  readonly senses = new SeenSet();
  #open: OpenPartition;
  readonly #insert: Database.Statement;
  #loaded = new Map<string, BigUint64Array>();

  constructor(db: Database.Database) {
    this.#db = db;
    this.#insert = db.prepare('INSERT INTO open_rows(last_seq, data) VALUES (?, ?)');
    const rows = db
      .prepare<[], Row>(
        `SELECT number, first_seq, last_seq, first_record, last_record,
           CAST(first_time AS TEXT) AS first_time, CAST(last_time AS TEXT) AS last_time FROM partitions ORDER BY number`,
      )
      .all();
    for (const row of rows) {
      if (row.last_seq === null) continue;
      for (const column of ['hashes', 'senses'] as const) {
        const load = this.#loader(row.number, column);
        this[column].addSealed(load(), load, spanOf(row.first_time, row.last_time));
      }
    }
    this.#loaded.clear();
    const last = rows.at(-1);
    if (last !== undefined && last.last_seq === null) {
      this.#open = { number: last.number, firstRecord: last.first_record };
      this.#recallOpen(last);
    } else {
      this.#open = this.#begin(
        (last?.number ?? 0) + 1,
        (last?.last_seq ?? 0) + 1,
        (last?.last_record ?? 0) + 1,
      );
    }
  }

  get number(): number {
    return this.#open.number;
  }

  get firstRecord(): number {
    return this.#open.firstRecord;
  }

  /** An open partition that layout 2 left as rows: it is sealed as it is, for nobody looks into its tables before. */
  sealEarlier(lastSeq: number, lastRecord: number): void {
    const { number } = this.#open;
    const hasTables =
      this.#db
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .get(tableOf('events', number)) !== undefined;
    if (hasTables) this.seal(lastSeq, lastRecord);
  }

  /** Keeps the rows of a batch. */
  add(rows: OpenRows): void {
    if (isEmpty(rows)) return;
    this.#insert.run(rows.firstSeq + rows.events.count - 1, packRows(rows));
  }

  /**
   * Writes the open partition's columns as rows with their indexes, stores its sets, begins the next. In one transaction of
   * its own; all or nothing.
   */
  seal(lastSeq: number, lastRecord: number): void {
    const { number } = this.#open;
    const hashes = this.hashes.sorted();
    const senses = this.senses.sorted();
    const { next, span } = this.#db.transaction(() => {
      this.#unfold(number);
      for (const [table, name, columns] of sealedIndexes) {
        this.#db.exec(
          `CREATE INDEX ${tableOf(table, number)}_${name} ON ${tableOf(table, number)}(${columns})`,
        );
      }
      const times = this.#db
        .prepare<[], { first: string | null; last: string | null }>(
          `SELECT CAST(min(time) AS TEXT) AS first, CAST(max(time) AS TEXT) AS last FROM ${tableOf('events', number)}`,
        )
        .get();
      const sealed = spanOf(times?.first ?? null, times?.last ?? null);
      this.#db
        .prepare(
          'UPDATE partitions SET last_seq = ?, last_record = ?, hashes = ?, senses = ?, first_time = ?, last_time = ? WHERE number = ?',
        )
        .run(
          lastSeq,
          lastRecord,
          bytesOf(hashes),
          bytesOf(senses),
          sealed?.first ?? null,
          sealed?.last ?? null,
          number,
        );
      this.#db.exec('DELETE FROM open_rows');
      return { next: this.#begin(number + 1, lastSeq + 1, lastRecord + 1), span: sealed };
    })();
    this.hashes.seal(hashes, this.#loader(number, 'hashes'), span);
    this.senses.seal(senses, this.#loader(number, 'senses'), span);
    this.#open = next;
  }

  #begin(number: number, firstSeq: number, firstRecord: number): OpenPartition {
    this.#db
      .prepare('INSERT INTO partitions(number, first_seq, first_record) VALUES (?, ?, ?)')
      .run(number, firstSeq, firstRecord);
    return { number, firstRecord };
  }

  /** The tables of a partition and all its rows; those that layout 2 left open are in their tables already. */
  #unfold(number: number): void {
    for (const table of tableNames) {
      this.#db.exec(
        `CREATE TABLE IF NOT EXISTS ${tableOf(table, number)}(${partitionTables[table]})`,
      );
    }
    const unfolder = new RowUnfolder(this.#db, 'main', number);
    const marks = new Marks();
    for (const { rows } of openRowsAfter(this.#db, 0)) {
      unfolder.add(rows);
      marks.add(rows);
    }
    unfolder.flush();
    marks.apply(this.#db);
  }

  /** After a restart the open sets are read back from what was added since the last seal. */
  #recallOpen(open: Row): void {
    const blocks = this.#db.prepare<[number], { places: Uint8Array }>(
      'SELECT places FROM raw_blocks WHERE first_record >= ? ORDER BY id',
    );
    for (const { places } of blocks.iterate(open.first_record)) {
      const halves = halvesOf(unpackPlaces(places).hashes);
      for (let at = 0; at < halves.length; at += 2)
        this.hashes.recall(halves[at] ?? 0, halves[at + 1] ?? 0);
    }
    for (const { rows } of openRowsAfter(this.#db, 0)) {
      const halves = halvesOf(rows.senses.columns.sense);
      for (let at = 0; at < halves.length; at += 2)
        this.senses.recall(halves[at] ?? 0, halves[at + 1] ?? 0);
    }
  }

  /** Reads a sealed set back; the last few stay, since duplicates of one file come in a row. */
  #loader(number: number, column: 'hashes' | 'senses'): () => BigUint64Array {
    const key = `${column}${number}`;
    return () => {
      const loaded = this.#loaded.get(key);
      if (loaded !== undefined) return loaded;
      const blob = this.#db
        .prepare<[number], Uint8Array | null>(`SELECT ${column} FROM partitions WHERE number = ?`)
        .pluck()
        .get(number);
      const set =
        blob === undefined || blob === null
          ? new BigUint64Array()
          : new BigUint64Array(new Uint8Array(blob).buffer);
      if (this.#loaded.size >= 4) this.#loaded.clear();
      this.#loaded.set(key, set);
      return set;
    };
  }
}

function isEmpty({ events, refs, marks }: OpenRows): boolean {
  return events.count + refs.count + marks.count === 0;
}

function spanOf(first: string | null, last: string | null): TimeSpan | undefined {
  return first === null || last === null ? undefined : { first: BigInt(first), last: BigInt(last) };
}

function bytesOf(values: BigUint64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
