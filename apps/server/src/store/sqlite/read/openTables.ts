import type Database from 'better-sqlite3';
import { Marks } from '../layout/marks.ts';
import { openRowsAfter } from '../layout/openRows.ts';
import { partitionTables, tableNames, tableOf } from '../layout/partitionTables.ts';
import { RowUnfolder } from '../layout/unfoldRows.ts';

/**
 * The open partition as a reader sees it: its columns unfolded into temporary tables of the names that it will have in the
 * file, so that a question asks all partitions alike. Each batch is unfolded once, by the first question that needs it.
 */
export class OpenTables {
  readonly #db: Database.Database;
  readonly marks = new Marks();
  #partition = 0;
  #unfolder: RowUnfolder | undefined;
  #last = 0;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Brings the tables to the running snapshot, whose open partition this is. */
  follow(partition: number): void {
    if (partition !== this.#partition) {
      this.drop();
      this.#partition = partition;
    }
    this.#unfolder ??= this.#begin();
    for (const { id, rows } of openRowsAfter(this.#db, this.#last)) {
      this.#unfolder.add(rows);
      this.marks.add(rows);
      this.#last = id;
    }
    this.#unfolder.flush();
  }

  /** A snapshot's open partition is this one: the tables of another, sealed since, would hide those in the file. */
  leaveOthers(partition: number): void {
    if (this.#partition > 0 && this.#partition !== partition) this.drop();
  }

  /**
   * Forgets what was unfolded: the partition was sealed, or the question that unfolded it was rolled back. Whatever is there
   * goes: a question that is rolled back brings back the tables that were dropped in it.
   */
  drop(): void {
    const tables = this.#db
      .prepare<[], string>("SELECT name FROM temp.sqlite_schema WHERE type = 'table'")
      .pluck();
    for (const table of tables.all()) this.#db.exec(`DROP TABLE temp.${table}`);
    this.#partition = 0;
    this.#unfolder = undefined;
    this.#last = 0;
    this.marks.clear();
  }

  #begin(): RowUnfolder {
    for (const table of tableNames) {
      this.#db.exec(
        `CREATE TABLE temp.${tableOf(table, this.#partition)}(${partitionTables[table]})`,
      );
    }
    return new RowUnfolder(this.#db, 'temp', this.#partition);
  }
}
