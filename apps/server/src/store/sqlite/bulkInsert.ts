import type Database from 'better-sqlite3';

/** What SQLite takes as a bound value here. */
export type Bound = number | bigint | string | null | Uint8Array;

/**
 * Inserts rows of one table many at a time: one statement binds `rowsAtOnce` rows as one flat array, which costs
 * about half of one insert per row (performance.md, section 2).
 */
export class BulkInsert {
  readonly #db: Database.Database;
  readonly #head: string;
  readonly #width: number;
  readonly #rowsAtOnce: number;
  readonly #full: Database.Statement;
  #values: Bound[] = [];

  constructor(db: Database.Database, table: string, columns: readonly string[], rowsAtOnce = 100) {
    this.#db = db;
    this.#head = `INSERT INTO ${table}(${columns.join(',')}) VALUES `;
    this.#width = columns.length;
    this.#rowsAtOnce = Math.min(rowsAtOnce, Math.floor(30_000 / columns.length));
    this.#full = db.prepare(this.#head + this.#places(this.#rowsAtOnce));
  }

  /** Takes one row, in the order of the columns. */
  add(...row: Bound[]): void {
    for (const value of row) this.#values.push(value);
    if (this.#values.length === this.#rowsAtOnce * this.#width) {
      this.#full.run(this.#values);
      this.#values = [];
    }
  }

  /** Writes what is left of the batch. */
  flush(): void {
    const rows = this.#values.length / this.#width;
    if (rows > 0) this.#db.prepare(this.#head + this.#places(rows)).run(this.#values);
    this.#values = [];
  }

  /** Forgets what was taken since the last flush: the transaction around it was rolled back. */
  discard(): void {
    this.#values = [];
  }

  #places(rows: number): string {
    const row = `(${Array.from({ length: this.#width }, () => '?').join(',')})`;
    return Array.from({ length: rows }, () => row).join(',');
  }
}
