import { groupSign } from '@forebear/model/words/cardSigns';
import { isExternal } from './external.ts';
import { mark } from './marks.ts';
import { rowKind } from './rowKeys.ts';
import { processOf, type VisibleTree } from './visibleTree.ts';

/** What a row looks like, in the graph and as a row; the order is that of importance, so that the greater one wins where only one fits. */
export const look = {
  ordinary: 0,
  infrastructure: 1,
  ghost: 2,
  leaf: 3,
  inbound: 4,
  external: 5,
  capsule: 6,
  listen: 7,
  more: 8,
  group: 9,
  head: 10,
  lateQuiet: 11,
  main: 12,
  loud: 13,
  /** Loud, and not for being late: it left its container. */
  astray: 14,
} as const;
export type Look = (typeof look)[keyof typeof look];

/** The sign of each look: it says what colour says. */
export const signs: Readonly<Record<Look, string>> = {
  [look.ordinary]: '',
  [look.infrastructure]: '',
  [look.ghost]: '◌',
  [look.leaf]: '⇄',
  [look.inbound]: '⇠',
  [look.external]: '⊙',
  [look.capsule]: '⋯',
  [look.listen]: '⌐',
  [look.more]: '+',
  [look.group]: groupSign,
  [look.head]: '⬡',
  [look.lateQuiet]: '◔',
  [look.main]: '●',
  [look.loud]: '◷',
  [look.astray]: '⇱',
};

export function lookOf(tree: VisibleTree, row: number): Look {
  switch (tree.kind[row]) {
    case rowKind.head:
      return look.head;
    case rowKind.group:
      return look.group;
    case rowKind.capsule:
    case rowKind.hidden:
      return look.capsule;
    case rowKind.more:
      return look.more;
    case rowKind.destinations:
      return look.leaf;
    case rowKind.leaf:
      return lookOfLeaf(tree, tree.item[row] ?? -1);
    default:
      return lookOfProcess(tree.model.marks[processOf(tree, row)] ?? 0);
  }
}

export function signOf(tree: VisibleTree, row: number): string {
  return signs[lookOf(tree, row)];
}

/** Whether it is drawn in yellow. */
export function isLoud(of: number): boolean {
  return of === look.loud || of === look.astray;
}

/** Whether it is a connection, or several in one. */
export function isConnection(of: number): boolean {
  return of === look.leaf || of === look.inbound || of === look.external || of === look.listen;
}

function lookOfLeaf({ model: { columns } }: VisibleTree, leaf: number): Look {
  const direction = columns.connections.direction[leaf];
  if (direction === 'listen') return look.listen;
  if (isExternal(columns, leaf)) return look.external;
  return direction === 'inbound' ? look.inbound : look.leaf;
}

function lookOfProcess(bits: number): Look {
  if ((bits & mark.loud) !== 0) return (bits & mark.late) === 0 ? look.astray : look.loud;
  if ((bits & mark.main) !== 0) return look.main;
  if ((bits & mark.ghost) !== 0) return look.ghost;
  if ((bits & mark.late) !== 0) return look.lateQuiet;
  return (bits & mark.host) === 0 ? look.ordinary : look.infrastructure;
}
