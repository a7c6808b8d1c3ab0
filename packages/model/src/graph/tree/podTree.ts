import type { Derived } from '../derived.ts';
import { parentsOf, withFamily } from './ancestry.ts';

/**
 * A pod's tree: its processes, their ancestors to the root, and all their descendants, also those that left the
 * container (semantics, "Exec in place"). Ascending indexes into `derived.processes`: parents first.
 */
export function podTree(derived: Derived, pod: number): number[] {
  const { processes } = derived;
  return withFamily(parentsOf(processes), (index) => processes[index]?.pod === pod);
}
