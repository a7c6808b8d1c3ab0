import type { Derived } from '../graph/derived.ts';
import { foldSiblings } from '../graph/tree/fold.ts';
import { foldViewOf } from '../graph/tree/foldView.ts';
import type { TreeSelection } from './treeColumns.ts';

/** A selection after folding: the first member stands for its group, with the refs of all. */
export interface FoldedSelection {
  readonly selection: TreeSelection;
  /** By row of the selection; undefined: a card of its own. */
  readonly members: readonly (readonly string[] | undefined)[];
  /** By row of the selection: median gap between the starts of its members in milliseconds; undefined: none is known. */
  readonly periods: readonly (number | undefined)[];
  /** Rows that folding left out. */
  readonly hidden: number;
}

/** Folds a tree (semantics, "Late and new"): alike siblings are one row, and what hangs below the others is left out. */
export function foldedSelection(derived: Derived, selection: TreeSelection): FoldedSelection {
  const { indexes } = selection;
  const rows = new Map<number, number>(indexes.map((index, row) => [index, row]));
  const processes = indexes.flatMap((index) => derived.processes[index] ?? []);
  const parents = processes.map(
    (process, row) => selection.parents?.[row] ?? rows.get(process.parent) ?? -1,
  );
  const { groups, groupOf } = foldSiblings(foldViewOf(processes, parents));
  const isHidden = new Uint8Array(processes.length);
  const kept: number[] = [];
  for (let row = 0; row < processes.length; row += 1) {
    const group = groups[groupOf[row] ?? -1];
    const parent = parents[row] ?? -1;
    const isLater = group !== undefined && group.members[0] !== row;
    if (isLater || (parent >= 0 && isHidden[parent] === 1)) isHidden[row] = 1;
    else kept.push(row);
  }
  const moved = new Map(kept.map((row, at) => [row, at]));
  const members = kept.map((row) =>
    groups[groupOf[row] ?? -1]?.members.map((member) => processes[member]?.ref ?? ''),
  );
  return {
    selection: {
      ...selection,
      indexes: kept.map((row) => indexes[row] ?? -1),
      parents: kept.map((row) => moved.get(parents[row] ?? -1) ?? -1),
      counts: kept.map((row, at) => members[at]?.length ?? selection.counts?.[row] ?? 1),
    },
    members,
    periods: kept.map((row) => groups[groupOf[row] ?? -1]?.period),
    hidden: processes.length - kept.length,
  };
}
