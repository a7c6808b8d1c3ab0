import type { Nanos } from '../../event/time.ts';
import type { Standing } from '../cards/standing.ts';
import { containerNameKeys } from '../containment/containerName.ts';
import type { Containment } from '../containment/containment.ts';
import type { Leaf } from '../derived.ts';
import type { Clocks } from '../roles/clocks.ts';

/**
 * For each card the first of its external destinations that its container had not called before the limit (semantics,
 * "Late and new"): by name, else address, and port. A connection without a time is never new. By card; undefined: none.
 */
export function newExternalDestinations(
  leavesByProcess: ReadonlyMap<number, readonly Leaf[]>,
  standing: Standing,
  containment: Containment,
  clocks: Clocks,
  limitMs: number,
): (Leaf | undefined)[] {
  const names = containerNameKeys(containment);
  const limit = BigInt(Math.round(limitMs * 1e6));
  const called = new Set<string>();
  const isEarly = (time: Nanos, at: number): boolean => {
    const base = clocks.base[at];
    return base === undefined || time <= base.time + limit;
  };
  const eachExternal = (
    visit: (card: number, at: number, leaf: Leaf, time: Nanos) => void,
  ): void => {
    for (const [card, leaves] of leavesByProcess) {
      const at = standing.within[card] ?? -1;
      if (at < 0) continue;
      for (const leaf of leaves) {
        if (!leaf.external || leaf.direction !== 'outbound' || leaf.firstSeen === undefined)
          continue;
        visit(card, at, leaf, leaf.firstSeen);
      }
    }
  };
  eachExternal((_card, at, leaf, time) => {
    if (isEarly(time, at)) called.add(`${names[at]}\0${destinationOf(leaf)}`);
  });
  const found: (Leaf | undefined)[] = Array.from({ length: standing.count });
  eachExternal((card, at, leaf, time) => {
    if (isEarly(time, at) || called.has(`${names[at]}\0${destinationOf(leaf)}`)) return;
    const known = found[card];
    if (known?.firstSeen === undefined || isBefore(leaf, time, known, known.firstSeen)) {
      found[card] = leaf;
    }
  });
  return found;
}

/** What a destination is called: its name, else its address, and the port. */
export function destinationOf(leaf: Leaf): string {
  return `${leaf.name ?? leaf.ip}:${leaf.port}`;
}

function isBefore(a: Leaf, timeA: Nanos, b: Leaf, timeB: Nanos): boolean {
  return timeA === timeB ? destinationOf(a) < destinationOf(b) : timeA < timeB;
}
