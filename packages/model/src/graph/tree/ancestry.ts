/** Indexes of parents; -1: a root. A parent's index is lower than its child's, as in `Derived.processes`. */
export type Parents = ArrayLike<number>;

/** The column of parents of derived processes. */
export function parentsOf(processes: readonly { readonly parent: number }[]): Int32Array {
  return Int32Array.from(processes, ({ parent }) => parent);
}

/** The ancestors of one process, nearest first, up to its root. */
export function ancestorsOf(parents: Parents, index: number): number[] {
  const ancestors: number[] = [];
  for (let at = parents[index] ?? -1; at >= 0; at = parents[at] ?? -1) ancestors.push(at);
  return ancestors;
}

/** All descendants of one process, in the forest's order; without the process itself. */
export function descendantsOf(parents: Parents, index: number): number[] {
  const below = new Uint8Array(parents.length);
  const descendants: number[] = [];
  if (index < 0 || index >= parents.length) return descendants;
  below[index] = 1;
  for (let at = index + 1; at < parents.length; at += 1) {
    const parent = parents[at] ?? -1;
    if (parent < 0 || below[parent] === 0) continue;
    below[at] = 1;
    descendants.push(at);
  }
  return descendants;
}

/** The given processes with all their ancestors and all their descendants: ascending, so parents come first. */
export function withFamily(parents: Parents, isSeed: (index: number) => boolean): number[] {
  const kept = new Uint8Array(parents.length);
  for (let at = 0; at < parents.length; at += 1) {
    const parent = parents[at] ?? -1;
    if (isSeed(at) || (parent >= 0 && kept[parent] === 1)) kept[at] = 1;
  }
  for (let at = parents.length - 1; at >= 0; at -= 1) {
    const parent = parents[at] ?? -1;
    if (kept[at] !== 0 && parent >= 0 && kept[parent] === 0) kept[parent] = 2;
  }
  const family: number[] = [];
  for (let at = 0; at < parents.length; at += 1) if (kept[at] !== 0) family.push(at);
  return family;
}
