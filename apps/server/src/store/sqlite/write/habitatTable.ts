import type Database from 'better-sqlite3';
import { absent, BulkInsert } from '../layout/bulkInsert.ts';
import { type Habitat, habitatColumns, habitatValues, selectHabitat } from '../layout/habitat.ts';
import type { HabitatRows, KnownHabitat } from './face.ts';

/** How many habitats are remembered; beyond it the older half gets new rows. */
const generationSize = 10_000;

/**
 * The writer's view of `habitats`: a process's is found by what it says, or numbered here and written with its batch. One that is
 * no longer remembered gets another row: a few bytes, against an index of long texts.
 */
export class HabitatTable implements HabitatRows {
  readonly #select: Database.Statement<[number], Habitat>;
  readonly #selectNextId: Database.Statement;
  readonly #insert: BulkInsert;
  #nextId: number;
  #young = new Map<string, KnownHabitat>();
  #old = new Map<string, KnownHabitat>();

  constructor(db: Database.Database) {
    this.#select = db.prepare<[number], Habitat>(selectHabitat);
    this.#selectNextId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM habitats').pluck();
    this.#insert = new BulkInsert(db, 'habitats', habitatColumns, 10);
    this.#nextId = Number(this.#selectNextId.get());
  }

  of(habitat: Habitat): KnownHabitat {
    const key = keyOf(habitat);
    return this.#find(key) ?? this.#remember(key, this.#take(habitat));
  }

  /** The habitat of a stored row; throws for a number that no row has. */
  at(id: number): KnownHabitat {
    const habitat = this.#select.get(id);
    if (habitat === undefined) throw new Error(`there is no habitat ${id}`);
    const key = keyOf(habitat);
    return this.#find(key) ?? this.#remember(key, { ...habitat, id });
  }

  /** Writes those that the batch brought. */
  flush(): void {
    this.#insert.flushUpTo(this.#nextId - 1);
    if (this.#young.size < generationSize) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  /** Forgets everything: the transaction that may have added some was rolled back. */
  forget(): void {
    this.#insert.discard();
    this.#nextId = Number(this.#selectNextId.get());
    this.#young = new Map();
    this.#old = new Map();
  }

  #find(key: string): KnownHabitat | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    return old === undefined ? undefined : this.#remember(key, old);
  }

  #remember(key: string, habitat: KnownHabitat): KnownHabitat {
    this.#young.set(key, habitat);
    return habitat;
  }

  #take(habitat: Habitat): KnownHabitat {
    const id = this.#nextId;
    this.#nextId += 1;
    const { values } = this.#insert;
    const at = this.#insert.next();
    for (const [index, value] of habitatValues(habitat).entries())
      values[at + index] = value ?? absent;
    return { ...habitat, id };
  }
}

function keyOf(habitat: Habitat): string {
  return JSON.stringify(habitatValues(habitat));
}
