import type { Hop } from '../../url/view.ts';

/** A crumb of the trail: one process that was left, however often. */
export interface Crumb {
  readonly hop: Hop;
  /** How often, and the first and the last of its places in the trail. */
  readonly times: number;
  readonly first: number;
  readonly last: number;
}

/** The trail with each process once, where it was left first: going to and fro between two pods is two crumbs. */
export function foldTrail(trail: readonly Hop[]): readonly Crumb[] {
  const crumbs = new Map<string, { hop: Hop; times: number; first: number; last: number }>();
  for (const [at, hop] of trail.entries()) {
    const key = JSON.stringify([hop.namespace, hop.pod, hop.ref]);
    const known = crumbs.get(key);
    if (known === undefined) crumbs.set(key, { hop, times: 1, first: at, last: at });
    else {
      known.times += 1;
      known.last = at;
    }
  }
  return [...crumbs.values()];
}
