import { groupSign } from '@forebear/model/words/cardSigns';
import { markSign } from '@forebear/model/words/markWords';
import { isExternal, isHindered } from './external.ts';
import { mark } from './marks.ts';
import { rowKind } from './rowKeys.ts';
import { processOf, type VisibleTree } from './visibleTree.ts';

const blockedSign = markSign('blocked');

/** What a row looks like, in the graph and as a row; the order is that of importance, so that the greater one wins where only one fits. */
export const look = {
  ordinary: 0,
  infrastructure: 1,
  ghost: 2,
  /** Known by its name alone. */
  named: 3,
  leaf: 4,
  inbound: 5,
  external: 6,
  capsule: 7,
  listen: 8,
  more: 9,
  group: 10,
  /** What happened to no process that is known, and one rule's alerts of that. */
  loose: 11,
  looseRule: 12,
  head: 13,
  lateQuiet: 14,
  main: 15,
  /** A connection that was dropped or blocked. */
  refused: 16,
  loud: 17,
  /** Loud, and not for being late: it left its container. */
  astray: 18,
  /** Prevented: it never ran. */
  blocked: 19,
} as const;
export type Look = (typeof look)[keyof typeof look];

/** The sign of each look: it says what colour says. */
export const signs: Readonly<Record<Look, string>> = {
  [look.ordinary]: '',
  [look.infrastructure]: '',
  [look.ghost]: '◌',
  [look.named]: '≈',
  [look.leaf]: '⇄',
  [look.inbound]: '⇠',
  [look.external]: '⊙',
  [look.capsule]: '⋯',
  [look.listen]: '⌐',
  [look.more]: '+',
  [look.group]: groupSign,
  [look.loose]: '∅',
  [look.looseRule]: '▲',
  [look.head]: '⬡',
  [look.lateQuiet]: '◔',
  [look.main]: '●',
  [look.refused]: '✕',
  [look.loud]: '◷',
  [look.astray]: '⇱',
  [look.blocked]: blockedSign,
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
    case rowKind.loose:
      return look.loose;
    case rowKind.looseRule:
      return look.looseRule;
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
  return (
    of === look.leaf ||
    of === look.inbound ||
    of === look.external ||
    of === look.listen ||
    of === look.refused
  );
}

function lookOfLeaf({ model: { columns } }: VisibleTree, leaf: number): Look {
  const direction = columns.connections.direction[leaf];
  if (isHindered(columns, leaf)) return look.refused;
  if (direction === 'listen') return look.listen;
  if (isExternal(columns, leaf)) return look.external;
  return direction === 'inbound' ? look.inbound : look.leaf;
}

function lookOfProcess(bits: number): Look {
  if ((bits & mark.blocked) !== 0) return look.blocked;
  if ((bits & mark.loud) !== 0) return (bits & mark.late) === 0 ? look.astray : look.loud;
  if ((bits & mark.main) !== 0) return look.main;
  if ((bits & mark.named) !== 0) return look.named;
  if ((bits & mark.ghost) !== 0) return look.ghost;
  if ((bits & mark.late) !== 0) return look.lateQuiet;
  return (bits & mark.host) === 0 ? look.ordinary : look.infrastructure;
}
