import type { CaseDb } from './caseDb.ts';

/** One name that the processes of one partition asked for, by what came of it. */
interface AskedRow {
  readonly process: number | null;
  readonly names: number;
  readonly response: number;
  readonly rcode: number;
  readonly seq: number;
}

/** What a pod (or a node) asked, by name: a lookup that shows it. */
interface Asked {
  readonly asked: Map<string, number>;
  readonly failed: Map<string, number>;
  readonly resolved: Set<string>;
}

const nxdomain = 3;
/** Longer than DNS allows: not looked into, as the graph does not. */
const longestName = 300;
/** The graph wants two names of a suffix in one pod, and two pods. */
const enough = 2;

/**
 * Finds a few lookups from which the graph learns the same search suffixes as from all of them: per suffix two names
 * that one pod asked bare and, failing, with the suffix, in two pods. Sealed partitions are read once.
 */
export class SuffixEvidence {
  readonly #sealed = new Map<number, readonly AskedRow[]>();

  lookups(db: CaseDb): number[] {
    const places = new Map<string, Asked>();
    const placeOf = placesOfProcesses(db);
    for (const { number, isSealed } of db.partitions) {
      let rows = this.#sealed.get(number);
      if (rows === undefined) {
        rows = db.all<AskedRow>(
          `SELECT process, names, response, rcode, min(seq) AS seq FROM lookups_${number} WHERE names > 0 AND process IS NOT NULL
            GROUP BY process, names, response, rcode`,
        );
        if (isSealed) this.#sealed.set(number, rows);
      }
      for (const row of rows) {
        const place = placeOf(row.process ?? 0);
        let asked = places.get(place);
        if (asked === undefined) {
          asked = { asked: new Map(), failed: new Map(), resolved: new Set() };
          places.set(place, asked);
        }
        for (const name of db.text(row.names).split('\n')) note(asked, name, row);
      }
    }
    const shownIn = new Map<string, number>();
    const seqs = new Set<number>();
    for (const asked of places.values()) {
      for (const [suffix, pairs] of suffixesOf(asked)) {
        const shown = shownIn.get(suffix) ?? 0;
        if (pairs.length < enough || shown >= enough) continue;
        shownIn.set(suffix, shown + 1);
        for (const pair of pairs) for (const seq of pair) seqs.add(seq);
      }
    }
    return [...seqs];
  }
}

function note({ asked, failed, resolved }: Asked, name: string, row: AskedRow): void {
  if (!asked.has(name)) asked.set(name, row.seq);
  if (row.response !== 1) return;
  if (row.rcode === 0) resolved.add(name);
  else if (row.rcode === nxdomain && !failed.has(name)) failed.set(name, row.seq);
}

/** By suffix at most two pairs: the lookup that failed with it, and one of the bare name. */
function suffixesOf({ asked, failed, resolved }: Asked): Map<string, [number, number][]> {
  const suffixes = new Map<string, [number, number][]>();
  for (const [name, seq] of failed) {
    if (resolved.has(name) || name.length > longestName) continue;
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const bare = asked.get(name.slice(0, dot));
      if (bare === undefined) continue;
      const suffix = name.slice(dot + 1);
      const pairs = suffixes.get(suffix);
      if (pairs === undefined) suffixes.set(suffix, [[seq, bare]]);
      else if (pairs.length < enough) pairs.push([seq, bare]);
    }
  }
  return suffixes;
}

/** Names the pod of a process number, with or without uid, or its node. */
function placesOfProcesses(db: CaseDb): (process: number) => string {
  const pods = new Map<number, string>();
  for (const { id, namespace, name } of db.all<{ id: number; namespace: string; name: string }>(
    'SELECT id, namespace, name FROM pods',
  ))
    pods.set(id, `p\0${namespace}\0${name}`);
  const known = new Map<number, string>();
  const select = db.db.prepare<[number], { pod: number | null; habitat: number }>(
    `SELECT f.pod_id AS pod, p.habitat FROM processes p
       LEFT JOIN processes f ON f.exec_id = p.exec_id AND f.pod_id IS NOT NULL WHERE p.id = ? LIMIT 1`,
  );
  return (process) => {
    const before = known.get(process);
    if (before !== undefined) return before;
    const row = select.get(process);
    const pod = row?.pod ?? undefined;
    const node = row === undefined ? '' : db.habitat(row.habitat).node;
    const place = (pod === undefined ? undefined : pods.get(pod)) ?? `n\0${node}`;
    known.set(process, place);
    return place;
  };
}
