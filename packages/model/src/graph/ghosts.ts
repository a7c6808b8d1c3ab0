import { processKey } from '../event/facts.ts';
import type { Dialect } from '../event/event.ts';
import type { ProcessFact } from '../event/facts.ts';
import { compareText } from './order.ts';
import type { Place, Places } from './places.ts';

interface Grouped extends Place {
  readonly key: string;
  readonly faces: readonly ProcessFact[];
}

/** An id whose start nobody reported: its boot, and the clock of that boot, are those of its nearest child. */
export interface GhostGroup<Group extends Grouped> {
  readonly group: Group;
  readonly parentIds: readonly string[];
  /** True: it exists only where a child dates it. */
  readonly onlyDated?: true;
}

/** A process whose boot is known: where the search for the boots of its ancestors begins. */
export interface Seed<Group extends Grouped> {
  readonly group: Group;
  readonly epoch: number;
  readonly parentIds: readonly string[];
  /** Start minus ktime, when both are known. */
  readonly offset: bigint | undefined;
  readonly ktime: bigint | undefined;
}

/** A ghost in one boot. The same id named by children of two boots is two processes. */
export interface PlacedGhost<Group extends Grouped> {
  readonly ghost: GhostGroup<Group>;
  readonly epoch: number;
  readonly offset: bigint | undefined;
}

interface Candidate<Group extends Grouped> extends PlacedGhost<Group> {
  readonly distance: bigint;
  readonly child: string;
}

/** Beyond any distance in ktime: the child's clock is unknown. */
const UNKNOWN = 2n ** 100n;

/**
 * Gives every ghost the boots of its nearest children, level by level upwards; a ghost that no child dates gets the
 * boot in which it was active, else the first. Work is linear in the links: no recursion over depth.
 */
export function placeGhosts<Group extends Grouped>(
  ghosts: readonly GhostGroup<Group>[],
  seeds: readonly Seed<Group>[],
  places: Places,
): PlacedGhost<Group>[] {
  const byKey = new Map<string, GhostGroup<Group>[]>();
  for (const ghost of ghosts) {
    const known = byKey.get(ghost.group.key);
    if (known === undefined) byKey.set(ghost.group.key, [ghost]);
    else known.push(ghost);
  }
  const placed = new Map<GhostGroup<Group>, Map<number, PlacedGhost<Group>>>();
  let frontier: readonly Seed<Group>[] = seeds;
  while (frontier.length > 0) {
    const level = bestOfLevel(frontier, byKey, placed);
    const next: Seed<Group>[] = [];
    for (const { ghost, epoch, offset } of level) {
      let epochs = placed.get(ghost);
      if (epochs === undefined) {
        epochs = new Map();
        placed.set(ghost, epochs);
      }
      epochs.set(epoch, { ghost, epoch, offset });
      const { group, parentIds } = ghost;
      next.push({ group, epoch, parentIds, offset, ktime: ktimeOf(group) });
    }
    frontier = next;
  }
  const answer: PlacedGhost<Group>[] = [];
  for (const ghost of ghosts) {
    const epochs = placed.get(ghost);
    if (epochs === undefined) {
      if (ghost.onlyDated !== true) answer.push(undated(ghost, places));
    } else for (const each of epochs.values()) answer.push(each);
  }
  return answer;
}

function bestOfLevel<Group extends Grouped>(
  frontier: readonly Seed<Group>[],
  byKey: ReadonlyMap<string, readonly GhostGroup<Group>[]>,
  placed: ReadonlyMap<GhostGroup<Group>, ReadonlyMap<number, unknown>>,
): Candidate<Group>[] {
  const best = new Map<GhostGroup<Group>, Map<number, Candidate<Group>>>();
  for (const { group, epoch, parentIds, offset, ktime } of frontier) {
    const dialect: Dialect = group.faces[0]?.dialect ?? 'tetragon';
    for (const id of parentIds) {
      const named = byKey.get(processKey({ dialect, cluster: group.cluster, id }));
      const ghost = named?.find((each) => each.group.node === group.node);
      if (ghost === undefined || placed.get(ghost)?.has(epoch) === true) continue;
      const candidate: Candidate<Group> = {
        ghost,
        epoch,
        offset,
        distance: distanceOf(ktimeOf(ghost.group), ktime, offset),
        child: group.key,
      };
      let epochs = best.get(ghost);
      if (epochs === undefined) {
        epochs = new Map();
        best.set(ghost, epochs);
      }
      const known = epochs.get(epoch);
      if (known === undefined || isNearer(candidate, known)) epochs.set(epoch, candidate);
    }
  }
  const level: Candidate<Group>[] = [];
  for (const epochs of best.values()) for (const each of epochs.values()) level.push(each);
  return level;
}

function isNearer(a: Candidate<Grouped>, b: Candidate<Grouped>): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  const order = compareText(a.child, b.child);
  if (order !== 0) return order < 0;
  return (a.offset ?? UNKNOWN) < (b.offset ?? UNKNOWN);
}

function distanceOf(
  ghost: bigint | undefined,
  child: bigint | undefined,
  offset: bigint | undefined,
): bigint {
  if (offset === undefined) return UNKNOWN;
  if (ghost === undefined || child === undefined) return UNKNOWN - 1n;
  return child > ghost ? child - ghost : ghost - child;
}

function ktimeOf(group: Grouped): bigint | undefined {
  let best: bigint | undefined;
  for (const { ktime } of group.faces) {
    if (ktime !== undefined && (best === undefined || ktime > best)) best = ktime;
  }
  return best;
}

function undated<Group extends Grouped>(
  ghost: GhostGroup<Group>,
  places: Places,
): PlacedGhost<Group> {
  const { epochs } = places.node(ghost.group);
  let epoch = 0;
  for (const { firstSeen } of ghost.group.faces) {
    if (firstSeen !== undefined) epoch = Math.max(epoch, epochs.ofTime(firstSeen));
  }
  return { ghost, epoch, offset: undefined };
}
