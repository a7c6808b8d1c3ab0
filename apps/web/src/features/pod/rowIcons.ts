import { isExternal } from '../../view/external.ts';
import { mark } from '../../view/marks.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { kindOf, processOf, type VisibleTree } from '../../view/visibleTree.ts';

/** The sign of a row: it says what colour says. */
export function signOf(tree: VisibleTree, row: number): string {
  switch (kindOf(tree, row)) {
    case rowKind.head:
      return '⬡';
    case rowKind.group:
      return '▤';
    case rowKind.capsule:
    case rowKind.hidden:
      return '⋯';
    case rowKind.more:
      return '';
    case rowKind.destinations:
      return '⇄';
    case rowKind.leaf: {
      const { connections } = tree.model.columns;
      const leaf = tree.item[row] ?? -1;
      if (connections.direction[leaf] === 'listen') return '⌐';
      if (connections.direction[leaf] === 'inbound') return '⇠';
      return isExternal(tree.model.columns, leaf) ? '⊙' : '⇄';
    }
    case rowKind.process: {
      const bits = tree.model.marks[processOf(tree, row)] ?? 0;
      if ((bits & mark.late) !== 0) return (bits & mark.loud) === 0 ? '◔' : '◷';
      if ((bits & mark.loud) !== 0) return '⇱';
      if ((bits & mark.main) !== 0) return '●';
      return (bits & mark.ghost) === 0 ? '' : '◌';
    }
  }
}

/** The class of a row's look, shared by rows and cards. */
export function lookOf(
  tree: VisibleTree,
  row: number,
): 'loud' | 'lateQuiet' | 'main' | 'ghost' | 'plain' {
  const process = processOf(tree, row);
  if (process < 0) return 'plain';
  const bits = tree.model.marks[process] ?? 0;
  if ((bits & mark.loud) !== 0) return 'loud';
  if ((bits & mark.main) !== 0) return 'main';
  if ((bits & mark.ghost) !== 0) return 'ghost';
  return (bits & mark.late) === 0 ? 'plain' : 'lateQuiet';
}
