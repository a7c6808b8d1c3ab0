import { mark } from './marks.ts';
import { rowKind } from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';
import { hasState, keyOf, rowState, type VisibleTree } from './visibleTree.ts';

/** The model's processes in the order they are drawn when all is open; built once per model. */
export function preorderOf(model: TreeModel): Int32Array {
  const order = new Int32Array(model.count);
  let at = 0;
  let row = model.firstRoot;
  while (row !== -1) {
    order[at] = row;
    at += 1;
    let after = model.first[row] ?? -1;
    for (let up = row; after === -1 && up !== -1; up = model.parent[up] ?? -1) {
      after = model.next[up] ?? -1;
    }
    row = after;
  }
  return order;
}

/** The next process in drawing order for which `wanted` says yes, going round at the ends; -1: there is none. */
export function nextProcess(
  order: Int32Array,
  from: number,
  step: 1 | -1,
  wanted: (row: number) => boolean,
): number {
  const { length } = order;
  const before = step === 1 ? -1 : length;
  const here = from < 0 ? before : order.indexOf(from);
  for (let steps = 1; steps <= length; steps += 1) {
    const row = order[(here + step * steps + length * 2) % length] ?? -1;
    if (row >= 0 && wanted(row)) return row;
  }
  return -1;
}

export function isFlagged(model: TreeModel, row: number): boolean {
  const interesting = mark.loud | mark.alert | mark.random | mark.noted;
  return ((model.marks[row] ?? 0) & interesting) !== 0;
}

/** What an arrow does to a tree: go to a row, or open or close the one it stands on. */
export type TreeMove =
  | { readonly kind: 'go'; readonly row: number }
  | { readonly kind: 'open' | 'close'; readonly row: number };

/** Left and right as in every tree: close, then to the parent; open, then to the first child. */
export function sideways(
  tree: VisibleTree,
  row: number,
  direction: 'left' | 'right',
): TreeMove | undefined {
  const isExpanded = hasState(tree, row, rowState.expanded);
  if (direction === 'left') {
    if (isExpanded && row > 0) return { kind: 'close', row };
    const up = tree.parent[row] ?? -1;
    return up < 0 ? undefined : { kind: 'go', row: up };
  }
  if (hasState(tree, row, rowState.expandable) && !isExpanded) {
    return tree.kind[row] === rowKind.capsule && (tree.end[row] ?? 0) > row + 1
      ? { kind: 'go', row: row + 1 }
      : { kind: 'open', row };
  }
  return (tree.end[row] ?? 0) > row + 1 ? { kind: 'go', row: row + 1 } : undefined;
}

/** The next row below the same parent, else the nearest one of the same level. */
export function sibling(tree: VisibleTree, row: number, step: 1 | -1): number {
  const level = tree.level[row] ?? 0;
  let at = step === 1 ? (tree.end[row] ?? tree.count) : row - 1;
  for (; at >= 0 && at < tree.count; at += step) {
    if (tree.level[at] === level) return at;
  }
  return row;
}

/** The rows above a row, the head first. */
export function ancestorRows(tree: VisibleTree, row: number): readonly number[] {
  const rows: number[] = [];
  for (let up = tree.parent[row] ?? -1; up >= 0; up = tree.parent[up] ?? -1) rows.push(up);
  return rows.reverse();
}

/** Keys of a row's expandable siblings, itself included. */
export function siblingKeys(tree: VisibleTree, row: number): readonly string[] {
  const keys: string[] = [];
  const parent = tree.parent[row] ?? -1;
  if (parent < 0) return keys;
  for (let at = parent + 1; at < (tree.end[parent] ?? 0); at = tree.end[at] ?? tree.count) {
    if (hasState(tree, at, rowState.expandable) && tree.kind[at] === rowKind.process) {
      keys.push(keyOf(tree, at));
    }
  }
  return keys;
}
