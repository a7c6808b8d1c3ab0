import type { ProcessFact } from '@forebear/model/event/facts';
import { faceKey } from '@forebear/model/graph/faceKey';
import { mergeProcessFact } from '@forebear/model/graph/mergeFacts';
import type Database from 'better-sqlite3';
import { BulkInsert } from './bulkInsert.ts';
import type { Partitions } from './partitions.ts';
import { factOfRow, type ProcessRow, processColumns, rowOf } from './processRow.ts';
import { refNumberOf } from './refNumber.ts';

interface Face {
  readonly id: number;
  readonly key: number;
  fact: ProcessFact;
}

/** Faces remembered between batches; the older half is asked of the database again. */
const generationSize = 100_000;

/** What the faces need of the pods: rows by key and keys by row. */
export interface PodRows {
  /** The row of a `podKey`, made when missing. */
  idOf(podKey: string): number;
  readonly keys: ReadonlyMap<number, string>;
}

/**
 * The writer's view of `processes`: merges sightings into faces by the model's own join, writes new faces in bulk and
 * changed ones in place. Ids are handed out here; the first face of a process key names the key.
 */
export class ProcessFaces {
  readonly #pods: PodRows;
  readonly #partitions: Pick<Partitions, 'inserts'>;
  readonly #selectPod: Database.Statement;
  /** Process key to pod row, as far as this writer has seen; what it has not is asked once. */
  #podOfKey = new Map<number, number>();
  readonly #insert: BulkInsert;
  readonly #update: Database.Statement;
  readonly #select: Database.Statement<[string], ProcessRow>;
  readonly #selectNextId: Database.Statement;
  #nextId: number;
  #young = new Map<string, Face>();
  #old = new Map<string, Face>();
  #keys = new Map<string, number>();
  #fresh = new Map<string, Face>();
  #changed = new Map<string, Face>();

  constructor(db: Database.Database, pods: PodRows, partitions: Pick<Partitions, 'inserts'>) {
    this.#pods = pods;
    this.#partitions = partitions;
    this.#selectPod = db
      .prepare(
        'SELECT coalesce(max(pod_id), 0) FROM (SELECT pod_id FROM processes WHERE id = ? UNION ALL SELECT pod_id FROM processes WHERE key = ? AND id <> key)',
      )
      .pluck();
    this.#insert = new BulkInsert(db, 'processes', processColumns, 50);
    this.#update = db.prepare(
      `UPDATE processes SET ${processColumns
        .slice(1)
        .map((column) => `${column} = ?`)
        .join(', ')} WHERE id = ?`,
    );
    this.#select = db
      .prepare<[string], ProcessRow>('SELECT * FROM processes WHERE exec_id = ?')
      .safeIntegers();
    this.#selectNextId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM processes').pluck();
    this.#nextId = Number(this.#selectNextId.get());
  }

  /** Merges one sighting; answers the numbers of its face and of its process key. */
  merge(fact: ProcessFact): { readonly id: number; readonly key: number } {
    const text = faceKey(fact);
    const known = this.#fresh.get(text) ?? this.#find(text, fact.id);
    if (known === undefined) {
      const id = this.#nextId;
      this.#nextId += 1;
      const face = { id, key: this.#keyFor(fact, id), fact };
      this.#fresh.set(text, face);
      return face;
    }
    const merged = mergeProcessFact(known.fact, fact);
    if (merged !== known.fact) {
      known.fact = merged;
      if (!this.#fresh.has(text)) this.#changed.set(text, known);
    }
    return known;
  }

  /** The number of a process key, if any face of it is known. */
  keyOf(fact: Pick<ProcessFact, 'dialect' | 'cluster' | 'id'>): number | undefined {
    const text = keyText(fact);
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    for (const row of this.#select.all(fact.id)) this.#remember(row);
    return this.#keys.get(text);
  }

  /** Notes which pod a process is in, so that its later events touch it. */
  notePod(key: number, pod: number): void {
    if (this.#podOfKey.size > 500_000) this.#podOfKey.clear();
    this.#podOfKey.set(key, pod);
  }

  /** The pod of a process key; 0: none known. */
  podOf(key: number): number {
    const known = this.#podOfKey.get(key);
    if (known !== undefined) return known;
    const pod = Number(this.#selectPod.get(key, key) ?? 0);
    this.notePod(key, pod);
    return pod;
  }

  /** Writes what the batch added and changed. */
  flush(): void {
    const { refs } = this.#partitions.inserts;
    for (const [text, face] of this.#fresh) {
      this.#insert.add(...rowOf(face.id, face.key, face.fact, this.#podId(face.fact)));
      refs.add(face.id, refNumberOf(face.fact), face.fact.pid ?? null);
      this.#keep(text, face);
    }
    this.#insert.flush();
    for (const face of this.#changed.values()) {
      const [id, ...values] = rowOf(face.id, face.key, face.fact, this.#podId(face.fact));
      this.#update.run(...values, id);
    }
    this.#fresh = new Map();
    this.#changed = new Map();
  }

  /** Forgets everything: the transaction was rolled back. */
  discard(): void {
    this.#insert.discard();
    this.#fresh = new Map();
    this.#changed = new Map();
    this.#young = new Map();
    this.#old = new Map();
    this.#keys = new Map();
    this.#podOfKey = new Map();
    this.#nextId = Number(this.#selectNextId.get());
  }

  #podId(fact: ProcessFact): number | undefined {
    return fact.pod === undefined ? undefined : this.#pods.idOf(fact.pod);
  }

  #find(text: string, id: string): Face | undefined {
    const remembered = this.#young.get(text) ?? this.#old.get(text);
    if (remembered !== undefined) return remembered;
    for (const row of this.#select.all(id)) this.#remember(row);
    return this.#young.get(text);
  }

  #remember(row: ProcessRow): void {
    const fact = factOfRow(row, this.#pods.keys);
    const text = faceKey(fact);
    this.#keys.set(keyText(fact), Number(row.key));
    if (this.#young.has(text) || this.#old.has(text)) return;
    this.#keep(text, { id: Number(row.id), key: Number(row.key), fact });
  }

  #keep(text: string, face: Face): void {
    if (this.#young.size >= generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#keys = new Map();
      for (const old of this.#old.values()) this.#keys.set(keyText(old.fact), old.key);
    }
    this.#young.set(text, face);
    this.#keys.set(keyText(face.fact), face.key);
  }

  /** The key of a new face: that of the first face of its process key, which `#find` has just looked up; else its own id. */
  #keyFor(fact: ProcessFact, id: number): number {
    const text = keyText(fact);
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    this.#keys.set(text, id);
    return id;
  }
}

function keyText(fact: Pick<ProcessFact, 'dialect' | 'cluster' | 'id'>): string {
  return `${fact.dialect}\0${fact.cluster}\0${fact.id}`;
}
