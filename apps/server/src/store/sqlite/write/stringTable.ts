import type Database from 'better-sqlite3';
import { BulkInsert } from '../layout/bulkInsert.ts';
import { IdFilter } from './idFilter.ts';
import { TextHash } from './textHash.ts';
import { RememberedTexts } from './textMap.ts';

/** How many texts are remembered; beyond it the older half is asked of the database again. */
const generationSize = 50_000;

/** The writer's view of `strings`: text to id, new texts numbered here and written with their batch. */
export class StringTable {
  readonly #select: Database.Statement;
  readonly #selectNextId: Database.Statement;
  readonly #insert: BulkInsert;
  readonly #stored = new IdFilter();
  readonly #ids = new RememberedTexts<number>(generationSize);
  readonly #hash = new TextHash();
  #nextId: number;

  constructor(db: Database.Database) {
    this.#select = db.prepare('SELECT id FROM strings WHERE text = ?').pluck();
    this.#selectNextId = db.prepare('SELECT max(id) + 1 FROM strings').pluck();
    this.#insert = new BulkInsert(db, 'strings', ['text'], 20);
    this.#nextId = Number(this.#selectNextId.get());
    const texts = db.prepare<[], string>('SELECT text FROM strings').pluck();
    for (const text of texts.iterate()) {
      this.#hash.takeText(text);
      this.#stored.add(this.#hash.low, this.#hash.high);
    }
  }

  /** The id of a text. */
  idOfText(text: string): number {
    this.#hash.takeText(text);
    return this.idOf(this.#hash.low, this.#hash.high, text);
  }

  /** The id of a text whose hash is known. */
  idOf(low: number, high: number, text: string): number {
    if (text === '') return 0;
    const known = this.#ids.get(low, high, text);
    if (known !== undefined) return known;
    const id = this.#storedId(low, high, text) ?? this.#take(text);
    this.#ids.add(low, high, text, id);
    return id;
  }

  /** Writes the texts that the batch brought. */
  flush(): void {
    this.#insert.flushUpTo(this.#nextId - 1);
    this.#ids.age();
  }

  /** Forgets everything: the transaction that may have added some was rolled back. */
  forget(): void {
    this.#insert.discard();
    this.#nextId = Number(this.#selectNextId.get());
    this.#ids.forget();
  }

  /** A text that was never stored is not looked for: most that are not remembered are new. */
  #storedId(low: number, high: number, text: string): number | undefined {
    if (!this.#stored.mayHaveOrAdd(low, high)) return undefined;
    const id = this.#select.get(text);
    return typeof id === 'number' ? id : undefined;
  }

  #take(text: string): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#insert.values[this.#insert.next()] = text;
    return id;
  }
}
