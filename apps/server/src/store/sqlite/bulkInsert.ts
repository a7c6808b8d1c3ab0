import type Database from 'better-sqlite3';

/** What SQLite takes as a bound value here. A NaN is stored as NULL. */
export type Bound = number | bigint | string | null | Uint8Array;

/** Binds as NULL at a third of what null costs: the driver tries every other type before it. */
export const absent = Number.NaN;

/**
 * Inserts rows of one table many at a time: one statement binds many rows, which costs about half of one insert per row
 * (performance.md, section 2), and takes them as arguments, which cost half of the elements of an array. A row is written
 * straight into the values:
 * `const at = insert.next(); insert.values[at] = first; insert.values[at + 1] = second; …`.
 */
export class BulkInsert {
  readonly #db: Database.Database;
  readonly #head: string;
  readonly #width: number;
  readonly #full: Database.Statement;
  /** The values bound next; a row is `width` of them. */
  readonly values: Bound[];
  #used = 0;

  constructor(db: Database.Database, table: string, columns: readonly string[], rowsAtOnce = 100) {
    this.#db = db;
    this.#head = `INSERT INTO ${table}(${columns.join(',')}) VALUES `;
    this.#width = columns.length;
    this.values = Array.from({ length: rowsAtOnce * columns.length }, () => null);
    this.#full = db.prepare(this.#head + this.#places(rowsAtOnce));
  }

  /** Where in `values` the next row begins; writes out what is there when it is full. */
  next(): number {
    if (this.#used === this.values.length) {
      this.#full.run(...this.values);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += this.#width;
    return at;
  }

  /** Writes what is left of the batch. */
  flush(): void {
    const rows = this.#used / this.#width;
    if (this.#used === this.values.length) this.#full.run(...this.values);
    else if (rows > 0)
      this.#db.prepare(this.#head + this.#places(rows)).run(...this.values.slice(0, this.#used));
    this.#used = 0;
  }

  /** Forgets what was taken since the last flush: the transaction around it was rolled back. */
  discard(): void {
    this.#used = 0;
  }

  #places(rows: number): string {
    const row = `(${Array.from({ length: this.#width }, () => '?').join(',')})`;
    return Array.from({ length: rows }, () => row).join(',');
  }
}
