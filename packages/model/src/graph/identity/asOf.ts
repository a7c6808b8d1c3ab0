import type { ProcessFact } from '../../event/facts.ts';
import { compareBig } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { Identity } from './identities.ts';

/** Processes by node, boot and pid, in order of their starts: who was pid 4711 at that moment? Pids are reused. */
export type PidTable = ReadonlyMap<string, readonly Occupant[]>;

interface Occupant {
  readonly index: number;
  readonly order: bigint;
  /** When it ended on the same scale; undefined: not known. */
  readonly end: bigint | undefined;
}

/** Tells whether only a pid is known of a process: an id without a time names nobody else. */
export function isAskedByPid({ rank, ktime, pid }: ProcessFact): boolean {
  return rank === 1 && ktime === undefined && pid !== undefined;
}

/**
 * Only of the pids that somebody asks for. `endOf`: reported ends by identity, as wall times. What only an id says of a
 * process is not in the table.
 */
export function pidTable(
  identities: readonly Identity[],
  endOf: (index: number) => bigint | undefined,
): PidTable {
  const table = new Map<string, Occupant[]>();
  const asked = new Set<number>();
  for (const { fact } of identities) {
    if (isAskedByPid(fact) && fact.pid !== undefined) asked.add(fact.pid);
  }
  for (const [index, identity] of identities.entries()) {
    const { pid, rank } = identity.fact;
    if (pid === undefined || !asked.has(pid)) continue;
    if (rank === 1 || identity.start === undefined) continue;
    const key = keyOf(identity, pid);
    const end = endOf(index);
    const occupant: Occupant = {
      index,
      order: identity.order,
      // Ends are wall times: brought to the scale of the order by the process's own start.
      end: end === undefined ? undefined : identity.order + (end - identity.start),
    };
    const known = table.get(key);
    if (known === undefined) table.set(key, [occupant]);
    else known.push(occupant);
  }
  for (const occupants of table.values()) {
    occupants.sort((a, b) => compareBig(a.order, b.order) || a.index - b.index);
  }
  return table;
}

/** The identity with that pid on the node of `near`, in its boot, that lived at `order`; the pid's next user ends it. */
export function aliveAt(
  table: PidTable,
  near: Identity,
  pid: number,
  order: bigint,
): number | undefined {
  const occupants = table.get(keyOf(near, pid)) ?? [];
  const place = partitionPoint(
    occupants.length,
    (index) => (occupants[index]?.order ?? 0n) <= order,
  );
  const found = occupants[place - 1];
  if (found === undefined || (found.end !== undefined && found.end < order)) return undefined;
  return found.index;
}

function keyOf({ cluster, node, epoch }: Identity, pid: number): string {
  return `${cluster}\0${node}\0${epoch}\0${pid}`;
}
