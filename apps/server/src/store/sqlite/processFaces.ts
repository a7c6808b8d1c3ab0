import type { ProcessFact } from '@forebear/model/event/facts';
import { mergeProcessFact } from '@forebear/model/graph/mergeFacts';
import type Database from 'better-sqlite3';
import { BulkInsert } from './bulkInsert.ts';
import { IdFilter } from './idFilter.ts';
import { type MarkRows, markRows, type RefRows, refRows } from './openRows.ts';
import { factOfRow, type ProcessRow, processColumns, rowOf } from './processRow.ts';
import { refNumberOf } from './refNumber.ts';

/** A face of a process as the writer holds it. */
export interface Face {
  readonly id: number;
  /** The number of its process key: that of the key's first face. */
  readonly key: number;
  fact: ProcessFact;
}

/** Ids remembered between batches; the older half is asked of the database again. */
const generationSize = 10_000;

/** What the faces need of the pods: rows by key and keys by row. */
export interface PodRows {
  /** The row of a `podKey`, made when missing. */
  idOf(podKey: string): number;
  readonly keys: ReadonlyMap<number, string>;
}

/** How much of a face has changed since it was written. */
type Change = 'traits' | 'more';

/**
 * The writer's view of `processes`: merges sightings into faces by the model's own join, writes new faces in bulk and
 * changed ones in place. Ids are handed out here; the first face of a process key names the key.
 */
export class ProcessFaces {
  readonly #pods: PodRows;
  readonly #insert: BulkInsert;
  readonly #update: Database.Statement;
  readonly #select: Database.Statement<[string], ProcessRow>;
  readonly #selectPod: Database.Statement;
  readonly #selectNextId: Database.Statement;
  readonly #stored: IdFilter;
  #nextId: number;
  /** Faces by the dialect's id: an id has one or two. */
  #young = new Map<string, Face[]>();
  #old = new Map<string, Face[]>();
  #fresh: Face[] = [];
  #changed = new Map<Face, Change>();
  #firstFresh: number;
  /** Process key to pod row, as far as this writer has seen; what it has not is asked once. */
  #podOfKey = new Map<number, number>();

  constructor(db: Database.Database, pods: PodRows) {
    this.#pods = pods;
    this.#insert = new BulkInsert(db, 'processes', processColumns, 50);
    const columns = processColumns.slice(1).map((column) => `${column} = ?`);
    this.#update = db.prepare(`UPDATE processes SET ${columns.join(', ')} WHERE id = ?`);
    this.#select = db
      .prepare<[string], ProcessRow>('SELECT * FROM processes WHERE exec_id = ?')
      .safeIntegers();
    this.#selectPod = db
      .prepare(
        'SELECT coalesce(max(pod_id), 0) FROM (SELECT pod_id FROM processes WHERE id = ? UNION ALL SELECT pod_id FROM processes WHERE key = ? AND id <> key)',
      )
      .pluck();
    this.#selectNextId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM processes').pluck();
    this.#nextId = Number(this.#selectNextId.get());
    this.#firstFresh = this.#nextId;
    this.#stored = new IdFilter();
    const ids = db.prepare<[], string>('SELECT exec_id FROM processes').pluck();
    for (const id of ids.iterate()) this.#stored.add(id);
  }

  /** Merges one sighting into its face. */
  merge(fact: ProcessFact): Face {
    const faces = this.#facesOf(fact.id);
    const known = faces.find((face) => isSameFace(face.fact, fact));
    if (known === undefined) {
      const id = this.#nextId;
      this.#nextId += 1;
      const first = faces.find((face) => isSameKey(face.fact, fact));
      const face: Face = { id, key: first?.key ?? id, fact };
      faces.push(face);
      this.#fresh.push(face);
      return face;
    }
    const merged = mergeProcessFact(known.fact, fact);
    if (merged === known.fact) return known;
    if (known.id < this.#firstFresh) {
      const change = saysNoMore(known.fact, merged) ? 'traits' : 'more';
      if (this.#changed.get(known) !== 'more') this.#changed.set(known, change);
    }
    known.fact = merged;
    return known;
  }

  /** The number of a process key, if any face of it is known. */
  keyOf(id: string, cluster: string): number | undefined {
    return this.#facesOf(id).find((face) => face.fact.cluster === cluster)?.key;
  }

  /** Notes which pod a process is in, so that its later events touch it. */
  notePod(key: number, pod: number): void {
    if (this.#podOfKey.size > 50_000) this.#podOfKey.clear();
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

  /** Writes what the batch added and changed; answers what the open partition keeps of it. */
  flush(): { refs: RefRows; marks: MarkRows } {
    const refs = refRows(this.#fresh.length);
    for (const { id, key, fact } of this.#fresh) {
      this.#insert.add(rowOf(id, key, fact, this.#podId(fact)));
      refs.columns.process[refs.count] = id;
      refs.columns.ref[refs.count] = refNumberOf(fact);
      refs.columns.pid[refs.count] = fact.pid ?? Number.NaN;
      refs.count += 1;
    }
    this.#insert.flush();
    const marks = markRows(this.#changed.size);
    for (const [face, change] of this.#changed) {
      const { fact } = face;
      if (change === 'traits') {
        marks.columns.process[marks.count] = face.id;
        marks.columns.traits[marks.count] = fact.traits;
        marks.columns.rank[marks.count] = fact.rank;
        marks.count += 1;
      } else {
        const [id, ...values] = rowOf(face.id, face.key, fact, this.#podId(fact));
        this.#update.run(...values, id);
      }
    }
    this.#fresh = [];
    this.#changed = new Map();
    this.#firstFresh = this.#nextId;
    return { refs, marks };
  }

  /** Forgets everything: the transaction was rolled back. */
  discard(): void {
    this.#insert.discard();
    this.#fresh = [];
    this.#changed = new Map();
    this.#young = new Map();
    this.#old = new Map();
    this.#podOfKey = new Map();
    this.#nextId = Number(this.#selectNextId.get());
    this.#firstFresh = this.#nextId;
  }

  #podId(fact: ProcessFact): number | undefined {
    return fact.pod === undefined ? undefined : this.#pods.idOf(fact.pod);
  }

  #facesOf(id: string): Face[] {
    const young = this.#young.get(id);
    if (young !== undefined) return young;
    const faces = this.#old.get(id) ?? this.#loaded(id);
    if (this.#young.size >= generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, faces);
    return faces;
  }

  /** An id that was never stored is not looked for: most are new. */
  #loaded(id: string): Face[] {
    if (!this.#stored.mayHave(id)) {
      this.#stored.add(id);
      return [];
    }
    return this.#select.all(id).map((row) => ({
      id: Number(row.id),
      key: Number(row.key),
      fact: factOfRow(row, this.#pods.keys),
    }));
  }
}

/** The same as equal `faceKey`s, without making the texts. */
function isSameFace(a: ProcessFact, b: ProcessFact): boolean {
  return (
    a.pid === b.pid &&
    a.startTime === b.startTime &&
    a.binary === b.binary &&
    a.node === b.node &&
    isSameKey(a, b)
  );
}

function isSameKey(a: ProcessFact, b: ProcessFact): boolean {
  return a.cluster === b.cluster && a.dialect === b.dialect;
}

/** Whether the join brought nothing but traits and a better rank: the indexes need not be touched. */
function saysNoMore(before: ProcessFact, after: ProcessFact): boolean {
  return (
    before.ktime === after.ktime &&
    before.parentId === after.parentId &&
    before.nsPid === after.nsPid &&
    before.uid === after.uid &&
    before.auid === after.auid &&
    before.user === after.user &&
    before.cwd === after.cwd &&
    before.arguments === after.arguments &&
    before.flags === after.flags &&
    before.pod === after.pod &&
    before.containerId === after.containerId &&
    before.docker === after.docker &&
    before.capabilities === after.capabilities &&
    before.ranks.every((rank, index) => rank === after.ranks[index])
  );
}
