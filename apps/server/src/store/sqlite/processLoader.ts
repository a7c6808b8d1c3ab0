import { type ProcessFact, processKey } from '@forebear/model/event/facts';
import { nanos } from '@forebear/model/event/time';
import { bareFact } from '@forebear/model/graph/factOf';
import type { CaseDb } from './caseDb.ts';
import { countsOf } from './detailFacts.ts';
import type { FactBag } from './factBag.ts';
import { factOfRow, type ProcessRow } from './processRow.ts';

/** A face's row with its fact. */
export interface LoadedFace {
  readonly id: number;
  readonly key: number;
  readonly fact: ProcessFact;
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

const activityColumns =
  'process, node, kind, sum(same = 0) AS fresh, min(time) AS first, max(time) AS last';

/** The faces that a question has loaded, by their numbers, and what their events add to them. */
export class ProcessLoader {
  readonly #db: CaseDb;
  readonly #pods: ReadonlyMap<number, string>;
  readonly faces = new Map<number, LoadedFace>();
  readonly #keyTexts = new Map<number, string>();

  constructor(db: CaseDb, pods: ReadonlyMap<number, string>) {
    this.#db = db;
    this.#pods = pods;
  }

  /** Takes a row; answers its face, new or known. */
  take(row: ProcessRow): LoadedFace {
    const id = Number(row.id);
    const known = this.faces.get(id);
    if (known !== undefined) return known;
    const face = { id, key: Number(row.key), fact: factOfRow(row, this.#pods) };
    this.faces.set(id, face);
    this.#keyTexts.set(face.key, processKey(face.fact));
    return face;
  }

  /** The `processKey` of a process number; asked of the database when it is not loaded. */
  readonly keyText = (key: number): string => {
    const known = this.#keyTexts.get(key);
    if (known !== undefined) return known;
    const [row] = this.#db.all<{ dialect: 'tetragon'; cluster: string; exec_id: string }>(
      'SELECT dialect, cluster, exec_id FROM processes WHERE id = ?',
      [key],
    );
    const text = row === undefined ? '' : processKey({ ...row, id: row.exec_id });
    this.#keyTexts.set(key, text);
    return text;
  };

  /** Adds the loaded faces, what they did and when, to the bag. `whole`: every event is of a loaded face. */
  addTo(bag: FactBag, whole: boolean): void {
    for (const { fact } of this.faces.values()) bag.addProcess(fact);
    for (const row of whole ? this.#allActivity() : this.#activityOfFaces())
      this.#addActivity(bag, row);
  }

  /** Activity is said of the bare id, as in the reference: which face was active no event tells. */
  #addActivity(bag: FactBag, row: ActivityRow): void {
    const face = this.faces.get(Number(row.process));
    if (face === undefined) return;
    const { dialect, cluster, id } = face.fact;
    if (row.fresh > 0n)
      bag.addCounts(countsOf(processKey(face.fact), Number(row.kind), Number(row.fresh)));
    if (row.first === null || row.last === null) return;
    const node = this.#db.text(Number(row.node));
    const times = { firstSeen: nanos(row.first), lastSeen: nanos(row.last) };
    bag.addProcess({ ...bareFact(id, node, cluster, 3, dialect), ...times });
  }

  *#allActivity(): Iterable<ActivityRow> {
    for (const { number } of this.#db.partitions) {
      yield* this.#db.all<ActivityRow>(
        `SELECT ${activityColumns} FROM events_${number} WHERE process IS NOT NULL GROUP BY process, node, kind`,
        [],
        'safe',
      );
    }
  }

  *#activityOfFaces(): Iterable<ActivityRow> {
    const keys = [...new Set([...this.faces.values()].map(({ key }) => key))];
    yield* this.#db.eachIn<ActivityRow>(
      'events',
      `SELECT ${activityColumns} FROM {table} WHERE process IN {in} GROUP BY process, node, kind`,
      keys,
      'safe',
    );
  }
}
