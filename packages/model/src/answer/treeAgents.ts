import { type Dialect, dialects } from '../event/dialects.ts';
import { dialectOfKey } from '../event/facts.ts';
import type { Derived, DerivedProcess } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { homePods } from './homePods.ts';
import { loosePlacesOf, type TreeScope } from './treeLoose.ts';

/**
 * The agents that speak of a tree, in the order of `dialects`, and how many of its processes each has a name for: of a pod's tree, of
 * the pod's own, without the host ancestors above them. 0 for one that spoke of the pod or node alone.
 */
export function treeAgents(
  derived: Derived,
  selection: TreeScope & { readonly indexes: readonly number[] },
): TreeColumns['agents'] {
  const counts = new Map<Dialect, number>(
    tellersOf(derived, selection).map((dialect) => [dialect, 0]),
  );
  const { podIndex } = selection;
  const homes = podIndex === undefined ? undefined : homePods(derived);
  for (const index of selection.indexes) {
    if (homes !== undefined && homes[index] !== podIndex) continue;
    const process = derived.processes[index];
    if (process === undefined) continue;
    for (const dialect of dialectsOf(process)) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  }
  return dialects.flatMap((agent) => {
    const count = counts.get(agent);
    return count === undefined ? [] : [{ agent, processes: count }];
  });
}

/** Every dialect that has a name for a process. */
function dialectsOf({ keys, otherKeys }: DerivedProcess): ReadonlySet<Dialect> {
  const found = new Set<Dialect>();
  for (const list of [keys, otherKeys]) for (const key of list) found.add(dialectOfKey(key));
  return found;
}

/** Who spoke of the pod, or the node, of a tree without naming a process. */
function tellersOf(derived: Derived, scope: TreeScope): readonly Dialect[] {
  if (scope.podIndex !== undefined) return derived.podAgents[scope.podIndex] ?? [];
  const places = loosePlacesOf(derived, scope);
  return dialects.filter((dialect) => places.some(({ agents }) => agents.includes(dialect)));
}
