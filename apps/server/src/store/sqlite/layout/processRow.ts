import { type ProcessFact, type RankedField, rankedFields } from '@forebear/model/event/facts';
import type { Rank } from '@forebear/model/event/sighting';
import { nanos } from '@forebear/model/event/time';
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
): ProcessFact {
  const pod = row.pod_id === null ? undefined : podKeys.get(Number(row.pod_id));
  const ranks = unpackRanks(Number(row.ranks));
  return {
    dialect: habitat.dialect,
    cluster: habitat.cluster,
    id: row.exec_id,
    node: habitat.node,
    traits: Number(row.traits),
    ranks,
    rank: rankOf(Number(row.rank)),
    ...(row.parent_exec_id === null ? {} : { parentId: row.parent_exec_id }),
    ...(row.pid === null ? {} : { pid: Number(row.pid) }),
    ...(row.start_time === null ? {} : { startTime: nanos(row.start_time) }),
    ...(row.binary === null ? {} : { binary: row.binary }),
    ...(row.arguments === null ? {} : { arguments: row.arguments }),
    ...(row.ktime === null ? {} : { ktime: row.ktime }),
    ...(row.ns_pid === null ? {} : { nsPid: Number(row.ns_pid) }),
    ...(habitat.uid === null ? {} : { uid: habitat.uid }),
    ...(habitat.auid === null ? {} : { auid: habitat.auid }),
    ...(habitat.user === null ? {} : { user: habitat.user }),
    ...(habitat.cwd === null ? {} : { cwd: habitat.cwd }),
    ...(habitat.flags === null ? {} : { flags: habitat.flags }),
    ...(pod === undefined ? {} : { pod }),
    ...(habitat.containerId === null ? {} : { containerId: habitat.containerId }),
    ...(habitat.docker === null ? {} : { docker: habitat.docker }),
    ...(habitat.capabilities === null ? {} : { capabilities: habitat.capabilities }),
  };
}

/** A row's fact with what the open partition adds to it. */
export function markedFact(fact: ProcessFact, mark: Mark | undefined): ProcessFact {
  if (mark === undefined) return fact;
  const rank = rankOf(Math.max(fact.rank, mark.rank));
  return { ...fact, traits: fact.traits | mark.traits, rank };
}

/** Three bits per ranked field, first field lowest. */
function unpackRanks(packed: number): (0 | Rank)[] {
  let rest = packed;
  return rankedFields.map((_field: RankedField) => {
    const rank = rest % 8;
    rest = Math.floor(rest / 8);
    return rank === 0 ? 0 : rankOf(rank);
  });
}

function rankOf(value: number): Rank {
  if (value === 4 || value === 3 || value === 2) return value;
  return 1;
}
