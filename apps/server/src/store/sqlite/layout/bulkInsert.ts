import type Database from 'better-sqlite3';

/** What SQLite takes as a bound value here. A NaN is stored as NULL. */
export type Bound = number | bigint | string | null | Uint8Array;

/** Binds as NULL at a third of what null costs: the driver tries every other type before it. */
export const absent = Number.NaN;

/**
 * Inserts rows of one table some at a time: one statement binds several rows, which costs about half of one insert per row,
 * and takes them as arguments, which cost half of the elements of an array. A row is written
 * straight into the values:
 * `const at = insert.next(); insert.values[at] = first; insert.values[at + 1] = second; …`.
 *
 * A row that a constraint refuses fails the statement and keeps what it had written (OR FAIL), so the transaction around it must be
 * rolled back. In return SQLite need not copy each page that a statement touches, for which a table must be given no rowid either:
 * one that is bound might be no number, which it answers by undoing the statement.
 */
export class BulkInsert {
  readonly #db: Database.Database;
  readonly #head: string;
  readonly #width: number;
  readonly #full: Database.Statement;
  /** By how many rows they take: those that write the rest of a batch. */
  readonly #rest: (Database.Statement | undefined)[] = [];
  /** The values bound next; a row is `width` of them. */
  readonly values: Bound[];
  #used = 0;
  #last: number | undefined;

  constructor(db: Database.Database, table: string, columns: readonly string[], rowsAtOnce = 100) {
    this.#db = db;
    this.#head = `INSERT OR FAIL INTO ${table}(${columns.join(',')}) VALUES `;
    this.#width = columns.length;
    this.values = Array.from({ length: rowsAtOnce * columns.length }, () => null);
    this.#full = db.prepare(this.#head + this.#places(rowsAtOnce));
  }

  /** Where in `values` the next row begins; writes out what is there when it is full. */
  next(): number {
    if (this.#used === this.values.length) this.flush();
    const at = this.#used;
    this.#used += this.#width;
    return at;
  }

  /** Writes what is left of the batch. */
  flush(): void {
    const rows = this.#used / this.#width;
    if (rows === 0) return;
    const isFull = this.#used === this.values.length;
    const { lastInsertRowid } = isFull
      ? this.#full.run(...this.values)
      : this.#restOf(rows).run(...this.values.slice(0, this.#used));
    this.#last = Number(lastInsertRowid);
    this.#used = 0;
  }

  /** Writes what is left of a batch whose rows their writer has numbered; throws when the last has another rowid. */
  flushUpTo(lastId: number): void {
    this.flush();
    if (this.#last !== undefined && this.#last !== lastId)
      throw new Error(`the last row was written as ${this.#last}, taken as ${lastId}`);
  }

  /** Forgets what was taken since the last flush: the transaction around it was rolled back. */
  discard(): void {
    this.#used = 0;
    this.#last = undefined;
  }

  #restOf(rows: number): Database.Statement {
    this.#rest[rows] ??= this.#db.prepare(this.#head + this.#places(rows));
    return this.#rest[rows];
  }

  #places(rows: number): string {
    const row = `(${Array.from({ length: this.#width }, () => '?').join(',')})`;
    return Array.from({ length: rows }, () => row).join(',');
  }
}
