import {
  capsuleKey,
  destinationsKey,
  groupKey,
  headKey,
  hiddenKey,
  leafKey,
  looseKey,
  looseRuleKey,
  type RowKind,
  rowKind,
} from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';

/** What a row can do and how it is shown, one bit each. */
export const rowState = {
  expandable: 1,
  expanded: 2,
  /** Not what the filter asks for. */
  dim: 4,
  /** What the filter asks for. */
  match: 8,
  /** The first process of a container instance, seen from its parent. */
  containerStart: 16,
  /** One of the host's, above the pod. */
  infrastructure: 32,
} as const;

/**
 * The drawn tree as columns in preorder: what is left of a model after folding, capsules, caps and filters. Row 0 is
 * the pod or host itself. Nothing is dropped: the `covers` of all rows add up to the processes of the model, and so
 * do the loud ones.
 */
export interface VisibleTree {
  readonly model: TreeModel;
  readonly count: number;
  readonly kind: Uint8Array;
  /** Process: row of the model. Leaf: row of `connections`. Loose rule: place in `loose.rules`. Head: -1. All else: index into `lists`. */
  readonly item: Int32Array;
  /** Row above it; -1 for the head. */
  readonly parent: Int32Array;
  /** 1-based, as ARIA counts. */
  readonly level: Int32Array;
  /** 1-based place among the entries below its parent, and how many there are, shown or behind `more`. */
  readonly position: Int32Array;
  readonly setSize: Int32Array;
  /** Bits of `rowState`. */
  readonly state: Uint8Array;
  /** Processes the row stands for: itself, and what is not drawn below it. */
  readonly covers: Int32Array;
  /** Loud processes among those not drawn, and their alerts. */
  readonly hiddenLoud: Int32Array;
  readonly hiddenAlerts: Int32Array;
  /** `gravityOf` the gravest of those alerts. */
  readonly hiddenGravity: Uint8Array;
  /** One past the last row below it. */
  readonly end: Int32Array;
  /** What folded rows stand for: processes, or connections for `destinations`. */
  readonly lists: readonly Int32Array[];
  /** Row of a process; -1: not drawn as a row of its own. */
  readonly rowOfProcess: Int32Array;
}

export function kindOf(tree: VisibleTree, row: number): RowKind {
  const kind = tree.kind[row];
  for (const known of Object.values(rowKind)) if (known === kind) return known;
  return rowKind.head;
}

export function hasState(tree: VisibleTree, row: number, bit: number): boolean {
  return ((tree.state[row] ?? 0) & bit) !== 0;
}

/** The process a row is; -1 for all that is not one. */
export function processOf(tree: VisibleTree, row: number): number {
  return tree.kind[row] === rowKind.process ? (tree.item[row] ?? -1) : -1;
}

/** What a folded row stands for; empty for every other row. */
export function listOf(tree: VisibleTree, row: number): Int32Array {
  const kind = tree.kind[row] ?? 0;
  if (UNLISTED.has(kind)) return NONE;
  return tree.lists[tree.item[row] ?? -1] ?? NONE;
}

const NONE = new Int32Array(0);
const UNLISTED: ReadonlySet<number> = new Set([
  rowKind.head,
  rowKind.process,
  rowKind.leaf,
  rowKind.looseRule,
]);

/** The key of a row: the same after a refresh, whatever came in between. */
export function keyOf(tree: VisibleTree, row: number): string {
  const { model } = tree;
  const refs = model.columns.nodes.ref;
  const ref = (process: number) => refs[process] ?? '';
  const item = tree.item[row] ?? -1;
  switch (kindOf(tree, row)) {
    case rowKind.head:
      return headKey;
    case rowKind.process:
      return ref(item);
    case rowKind.leaf: {
      const process = model.columns.connections.process[item] ?? -1;
      if (process < 0) return leafKey('', model.loose.leaves.indexOf(item));
      const place = model.leaves.indexOf(item, model.leafStart[process] ?? 0);
      return leafKey(ref(process), place - (model.leafStart[process] ?? 0));
    }
    case rowKind.group:
      return groupKey(ref(listOf(tree, row)[0] ?? -1));
    case rowKind.capsule:
      return capsuleKey(ref(listOf(tree, row)[0] ?? -1));
    case rowKind.destinations: {
      const process = model.columns.connections.process[listOf(tree, row)[0] ?? -1] ?? -1;
      return destinationsKey(ref(process));
    }
    case rowKind.hidden:
      return hiddenKey(ownerRef(tree, row));
    case rowKind.loose:
      return looseKey;
    case rowKind.looseRule:
      return looseRuleKey(item);
    case rowKind.more:
      return `m.${ownerKey(tree, row)}`;
  }
}

/** The ref of the process above a row; empty below the head. */
export function ownerRef(tree: VisibleTree, row: number): string {
  let up = tree.parent[row] ?? -1;
  while (up > 0 && tree.kind[up] !== rowKind.process) up = tree.parent[up] ?? -1;
  return tree.model.columns.nodes.ref[processOf(tree, up)] ?? '';
}

function ownerKey(tree: VisibleTree, row: number): string {
  const up = tree.parent[row] ?? -1;
  return up < 0 ? '' : keyOf(tree, up);
}

/** The row of a key; -1 when it is not drawn. */
export function rowOfKey(tree: VisibleTree, key: string): number {
  if (key === headKey) return tree.count > 0 ? 0 : -1;
  const process = tree.model.rowOfRef(key.slice(key.lastIndexOf('.') + 1));
  if (!key.includes('.')) return process < 0 ? -1 : (tree.rowOfProcess[process] ?? -1);
  // Rows that are no process hang near the one they are named after; a look at the others is rare.
  for (let row = 0; row < tree.count; row += 1) {
    if (tree.kind[row] !== rowKind.process && keyOf(tree, row) === key) return row;
  }
  return -1;
}
