import { classOf, eventKinds } from '@forebear/model/event/event';
import { type EventCounts, type ProcessFact, processKey } from '@forebear/model/event/facts';
import { nanos } from '@forebear/model/event/time';
import { bareFact } from '@forebear/model/graph/facts/factOf';
import type { MutableProcessFact } from '@forebear/model/graph/facts/mergeFacts';
import { earlier, later } from '@forebear/model/graph/order';
import { factOfRow, markedFact, type ProcessRow } from '../layout/processRow.ts';
import type { CaseDb } from './caseDb.ts';
import type { FactBag } from './factBag.ts';
import { storedKeyText } from './keyText.ts';
import { policyHitsIn } from './policyHits.ts';

/** A face's row with its fact. */
export interface LoadedFace {
  readonly id: number;
  readonly key: number;
  readonly fact: ProcessFact;
}

/** The loader's own: until they are handed over, what they did is added to them. */
interface OwnFace extends LoadedFace {
  readonly fact: MutableProcessFact;
}

/** Events of one process key and kind on one node, from the index that begins with process. */
interface ActivityRow {
  readonly process: bigint;
  readonly node: bigint;
  readonly kind: bigint;
  readonly fresh: bigint;
  readonly first: bigint | null;
  readonly last: bigint | null;
}

/** Of what an event's id alone shows. */
const activityRank = 3;
const alertBit = 1 << eventKinds.indexOf('alert');
const activityColumns =
  'process, node, kind, sum(same = 0) AS fresh, min(time) AS first, max(time) AS last';

/** The faces that a question has loaded, by their numbers, and what their events add to them. */
export class ProcessLoader {
  readonly #db: CaseDb;
  readonly #pods: ReadonlyMap<number, string>;
  readonly #marks: CaseDb['marks'];
  readonly #faces = new Map<number, OwnFace>();
  #newFaces: LoadedFace[] = [];
  readonly #keyTexts = new Map<number, string>();

  /** Keys of which another face than the first is loaded. */
  readonly #manyFaced = new Set<number>();
  readonly #clusters = new Set<string>();

  constructor(db: CaseDb, pods: ReadonlyMap<number, string>) {
    this.#db = db;
    this.#pods = pods;
    this.#marks = db.marks;
  }

  /** By row. */
  get faces(): ReadonlyMap<number, LoadedFace> {
    return this.#faces;
  }

  /** The faces of some rows of `processes`; those that are not loaded are read. */
  load(rows: readonly number[]): LoadedFace[] {
    const unknown = rows.filter((id) => !this.#faces.has(id));
    const sql = 'SELECT * FROM processes WHERE id IN {in}';
    for (const row of this.#db.iterateIn<ProcessRow>(sql, unknown)) this.take(row);
    const faces: LoadedFace[] = [];
    for (const id of rows) {
      const face = this.#faces.get(id);
      if (face !== undefined) faces.push(face);
    }
    return faces;
  }

  /** The faces loaded since the last call. */
  newFaces(): readonly LoadedFace[] {
    const faces = this.#newFaces;
    this.#newFaces = [];
    return faces;
  }

  /** Takes a row; answers its face, new or known. */
  take(row: ProcessRow): LoadedFace {
    const id = Number(row.id);
    const known = this.#faces.get(id);
    if (known !== undefined) return known;
    const face: OwnFace = {
      id,
      key: Number(row.key),
      fact: markedFact(
        factOfRow(row, this.#db.habitat(Number(row.habitat)), this.#pods),
        this.#marks.of(id),
      ),
    };
    this.#faces.set(id, face);
    this.#newFaces.push(face);
    if (face.key !== id) this.#manyFaced.add(face.key);
    this.#clusters.add(face.fact.cluster);
    this.#keyTexts.set(face.key, processKey(face.fact));
    return face;
  }

  /** The `processKey` of a process number; asked of the database when it is not loaded. */
  readonly keyText = (key: number): string => {
    const known = this.#keyTexts.get(key);
    if (known !== undefined) return known;
    const text = storedKeyText(this.#db, key);
    this.#keyTexts.set(key, text);
    return text;
  };

  /** Adds the loaded faces, what they did and when, to the bag; nothing is loaded after it. `whole`: every event is of a loaded face. */
  addTo(bag: FactBag, whole: boolean): void {
    const counts = new Map<number, Counts>();
    // The rows of one process on one node follow each other, a kind each: they are said as one.
    let run: Run | undefined;
    for (const row of whole ? this.#allActivity() : this.#activityOfFaces()) {
      const key = Number(row.process);
      const face = this.#faces.get(key);
      if (face === undefined) continue;
      if (row.fresh > 0n) count(counts, key, Number(row.kind), Number(row.fresh));
      if (run?.key !== key || run.node !== row.node) {
        this.#addRun(bag, run);
        run = { key, node: row.node, face, first: row.first, last: row.last };
      } else widen(run, row);
    }
    this.#addRun(bag, run);
    for (const { fact } of this.#faces.values()) bag.addProcess(fact);
    this.#markAlerted(counts, whole);
    const policies = policyHitsIn(this.#db, whole ? undefined : this.#keys());
    for (const [key, each] of counts)
      bag.addCounts({
        ...each,
        process: this.keyText(key),
        policies: policies.get(key) ?? each.policies,
      });
  }

  /** An alert is of the kind of what happened; that there was one is a bit of its own. */
  #markAlerted(counts: ReadonlyMap<number, Counts>, whole: boolean): void {
    const select = 'SELECT DISTINCT process FROM alerts WHERE process';
    const alerted = whole
      ? this.#db.all<number>(`${select} IS NOT NULL`, [], 'pluck')
      : this.#db.allIn<number>(`${select} IN {in}`, this.#keys(), 'pluck');
    for (const key of alerted) {
      const known = counts.get(key);
      if (known !== undefined) known.kinds |= alertBit;
    }
  }

  /** Activity is said of the bare id, as in the reference: which face was active no event tells. */
  #addRun(bag: FactBag, run: Run | undefined): void {
    if (run === undefined || run.first === null || run.last === null) return;
    const { fact } = run.face;
    const node = this.#db.text(Number(run.node));
    const firstSeen = nanos(run.first);
    const lastSeen = nanos(run.last);
    if (fact.node === node && this.#isOnlyFace(run.face)) {
      if (fact.rank < activityRank) fact.rank = activityRank;
      // Each partition has its own part of what a process did.
      fact.firstSeen = earlier(fact.firstSeen, firstSeen) ?? firstSeen;
      fact.lastSeen = later(fact.lastSeen, lastSeen) ?? lastSeen;
      return;
    }
    const { dialect, cluster, id } = fact;
    bag.addProcess({
      ...bareFact(id, node, cluster, activityRank, dialect),
      firstSeen,
      lastSeen,
    });
  }

  /**
   * Whether a face and its bare id on the same node would be all that the graph finds of a process: it joins the two, whatever
   * the boots, since a bare id goes to the boot of the face that has a start. Then they are one fact from the beginning. An id
   * without a cluster may turn out to be one of a named cluster: where there are both, all are left to the graph.
   */
  #isOnlyFace({ id, key, fact }: OwnFace): boolean {
    return (
      fact.startTime !== undefined &&
      id === key &&
      !this.#manyFaced.has(key) &&
      (this.#clusters.size === 1 || !this.#clusters.has(''))
    );
  }

  #allActivity(): Iterable<ActivityRow> {
    return this.#db.each<ActivityRow>(
      'events',
      `SELECT ${activityColumns} FROM {table} WHERE process IS NOT NULL GROUP BY process, node, kind`,
      'safe',
    );
  }

  #activityOfFaces(): Iterable<ActivityRow> {
    return this.#db.eachIn<ActivityRow>(
      'events',
      `SELECT ${activityColumns} FROM {table} WHERE process IN {in} GROUP BY process, node, kind`,
      this.#keys(),
      'safe',
    );
  }

  /** The process numbers of the loaded faces. */
  #keys(): number[] {
    return [...new Set([...this.#faces.values()].map(({ key }) => key))];
  }
}

/** What one process did on one node, as it adds up. */
interface Run {
  readonly key: number;
  readonly node: bigint;
  readonly face: OwnFace;
  first: bigint | null;
  last: bigint | null;
}

function widen(run: Run, { first, last }: ActivityRow): void {
  if (first !== null && (run.first === null || first < run.first)) run.first = first;
  if (last !== null && (run.last === null || last > run.last)) run.last = last;
}

/** Events of one process by class, as they add up. */
type Counts = { -readonly [Name in keyof Omit<EventCounts, 'process'>]: EventCounts[Name] };

function count(counts: Map<number, Counts>, key: number, kind: number, events: number): void {
  let known = counts.get(key);
  if (known === undefined) {
    known = { exec: 0, network: 0, dns: 0, file: 0, other: 0, kinds: 0, policies: [] };
    counts.set(key, known);
  }
  known[classOf(eventKinds[kind] ?? 'other')] += events;
  known.kinds |= 1 << kind;
}
