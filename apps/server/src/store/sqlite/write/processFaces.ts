import type Database from 'better-sqlite3';
import { absent, type Bound, BulkInsert } from '../layout/bulkInsert.ts';
import { type MarkRows, markRows, type RefRows, refRows } from '../layout/openRows.ts';
import { type ProcessRow, processColumns } from '../layout/processRow.ts';
import { refNumberOf } from '../layout/refNumber.ts';
import type { BatchStrings } from './batchStrings.ts';
import {
  addFace,
  bareFace,
  type Face,
  type FaceChange,
  type Faces,
  faceOfRow,
  joinFace,
  type KnownHabitat,
  type PodRows,
} from './face.ts';
import type { HabitatTable } from './habitatTable.ts';
import { IdFilter } from './idFilter.ts';
import { keyIn, type SightedFaces } from './sightedFaces.ts';
import { TextHash } from './textHash.ts';
import { RememberedTexts } from './textMap.ts';

/** Ids remembered between batches; the older half is asked of the database again. */
const generationSize = 10_000;

/**
 * The writer's view of `processes`: merges sightings into faces, writes new ones in bulk and changed ones in place. Ids are
 * handed out here; the first face of a process key names the key.
 */
export class ProcessFaces {
  readonly #pods: PodRows;
  readonly #habitats: HabitatTable;
  readonly #insert: BulkInsert;
  readonly #update: Database.Statement;
  readonly #select: Database.Statement<[string], ProcessRow>;
  readonly #selectNextId: Database.Statement;
  readonly #stored: IdFilter;
  #nextId: number;
  /** Faces by the dialect's id: an id has one or two. */
  readonly #remembered = new RememberedTexts<Faces>(generationSize);
  #fresh: Face[] = [];
  #changed: Face[] = [];
  #firstFresh: number;

  constructor(db: Database.Database, pods: PodRows, habitats: HabitatTable) {
    this.#pods = pods;
    this.#habitats = habitats;
    this.#insert = new BulkInsert(db, 'processes', processColumns, 10);
    const columns = processColumns.map((column) => `${column} = ?`);
    this.#update = db.prepare(`UPDATE processes SET ${columns.join(', ')} WHERE id = ?`);
    this.#select = db
      .prepare<[string], ProcessRow>('SELECT * FROM processes WHERE exec_id = ?')
      .safeIntegers();
    this.#selectNextId = db.prepare('SELECT coalesce(max(id), 0) + 1 FROM processes').pluck();
    this.#nextId = Number(this.#selectNextId.get());
    this.#firstFresh = this.#nextId;
    this.#stored = new IdFilter();
    const ids = db.prepare<[], string>('SELECT exec_id FROM processes').pluck();
    const hash = new TextHash();
    for (const id of ids.iterate()) {
      hash.takeText(id);
      this.#stored.add(hash.low, hash.high);
    }
  }

  /**
   * Every face of the id at an index, those of this batch too. It is asked once for each id of a batch, and the answer kept until the batch
   * is written: what is remembered between batches is bounded.
   */
  facesOf(strings: BatchStrings, index: number): Faces {
    const id = strings.text(index);
    const low = strings.lows[index] ?? 0;
    const high = strings.highs[index] ?? 0;
    const known = this.#remembered.get(low, high, id);
    if (known !== undefined) return known;
    const faces: Faces = { first: undefined };
    // An id that was never stored is not looked for: most are new.
    if (this.#stored.mayHaveOrAdd(low, high)) this.#recall(faces, id);
    this.#remembered.add(low, high, id, faces);
    return faces;
  }

  /** Merges one sighting into the face of its id that it shows, or makes one. Answers whether it said anything new. */
  merge(faces: Faces, sighted: SightedFaces, row: number, podId: number | null): boolean {
    const habitat = sighted.habitatAt(row);
    const known = sighted.faceIn(faces, row, habitat);
    if (known === undefined) {
      const id = this.#takeId();
      const key = keyIn(faces, habitat) ?? id;
      this.#take(faces, sighted.faceAt(row, { id, key }, habitat, podId));
      return true;
    }
    if (sighted.repeats(known, row, habitat, podId)) {
      this.#mark(known, sighted, row);
      return false;
    }
    const other = sighted.faceAt(row, known, habitat, podId);
    this.#note(known, joinFace(known, other, this.#pods, this.#habitats));
    return true;
  }

  /** Makes a process known that no sighting of the case describes. */
  addBare(faces: Faces, execId: string, habitat: KnownHabitat): Face {
    const id = this.#takeId();
    const face = bareFace(execId, habitat, { id, key: id, rank: 3 });
    this.#take(faces, face);
    return face;
  }

  /** Writes what the batch added and changed; answers what the open partition keeps of it. */
  flush(): { refs: RefRows; marks: MarkRows } {
    const refs = refRows(this.#fresh.length);
    for (const face of this.#fresh) {
      bind(face, this.#insert.values, this.#insert.next());
      refs.columns.process[refs.count] = face.id;
      refs.columns.ref[refs.count] = refOf(face);
      refs.columns.pid[refs.count] = face.pid ?? Number.NaN;
      refs.count += 1;
    }
    this.#insert.flushUpTo(this.#nextId - 1);
    const marks = markRows(this.#changed.length);
    const values: Bound[] = processColumns.map(() => null);
    for (const face of this.#changed) {
      if (face.change === 'marks') {
        marks.columns.process[marks.count] = face.id;
        marks.columns.traits[marks.count] = face.traits;
        marks.columns.rank[marks.count] = face.rank;
        marks.count += 1;
      } else {
        bind(face, values, 0);
        this.#update.run(...values, face.id);
      }
      face.change = 'none';
    }
    this.#fresh = [];
    this.#changed = [];
    this.#firstFresh = this.#nextId;
    this.#remembered.age();
    return { refs, marks };
  }

  /** Forgets everything: the transaction was rolled back. */
  discard(): void {
    this.#insert.discard();
    this.#fresh = [];
    this.#changed = [];
    this.#remembered.forget();
    this.#nextId = Number(this.#selectNextId.get());
    this.#firstFresh = this.#nextId;
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  #take(faces: Faces, face: Face): void {
    addFace(faces, face);
    this.#fresh.push(face);
  }

  #mark(face: Face, sighted: SightedFaces, row: number): void {
    const traits = face.traits | sighted.traitsAt(row);
    const rank = Math.max(face.rank, sighted.rankAt(row));
    if (traits === face.traits && rank === face.rank) return;
    face.traits = traits;
    face.rank = rank;
    this.#note(face, 'marks');
  }

  /** A fresh face is written as it is when the batch is. */
  #note(face: Face, change: FaceChange): void {
    if (change === 'none' || face.id >= this.#firstFresh) return;
    if (face.change === 'none') this.#changed.push(face);
    if (face.change !== 'row') face.change = change;
  }

  #recall(faces: Faces, id: string): void {
    for (const row of this.#select.all(id))
      addFace(faces, faceOfRow(row, this.#habitats.at(Number(row.habitat))));
  }
}

function refOf({ execId, habitat: { dialect, cluster, node } }: Face): number {
  return refNumberOf({ dialect, cluster, id: execId, node });
}

/** Writes a face into bound values, in the order of `processColumns`. */
function bind(face: Face, values: Bound[], at: number): void {
  values[at] = face.key;
  values[at + 1] = face.execId;
  values[at + 2] = face.parentId ?? absent;
  values[at + 3] = face.pid ?? absent;
  values[at + 4] = face.startTime ?? absent;
  values[at + 5] = face.binary ?? absent;
  values[at + 6] = face.arguments ?? absent;
  values[at + 7] = face.ktime ?? absent;
  values[at + 8] = face.nsPid ?? absent;
  values[at + 9] = face.podId ?? absent;
  values[at + 10] = face.habitat.id;
  values[at + 11] = face.traits;
  values[at + 12] = face.ranks;
  values[at + 13] = face.rank;
}
