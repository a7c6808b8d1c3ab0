import type { ProcessId } from '@forebear/model/event/facts';

/**
 * Where and as whom a process runs: what it shares with most others of its container. It stands once, in a row of `habitats`;
 * no row ever changes. Two may be equal: nothing asks.
 */
export interface Habitat {
  readonly dialect: ProcessId['dialect'];
  readonly cluster: string;
  readonly node: string;
  readonly uid: number | null;
  readonly auid: number | null;
  readonly user: string | null;
  readonly cwd: string | null;
  readonly flags: string | null;
  readonly containerId: string | null;
  readonly docker: string | null;
  readonly capabilities: string | null;
}

/** The column of each field, in the order in which they are bound, without the id: rows are numbered as they are written. */
const columns: Readonly<Record<keyof Habitat, string>> = {
  dialect: 'dialect',
  cluster: 'cluster',
  node: 'node',
  uid: 'uid',
  auid: 'auid',
  user: 'user',
  cwd: 'cwd',
  flags: 'flags',
  containerId: 'container_id',
  docker: 'docker',
  capabilities: 'capabilities',
};
export const habitatColumns: readonly string[] = Object.values(columns);

/** What is bound to those columns, and tells one habitat from another. */
export function habitatValues(habitat: Habitat): (string | number | null)[] {
  const { dialect, cluster, node, uid, auid, user, cwd, flags } = habitat;
  const { containerId, docker, capabilities } = habitat;
  return [dialect, cluster, node, uid, auid, user, cwd, flags, containerId, docker, capabilities];
}

/** A row of `habitats`: its columns under the names of the fields. */
export const selectHabitat = `SELECT ${Object.entries(columns)
  .map(([field, column]) => `${column} AS ${field}`)
  .join(', ')} FROM habitats WHERE id = ?`;

/** The habitat of a process of which nothing is known but where it was named. */
export function bareHabitat(dialect: Habitat['dialect'], cluster: string, node: string): Habitat {
  const nobody = { uid: null, auid: null, user: null, capabilities: null };
  const nowhere = { cwd: null, flags: null, containerId: null, docker: null };
  return { dialect, cluster, node, ...nobody, ...nowhere };
}
