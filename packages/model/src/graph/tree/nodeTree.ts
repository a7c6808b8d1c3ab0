import type { Derived, DerivedProcess } from '../derived.ts';

/** One row of a node's tree: a host process, or a whole container shown by one of its processes. */
export interface NodeRow {
  /** Index into `Derived.processes`. */
  readonly process: number;
  /** Index of the parent's row, lower than its own; -1: a root. */
  readonly parent: number;
  /** Index into `Derived.containers` when the row stands for a container. */
  readonly container: number | undefined;
  /** Processes the row stands for; 1 for a host process. */
  readonly count: number;
}

/**
 * A node's tree: host processes, with each container collapsed under its shim into its main process (else its first),
 * and processes that left a container under it. Parents first, in the forest's order.
 */
export function nodeTree(derived: Derived, cluster: string, node: string): NodeRow[] {
  const { processes } = derived;
  const onNode = (process: DerivedProcess): boolean =>
    process.node === node && process.cluster === cluster;
  const shown = new Map<string, { process: number; count: number }>();
  for (const [index, process] of processes.entries()) {
    if (!onNode(process)) continue;
    const group = groupOf(process);
    if (group === undefined) continue;
    const known = shown.get(group);
    if (known === undefined) shown.set(group, { process: index, count: 1 });
    else known.count += 1;
    const main = derived.containers[process.container ?? -1]?.main;
    const entry = shown.get(group);
    if (main === index && entry !== undefined) entry.process = index;
  }
  const rowOf = new Map<number, number>();
  const rowOfGroup = new Map<string, number>();
  const rows: NodeRow[] = [];
  for (const [index, process] of processes.entries()) {
    if (!onNode(process)) continue;
    const group = groupOf(process);
    const known = group === undefined ? undefined : rowOfGroup.get(group);
    if (known !== undefined) {
      rowOf.set(index, known);
      continue;
    }
    const entry = group === undefined ? undefined : shown.get(group);
    rowOf.set(index, rows.length);
    if (group !== undefined) rowOfGroup.set(group, rows.length);
    rows.push({
      process: entry?.process ?? index,
      parent: rowOf.get(process.parent) ?? -1,
      container: process.container,
      count: entry?.count ?? 1,
    });
  }
  return rows;
}

/** What a process is collapsed into; undefined: it stands for itself. */
function groupOf({ container, pod }: DerivedProcess): string | undefined {
  if (container !== undefined) return `c${container}`;
  return pod === undefined ? undefined : `p${pod}`;
}
