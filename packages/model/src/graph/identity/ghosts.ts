import type { ProcessFact } from '../../event/facts.ts';
import { compareText } from '../order.ts';
import type { GhostGroup, Group } from './groups.ts';
import type { Places } from './places.ts';

/** A process whose boot is known: where the search for the boots of its ancestors begins. */
export interface Seed {
  readonly group: Group;
  readonly epoch: number;
  /** Those of the group that lie in the boot: their parents are looked at. */
  readonly faces: readonly ProcessFact[];
  /** Start minus ktime, when both are known. */
  readonly offset: bigint | undefined;
  readonly ktime: bigint | undefined;
}

/** A ghost in one boot. The same id named by children of two boots is two processes. */
export interface PlacedGhost {
  readonly ghost: GhostGroup;
  readonly epoch: number;
  readonly offset: bigint | undefined;
}

interface Candidate extends PlacedGhost {
  readonly distance: bigint;
  readonly child: string;
}

/** Beyond any distance in ktime: the child's clock is unknown. */
const UNKNOWN = 2n ** 100n;

/**
 * Gives every ghost the boots of its nearest children, level by level upwards; a ghost that no child dates gets the
 * boot in which it was active, else the first. Each is found through its group's `ghost`. Work is linear in the links: no recursion over depth.
 */
export function placeGhosts(
  ghosts: readonly GhostGroup[],
  seeds: readonly Seed[],
  places: Places,
): PlacedGhost[] {
  const placed = new Map<GhostGroup, Map<number, PlacedGhost>>();
  let frontier: readonly Seed[] = seeds;
  while (frontier.length > 0) {
    const level = bestOfLevel(frontier, placed);
    const next: Seed[] = [];
    for (const { ghost, epoch, offset } of level) {
      let epochs = placed.get(ghost);
      if (epochs === undefined) {
        epochs = new Map();
        placed.set(ghost, epochs);
      }
      epochs.set(epoch, { ghost, epoch, offset });
      const { group } = ghost;
      next.push({ group, epoch, faces: group.faces, offset, ktime: ktimeOf(group) });
    }
    frontier = next;
  }
  const answer: PlacedGhost[] = [];
  for (const ghost of ghosts) {
    const epochs = placed.get(ghost);
    if (epochs === undefined) {
      if (ghost.notIn === undefined) answer.push(undated(ghost, places));
    } else for (const each of epochs.values()) answer.push(each);
  }
  return answer;
}

function bestOfLevel(
  frontier: readonly Seed[],
  placed: ReadonlyMap<GhostGroup, ReadonlyMap<number, unknown>>,
): Candidate[] {
  const best = new Map<GhostGroup, Map<number, Candidate>>();
  for (const { group, epoch, faces, offset, ktime } of frontier) {
    // Of an id that lived in several boots only the parents that this boot's faces name.
    const named = faces.length < group.faces.length ? parentIdsOf(faces) : undefined;
    for (const { id, ghost } of group.parents) {
      if (named?.has(id) === false) continue;
      if (ghost === undefined || placed.get(ghost)?.has(epoch) === true) continue;
      const candidate: Candidate = {
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
  const level: Candidate[] = [];
  for (const epochs of best.values()) for (const each of epochs.values()) level.push(each);
  return level;
}

function parentIdsOf(faces: readonly ProcessFact[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { parentId } of faces) if (parentId !== undefined) ids.add(parentId);
  return ids;
}

function isNearer(a: Candidate, b: Candidate): boolean {
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

function ktimeOf(group: Group): bigint | undefined {
  let best: bigint | undefined;
  for (const { ktime } of group.faces) {
    if (ktime !== undefined && (best === undefined || ktime > best)) best = ktime;
  }
  return best;
}

function undated(ghost: GhostGroup, places: Places): PlacedGhost {
  const { epochs } = places.node(ghost.group);
  let epoch = 0;
  for (const { firstSeen } of ghost.group.faces) {
    if (firstSeen !== undefined) epoch = Math.max(epoch, epochs.ofTime(firstSeen));
  }
  return { ghost, epoch, offset: undefined };
}
