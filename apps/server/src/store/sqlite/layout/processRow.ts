import { type RankedField, rankedFields } from '@forebear/model/event/facts';
import type { Rank } from '@forebear/model/event/sighting';
import { nanos } from '@forebear/model/event/time';
import type { MutableProcessFact } from '@forebear/model/graph/facts/mergeFacts';
import type { Habitat } from './habitat.ts';
import type { Mark } from './marks.ts';

/** The columns of `processes` in the order in which they are bound, without the id: rows are numbered as they are written. */
export const processColumns = [
  'key',
  'exec_id',
  'parent_exec_id',
  'pid',
  'start_time',
  'binary',
  'arguments',
  'ktime',
  'ns_pid',
  'pod_id',
  'habitat',
  'traits',
  'ranks',
  'rank',
] as const;

/** A row of `processes` read with safe integers. */
export interface ProcessRow {
  readonly id: bigint;
  readonly key: bigint;
  readonly exec_id: string;
  readonly parent_exec_id: string | null;
  readonly pid: bigint | null;
  readonly start_time: bigint | null;
  readonly binary: string | null;
  readonly arguments: string | null;
  readonly ktime: bigint | null;
  readonly ns_pid: bigint | null;
  readonly pod_id: bigint | null;
  /** The row of its habitat. */
  readonly habitat: bigint;
  readonly traits: bigint;
  readonly ranks: bigint;
  readonly rank: bigint;
}

/**
 * A row as a fact. `habitat`: that of the row. `podKeys` gives the `podKey` of a pod's row. The shape is our own database's: it is
 * typed here and checked by the store's tests, not per row (a tree reads 100,000 of them).
 */
export function factOfRow(
  row: Omit<ProcessRow, 'habitat'>,
  habitat: Habitat,
  podKeys: ReadonlyMap<number, string>,
): MutableProcessFact {
  const pod = row.pod_id === null ? undefined : podKeys.get(Number(row.pod_id));
  const fact: MutableProcessFact = {
    dialect: habitat.dialect,
    cluster: habitat.cluster,
    id: row.exec_id,
    node: habitat.node,
    traits: Number(row.traits),
    ranks: unpackRanks(Number(row.ranks)),
    rank: rankOf(Number(row.rank)),
  };
  if (row.parent_exec_id !== null) fact.parentId = row.parent_exec_id;
  if (row.pid !== null) fact.pid = Number(row.pid);
  if (row.start_time !== null) fact.startTime = nanos(row.start_time);
  if (row.binary !== null) fact.binary = row.binary;
  if (row.arguments !== null) fact.arguments = row.arguments;
  if (row.ktime !== null) fact.ktime = row.ktime;
  if (row.ns_pid !== null) fact.nsPid = Number(row.ns_pid);
  if (habitat.uid !== null) fact.uid = habitat.uid;
  if (habitat.auid !== null) fact.auid = habitat.auid;
  if (habitat.user !== null) fact.user = habitat.user;
  if (habitat.cwd !== null) fact.cwd = habitat.cwd;
  if (habitat.flags !== null) fact.flags = habitat.flags;
  if (pod !== undefined) fact.pod = pod;
  if (habitat.containerId !== null) fact.containerId = habitat.containerId;
  if (habitat.docker !== null) fact.docker = habitat.docker;
  if (habitat.capabilities !== null) fact.capabilities = habitat.capabilities;
  return fact;
}

/** A row's fact with what the open partition adds to it. */
export function markedFact(fact: MutableProcessFact, mark: Mark | undefined): MutableProcessFact {
  if (mark === undefined) return fact;
  const rank = rankOf(Math.max(fact.rank, mark.rank));
  return { ...fact, traits: fact.traits | mark.traits, rank };
}

/** Lists by what is stored of them: a case has few different ones, which facts share. */
const knownRanks = new Map<number, readonly (0 | Rank)[]>();
const maxKnownRanks = 1_000;

/** Three bits per ranked field, first field lowest. */
function unpackRanks(packed: number): readonly (0 | Rank)[] {
  const known = knownRanks.get(packed);
  if (known !== undefined) return known;
  let rest = packed;
  const ranks = rankedFields.map((_field: RankedField): 0 | Rank => {
    const rank = rest % 8;
    rest = Math.floor(rest / 8);
    return rank === 0 ? 0 : rankOf(rank);
  });
  if (knownRanks.size < maxKnownRanks) knownRanks.set(packed, ranks);
  return ranks;
}

function rankOf(value: number): Rank {
  if (value === 4 || value === 3 || value === 2) return value;
  return 1;
}
