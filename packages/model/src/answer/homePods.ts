import type { Derived } from '../graph/derived.ts';

const known = new WeakMap<Derived, Int32Array>();

/**
 * By process, the index of the pod whose tree holds it as its own: the pod it is in, or the one whose container it
 * descends from when it left that; -1: none. Parents come before children.
 */
export function homePods(derived: Derived): Int32Array {
  const before = known.get(derived);
  if (before !== undefined) return before;
  const pods = new Int32Array(derived.processes.length).fill(-1);
  for (const [at, { pod, container, role, parent }] of derived.processes.entries()) {
    const isAstray = container === undefined && role !== 'host' && parent >= 0;
    pods[at] = pod ?? (isAstray ? (pods[parent] ?? -1) : -1);
  }
  known.set(derived, pods);
  return pods;
}
