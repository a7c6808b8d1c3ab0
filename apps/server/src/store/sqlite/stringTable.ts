import type Database from 'better-sqlite3';

/** How many texts are remembered; beyond it the older half is asked of the database again. */
const generationSize = 50_000;

/** The writer's view of `strings`: text to id, new texts inserted as they come. */
export class StringTable {
  readonly #select: Database.Statement;
  readonly #insert: Database.Statement;
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  constructor(db: Database.Database) {
    this.#select = db.prepare('SELECT id FROM strings WHERE text = ?').pluck();
    this.#insert = db.prepare('INSERT INTO strings(text) VALUES (?)');
  }

  /** The id of a text. */
  idOf(text: string): number {
    if (text === '') return 0;
    const known = this.#young.get(text) ?? this.#old.get(text);
    if (known !== undefined) return known;
    const stored = this.#select.get(text);
    const id = typeof stored === 'number' ? stored : Number(this.#insert.run(text).lastInsertRowid);
    if (this.#young.size >= generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, id);
    return id;
  }

  /** Forgets everything: the transaction that may have added some was rolled back. */
  forget(): void {
    this.#young = new Map();
    this.#old = new Map();
  }
}
