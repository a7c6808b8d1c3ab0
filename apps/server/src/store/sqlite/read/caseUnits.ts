import { bareContainerId } from '@forebear/model/graph/containment/dockerPrefix';
import { workloadOf } from '@forebear/model/graph/novelty/workload';
import type { CaseDb } from './caseDb.ts';
import type { PodEntry, SmallFacts } from './smallFacts.ts';

/**
 * What a case is cut into when all of it is asked for. Every process, pod and hop is of one unit:
 * `pods`: pods of whole workloads and names, with all below them;
 * `loose`: containers of which no record names a pod, by the beginning of their ids, with all below them;
 * `hosts`: processes outside of every container, ghosts among them, by ranges of their exec_ids.
 */
export type CaseUnit =
  | {
      readonly kind: 'pods';
      /** Rows of `pods`. */
      readonly pods: readonly number[];
      /** `nameKey` of each. */
      readonly names: ReadonlySet<string>;
    }
  | {
      readonly kind: 'loose';
      readonly containerIds: readonly string[];
      readonly dockers: readonly string[];
      /** `looseKey` of each. */
      readonly keys: ReadonlySet<string>;
    }
  | {
      readonly kind: 'hosts';
      readonly from: string;
      /** Exclusive; undefined: to the end. */
      readonly to: string | undefined;
    };

/**
 * The units of a case, of about `size` processes each, the first ones smaller, so that a list has something to show soon: a
 * workload, which is never cut, may be larger.
 */
export function unitsOf(db: CaseDb, small: SmallFacts, size: number): CaseUnit[] {
  return [...podUnits(db, small, size), ...looseUnits(db, size), ...hostUnits(db, size)];
}

/** Pods of one name are told apart only together. */
export function nameKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}\0${name}`;
}

/** Pods of one workload share it, in whatever cluster their facts stand: the graph tells those apart. */
export function workloadKey(fact: PodEntry['fact']): string | undefined {
  const workload = workloadOf(fact);
  return workload === undefined ? undefined : `${fact.namespace}\0${workload}`;
}

/** Containers are joined by prefixes of at least so many digits: ids that differ in them are two. */
const shortestPrefix = 12;

/** What ids of one container have in common, however much of it an agent printed. */
export function looseKey(id: string): string {
  return bareContainerId(id).slice(0, shortestPrefix);
}

/** How many times smaller than the others the first unit is; the next ones are each twice the last. */
const firstUnit = 8;

function* podUnits(db: CaseDb, small: SmallFacts, size: number): Iterable<CaseUnit> {
  const processes = new Map<number, number>();
  for (const { pod, count } of db.all<{ pod: number; count: number }>(
    'SELECT pod_id AS pod, count(*) AS count FROM processes WHERE pod_id IS NOT NULL GROUP BY pod_id',
  ))
    processes.set(pod, count);
  let pods: PodEntry[] = [];
  let held = 0;
  let room = Math.ceil(size / firstUnit);
  for (const group of inseparable(small.entries)) {
    let count = 0;
    for (const { id } of group) count += processes.get(id) ?? 0;
    if (pods.length > 0 && held + count > room) {
      yield unitOfPods(pods);
      room = Math.min(size, room * 2);
      pods = [];
      held = 0;
    }
    for (const pod of group) pods.push(pod);
    held += count;
  }
  if (pods.length > 0) yield unitOfPods(pods);
}

function unitOfPods(pods: readonly PodEntry[]): CaseUnit {
  return {
    kind: 'pods',
    pods: pods.map(({ id }) => id),
    names: new Set(pods.map(({ fact }) => nameKey(fact))),
  };
}

/** Pods that share a name or a workload, each pod in one list, in the order of the first of each. */
export function inseparable(entries: readonly PodEntry[]): readonly PodEntry[][] {
  // Union-find over the places of pods: the first of a group stands for it.
  const above = new Uint32Array(entries.length);
  const firstOf = (at: number): number => {
    let first = at;
    while (above[first] !== first) {
      above[first] = above[above[first] ?? 0] ?? 0;
      first = above[first] ?? 0;
    }
    return first;
  };
  const byKey = new Map<string, number>();
  for (const [at, { fact }] of entries.entries()) {
    above[at] = at;
    const workload = workloadKey(fact);
    const keys = [`n${nameKey(fact)}`, ...(workload === undefined ? [] : [`w${workload}`])];
    for (const key of keys) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, at);
      else {
        const [one, two] = [firstOf(known), firstOf(at)];
        above[Math.max(one, two)] = Math.min(one, two);
      }
    }
  }
  const groups = new Map<number, PodEntry[]>();
  for (const [at, entry] of entries.entries()) {
    const first = firstOf(at);
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

function* looseUnits(db: CaseDb, size: number): Iterable<CaseUnit> {
  const found = new Map<string, { containerIds: string[]; dockers: string[]; count: number }>();
  const note = (column: 'containerIds' | 'dockers', id: string, count: number): void => {
    const key = looseKey(id);
    let loose = found.get(key);
    if (loose === undefined) {
      loose = { containerIds: [], dockers: [], count: 0 };
      found.set(key, loose);
    }
    loose[column].push(id);
    loose.count += count;
  };
  for (const { id, count } of db.all<{ id: string; count: number }>(
    `SELECT h.container_id AS id, count(*) AS count FROM habitats h CROSS JOIN processes p ON p.habitat = h.id
      WHERE p.pod_id IS NULL AND h.container_id IS NOT NULL GROUP BY h.container_id`,
  ))
    note('containerIds', id, count);
  for (const { id, count } of db.all<{ id: string; count: number }>(
    `SELECT h.docker AS id, count(*) AS count FROM habitats h CROSS JOIN processes p ON p.habitat = h.id
      WHERE p.pod_id IS NULL AND h.container_id IS NULL AND h.docker IS NOT NULL GROUP BY h.docker`,
  ))
    note('dockers', id, count);
  let containerIds: string[] = [];
  let dockers: string[] = [];
  let keys = new Set<string>();
  let held = 0;
  for (const [key, loose] of found) {
    if (held > 0 && held + loose.count > size) {
      yield { kind: 'loose', containerIds, dockers, keys };
      [containerIds, dockers, keys, held] = [[], [], new Set<string>(), 0];
    }
    for (const id of loose.containerIds) containerIds.push(id);
    for (const id of loose.dockers) dockers.push(id);
    keys.add(key);
    held += loose.count;
  }
  if (held > 0) yield { kind: 'loose', containerIds, dockers, keys };
}

/**
 * Ids that a process outside of every container may have: of a face that names none and contradicts every face of the id
 * that does (else it is of the same process), or that only children name.
 */
const hostIds = `SELECT exec_id AS id FROM faces p
    WHERE pod_id IS NULL AND container_id IS NULL AND coalesce(docker, '') = '' {and exec_id} AND NOT EXISTS (
      SELECT 1 FROM faces q WHERE q.exec_id = p.exec_id AND q.id <> p.id AND q.cluster = p.cluster AND q.node = p.node
        AND (q.pod_id IS NOT NULL OR q.container_id IS NOT NULL OR coalesce(q.docker, '') <> '')
        AND coalesce(q.pid = p.pid, 1) AND coalesce(q.start_time = p.start_time, 1) AND coalesce(q.binary = p.binary, 1))
  UNION
  SELECT parent_exec_id FROM faces p WHERE parent_exec_id IS NOT NULL {and parent_exec_id}
    AND NOT EXISTS (SELECT 1 FROM faces q WHERE q.exec_id = p.parent_exec_id AND q.cluster = p.cluster)
  ORDER BY 1`;

function* hostUnits(db: CaseDb, size: number): Iterable<CaseUnit> {
  let from: string | undefined;
  let held = 0;
  for (const { id } of db.iterate<{ id: string }>(hostIdsSql(''))) {
    if (held === size) {
      yield { kind: 'hosts', from: from ?? '', to: id };
      held = 0;
      from = id;
    }
    from ??= '';
    held += 1;
  }
  if (from !== undefined) yield { kind: 'hosts', from, to: undefined };
}

/** The ids of a unit of hosts. */
export function idsOfHosts(
  db: CaseDb,
  { from, to }: Extract<CaseUnit, { kind: 'hosts' }>,
): string[] {
  if (to === undefined) return db.all<string>(hostIdsSql('>= ?'), [from, from], 'pluck');
  return db.all<string>(hostIdsSql('>= ? AND {} < ?'), [from, to, from, to], 'pluck');
}

function hostIdsSql(condition: string): string {
  const and = (column: string): string =>
    condition === '' ? '' : `AND ${column} ${condition.replace('{}', column)}`;
  return hostIds
    .replace('{and exec_id}', and('exec_id'))
    .replace('{and parent_exec_id}', and('parent_exec_id'));
}
