import { binaryWords } from '@forebear/model/words/processWords';
import { mark } from './marks.ts';
import { rowKind } from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';
import { hasState, rowState, type VisibleTree } from './visibleTree.ts';

/** The exact numbers of what is shown. They add up: shown + folded + collapsed + behind + filtered = all. */
export interface TreeFigures {
  readonly all: number;
  /** Rows of their own. */
  readonly shown: number;
  /** In groups and capsules. */
  readonly folded: number;
  readonly folds: number;
  /** Below closed rows. */
  readonly collapsed: number;
  /** Behind `+N more`. */
  readonly behind: number;
  readonly filtered: number;
  /** Outside the process the tree is rooted at. */
  readonly outside: number;
}

/**
 * The processes of the pod or host itself, as the lists of pods count them; and the others that its tree shows: the host's
 * above a pod, the containers' below a host.
 */
export function ownersOf(model: TreeModel): { readonly own: number; readonly others: number } {
  let host = 0;
  for (const marks of model.marks) if ((marks & mark.host) !== 0) host += 1;
  const own = model.columns.pod.kind === 'host' ? host : model.count - host;
  return { own, others: model.count - own };
}

/** Processes that an agent prevented: each has its card, and none of them ran. */
export function preventedOf(model: TreeModel): number {
  let prevented = 0;
  for (const marks of model.marks) if ((marks & mark.blocked) !== 0) prevented += 1;
  return prevented;
}

/** Ghosts that are the kernel: it never has an event of its own, and nobody misses one. */
export function kernelsOf({ count, marks, columns: { nodes, strings } }: TreeModel): number {
  let kernels = 0;
  for (let row = 0; row < count; row += 1) {
    if (((marks[row] ?? 0) & mark.ghost) === 0) continue;
    const binary = strings[nodes.binary[row] ?? 0] ?? '';
    if (binaryWords(binary, nodes.pid[row] ?? null) === 'kernel') kernels += 1;
  }
  return kernels;
}

export function figuresOf(tree: VisibleTree): TreeFigures {
  const sums = { shown: 0, folded: 0, folds: 0, collapsed: 0, behind: 0, filtered: 0 };
  for (let row = 1; row < tree.count; row += 1) {
    const covers = tree.covers[row] ?? 0;
    switch (tree.kind[row]) {
      case rowKind.process:
        sums.shown += 1;
        sums.collapsed += covers - 1;
        break;
      case rowKind.group:
      case rowKind.capsule:
        sums.folded += covers;
        if (!hasState(tree, row, rowState.expanded)) sums.folds += 1;
        break;
      case rowKind.more:
        sums.behind += covers;
        break;
      case rowKind.hidden:
        sums.filtered += covers;
        break;
      default:
    }
  }
  return { all: tree.model.count, ...sums, outside: tree.covers[0] ?? 0 };
}
