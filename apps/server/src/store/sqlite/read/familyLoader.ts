import type { ContainerFact, NodeFact } from '@forebear/model/event/facts';
import { bareContainerId } from '@forebear/model/graph/containment/dockerPrefix';
import type { ProcessRow } from '../layout/processRow.ts';
import type { CaseDb } from './caseDb.ts';
import type { LoadedFace, ProcessLoader } from './processLoader.ts';
import type { SmallFacts } from './smallFacts.ts';

/** Children of a process that nobody described, of which the nearest tells its boot. */
const datingChildren = 16;
/** Nanoseconds within which two boots are one. */
const nearBoots = 60_000_000_000;

function hasRebooted({ bootSeconds }: NodeFact): boolean {
  const [first = 0] = bootSeconds;
  return bootSeconds.some((second) => Math.abs(second - first) > nearBoots / 1e9);
}
const shortestDocker = 12;

/** Faces of containers, or of what is there of their ids, that no record puts into a pod. */
const looseFaces =
  'FROM habitats h CROSS JOIN processes p ON p.habitat = h.id WHERE p.pod_id IS NULL';

/**
 * Loads processes with everything that what is derived of them depends on: every face of each id, all ancestors, what
 * took an ancestor's pid over, the children that date a ghost, and who else had a pid. Indexes tell which faces those are,
 * so that only the rows of new ones are read: most are met several times.
 */
export class FamilyLoader {
  readonly #db: CaseDb;
  readonly #loader: ProcessLoader;
  readonly #hasReboots: boolean;
  readonly #faced = new Set<string>();
  readonly #parented = new Set<string>();

  constructor(db: CaseDb, loader: ProcessLoader, { nodes }: Pick<SmallFacts, 'nodes'>) {
    this.#db = db;
    this.#loader = loader;
    this.#hasReboots = nodes.some(hasRebooted);
  }

  /** The processes of some pods: by name, by container, by the truncated id of a container. Answers their ids. */
  seedsOfPods(pods: readonly number[], containers: readonly ContainerFact[]): string[] {
    const rows = [this.#rowsIn('SELECT id FROM processes WHERE pod_id IN {in}', pods)];
    const ids = containers.map(({ id }) => id);
    rows.push(this.#rowsIn(`SELECT p.id ${looseFaces} AND h.container_id IN {in}`, ids));
    for (const id of ids) {
      const bare = bareContainerId(id);
      if (bare.length < shortestDocker) continue;
      const truncated = this.#db.all<{ id: number; docker: string }>(
        `SELECT p.id, h.docker ${looseFaces} AND h.docker >= ? AND h.docker <= ? AND h.container_id IS NULL`,
        [bare.slice(0, shortestDocker), bare],
      );
      rows.push(truncated.filter(({ docker }) => bare.startsWith(docker)).map((row) => row.id));
    }
    return this.#take(rows.flat());
  }

  /** The processes of containers that no record puts into a pod. Answers their ids. */
  seedsOfLoose(containerIds: readonly string[], dockers: readonly string[]): string[] {
    const rows = this.#rowsIn(`SELECT p.id ${looseFaces} AND h.container_id IN {in}`, containerIds);
    const truncated = this.#rowsIn(
      `SELECT p.id ${looseFaces} AND h.docker IN {in} AND h.container_id IS NULL`,
      dockers,
    );
    return this.#take([...rows, ...truncated]);
  }

  /** All faces of some ids, and all of their descendants with theirs. Answers every id, the given ones too. */
  withDescendants(ids: readonly string[]): string[] {
    return this.#follow(ids, 'SELECT id FROM processes WHERE parent_exec_id IN {in}');
  }

  /** All faces of some ids. */
  withFaces(ids: readonly string[]): void {
    this.#face(ids);
  }

  /** Some ids, with what went on under their pids: an exec in place, there or across a container's boundary. */
  withSuccessors(ids: readonly string[]): string[] {
    return this.#follow(
      ids,
      `SELECT c.id FROM processes p CROSS JOIN processes c ON c.parent_exec_id = p.exec_id AND c.pid = p.pid
        WHERE p.exec_id IN {in}`,
    );
  }

  /** Some ids and whatever `sql` leads to from them, step by step, with all faces. Answers every id, the given ones too. */
  #follow(ids: readonly string[], sql: string): string[] {
    this.#face(ids);
    const known = new Set(ids);
    let frontier = ids;
    while (frontier.length > 0) {
      const next = this.#take(this.#rowsIn(sql, frontier)).filter((id) => !known.has(id));
      for (const id of next) known.add(id);
      this.#face(next);
      frontier = next;
    }
    return [...known];
  }

  /**
   * Ancestors of everything loaded, with what their cards depend on. `alike`: loaded ids whose descendants are not all
   * loaded either. Answers the ids of all those, and of what went on under their pids.
   */
  addAncestors(alike: readonly string[] = []): string[] {
    const ancestors = new Set<string>(alike);
    for (let wanted = this.#unseenParents(); wanted.length > 0; wanted = this.#unseenParents()) {
      for (const id of wanted) ancestors.add(id);
      this.#face(wanted);
    }
    for (const id of this.withSuccessors([...ancestors])) ancestors.add(id);
    this.#addDatingChildren([...ancestors]);
    if (this.#addPidMates(ancestors)) for (const id of this.addAncestors()) ancestors.add(id);
    return [...ancestors];
  }

  /** For processes known by a truncated container id alone: one that names the whole. */
  addContainerWitnesses({ containers, entries }: SmallFacts): void {
    const truncated = new Set<string>();
    for (const { fact } of this.#loader.faces.values()) {
      const { docker, containerId } = fact;
      if (containerId === undefined && docker !== undefined && docker.length >= shortestDocker)
        truncated.add(docker);
    }
    if (truncated.size === 0) return;
    const rowOf = new Map(entries.map(({ key, id }) => [key, id]));
    for (const { id, pod } of containers) {
      const bare = bareContainerId(id);
      if (![...truncated].some((docker) => bare.startsWith(docker))) continue;
      const rows = this.#db.all<number>(
        'SELECT p.id FROM processes p CROSS JOIN habitats h ON h.id = p.habitat WHERE p.pod_id = ? AND h.container_id = ? LIMIT 1',
        [rowOf.get(pod) ?? 0, id],
        'pluck',
      );
      this.#face(this.#take(rows));
    }
  }

  /** The faces loaded so far whose id is one of these. */
  facesOf(ids: ReadonlySet<string>): LoadedFace[] {
    return [...this.#loader.faces.values()].filter(({ fact }) => ids.has(fact.id));
  }

  /**
   * A process whose start nobody reported takes its boot's clock from its nearest child, wherever that is; a child without
   * a start takes it from its own. (The kernel's process has one id in every boot.)
   */
  #addDatingChildren(ids: readonly string[]): void {
    const asked = new Set(ids);
    let frontier = this.#undated(ids);
    while (frontier.size > 0) {
      const found: number[] = [];
      const undated: number[] = [];
      for (const [id, ktime] of frontier) {
        const order = ktime === undefined ? 'exec_id' : 'abs(ktime - ?), exec_id';
        const rows = this.#db.all<number>(
          `SELECT id FROM processes WHERE parent_exec_id = ? AND start_time IS NOT NULL ORDER BY ${order} LIMIT ${datingChildren}`,
          ktime === undefined ? [id] : [id, ktime],
          'pluck',
        );
        for (const row of rows) found.push(row);
        if (this.#hasReboots && rows.length === datingChildren && ktime !== undefined)
          for (const row of this.#db.all<number>(
            `SELECT id, min(abs(ktime - ?)) FROM processes WHERE parent_exec_id = ? AND start_time IS NOT NULL
              GROUP BY (start_time - ktime) / ${nearBoots} LIMIT ${datingChildren}`,
            [ktime, id],
            'pluck',
          ))
            found.push(row);
        for (const row of this.#db.all<number>(
          `SELECT id FROM processes WHERE parent_exec_id = ? AND start_time IS NULL ORDER BY exec_id LIMIT ${datingChildren}`,
          [id],
          'pluck',
        ))
          undated.push(row);
      }
      this.#face(this.#take(found));
      const next = this.#take(undated).filter((id) => !asked.has(id));
      this.#face(next);
      for (const id of next) asked.add(id);
      frontier = this.#undated(next);
    }
  }

  /**
   * Those of some ids of which no face has a start, with the time since boot that the id spells; when a node has
   * rebooted, also those of which one face has none: it may be of another boot.
   */
  #undated(ids: readonly string[]): Map<string, bigint | undefined> {
    const ktimes = new Map<string, bigint | undefined>(ids.map((id) => [id, undefined]));
    // The same id in two clusters is two processes.
    const faced = new Map<string, Map<string, boolean>>();
    for (const { fact } of this.#loader.faces.values()) {
      if (!ktimes.has(fact.id)) continue;
      const isDated = fact.startTime !== undefined;
      const clusters = faced.get(fact.id) ?? new Map<string, boolean>();
      const known = clusters.get(fact.cluster) ?? isDated;
      clusters.set(fact.cluster, this.#hasReboots ? known && isDated : known || isDated);
      faced.set(fact.id, clusters);
      if (fact.ktime !== undefined) ktimes.set(fact.id, fact.ktime);
    }
    for (const [id, clusters] of faced)
      if (![...clusters.values()].includes(false)) ktimes.delete(id);
    return ktimes;
  }

  /** Who else had the pid of an ancestor: found again after an agent's restart, or meant by a pid alone. */
  #addPidMates(ancestors: ReadonlySet<string>): boolean {
    const byPid = new Map<number, LoadedFace[]>();
    for (const face of this.#loader.faces.values()) {
      const { fact } = face;
      const isAlone = fact.rank === 1 && fact.ktime === undefined;
      if (fact.pid === undefined || fact.pid === 0) continue;
      if (!ancestors.has(fact.id) && !isAlone) continue;
      const known = byPid.get(fact.pid);
      if (known === undefined) byPid.set(fact.pid, [face]);
      else known.push(face);
    }
    // What is loaded has all of its faces: it adds nothing.
    const unknown: number[] = [];
    for (const process of this.#db.eachIn<number>(
      'refs',
      'SELECT process FROM {table} WHERE pid IN {in}',
      [...byPid.keys()],
      'pluck',
    ))
      if (!this.#loader.faces.has(process)) unknown.push(process);
    const mates = this.#db
      .allIn<MateRow>(
        'SELECT id, exec_id, pid, habitat, binary, start_time, ktime FROM processes WHERE id IN {in}',
        unknown,
        'safe',
      )
      .filter((row) => {
        const { node } = this.#db.habitat(Number(row.habitat));
        const faces = byPid.get(Number(row.pid ?? 0n));
        return faces?.some(({ fact }) => node === fact.node && isPidMate(row, fact));
      });
    const before = this.#faced.size;
    this.#face(this.#take(mates.map(({ id }) => Number(id))));
    return this.#faced.size > before;
  }

  /** Parents that the faces loaded since the last call name, and none before. */
  #unseenParents(): string[] {
    const wanted: string[] = [];
    for (const { fact } of this.#loader.newFaces()) {
      const { parentId } = fact;
      if (parentId === undefined || this.#parented.has(parentId)) continue;
      this.#parented.add(parentId);
      wanted.push(parentId);
    }
    return wanted;
  }

  /** Loads every face of ids that have not been asked for yet. */
  #face(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !this.#faced.has(id));
    for (const id of fresh) this.#faced.add(id);
    this.#loader.load(this.#rowsIn('SELECT id FROM processes WHERE exec_id IN {in}', fresh));
  }

  /** Loads some rows. Answers their distinct ids. */
  #take(rows: readonly number[]): string[] {
    const ids = new Set<string>();
    for (const { fact } of this.#loader.load(rows)) ids.add(fact.id);
    return [...ids];
  }

  /** Numbers of rows, of which `sql` selects the first column alone. */
  #rowsIn(sql: string, values: readonly (number | string)[]): number[] {
    return this.#db.allIn<number>(sql, values, 'pluck');
  }
}

/** What tells whether a face has to be loaded for its pid. */
type MateRow = Pick<
  ProcessRow,
  'id' | 'exec_id' | 'pid' | 'habitat' | 'binary' | 'start_time' | 'ktime'
>;

/** Four of the 10 ms steps to which an agent rounds what it finds in /proc; the graph decides, this only looks. */
const closeNs = 80_000_000n;

/** Whether a row of the same pid on the same node can be meant: the same binary at about that time, or any for a face that knows no time. */
function isPidMate(row: MateRow, fact: LoadedFace['fact']): boolean {
  if (fact.rank === 1 && fact.ktime === undefined) return true;
  if (row.exec_id === fact.id) return false;
  if (row.binary !== null && fact.binary !== undefined && row.binary !== fact.binary) return false;
  return isClose(row.ktime, fact.ktime) ?? isClose(row.start_time, fact.startTime) ?? true;
}

/** Undefined: one of the two is not known. */
function isClose(a: bigint | null, b: bigint | undefined): boolean | undefined {
  if (a === null || b === undefined) return undefined;
  return (a > b ? a - b : b - a) <= closeNs;
}
