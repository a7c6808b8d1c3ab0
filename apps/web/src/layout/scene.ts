import { isExternal } from '../view/external.ts';
import { mark } from '../view/marks.ts';
import { rowKind } from '../view/rowKeys.ts';
import { hasState, processOf, rowState, type VisibleTree } from '../view/visibleTree.ts';
import { type Box, type Placed, subtreeBox } from './placed.ts';

/** How a card is drawn; the order is that of importance, so that the greater one wins where only one fits. */
export const look = {
  ordinary: 0,
  infrastructure: 1,
  ghost: 2,
  leaf: 3,
  external: 4,
  capsule: 5,
  listen: 6,
  more: 7,
  group: 8,
  head: 9,
  lateQuiet: 10,
  main: 11,
  loud: 12,
} as const;

/** What joins a card to its parent. */
export const edgeLook = { solid: 0, inferred: 1, suspect: 2, late: 3, leaf: 4 } as const;

/** A container's bracket: a thin frame around its processes. */
export interface Bracket {
  readonly row: number;
  readonly box: Box;
  readonly label: string;
}

/** Everything that is painted of a drawn tree, found once per layout and not per frame. */
export interface Scene {
  readonly placed: Placed;
  readonly looks: Uint8Array;
  readonly edges: Uint8Array;
  /** 1: not what the filter asks for. */
  readonly dim: Uint8Array;
  /** 1: loud, or loud ones are behind it. Painted last and never dropped. */
  readonly flagged: Uint8Array;
  /** Those rows, in order. */
  readonly flaggedRows: Int32Array;
  readonly brackets: readonly Bracket[];
}

const MOST_BRACKETS = 200;

/** `show` makes text of a log fit to be painted: escaped, and no longer than a label. */
export function sceneOf(placed: Placed, show: (text: string) => string): Scene {
  const { tree } = placed;
  const looks = new Uint8Array(tree.count);
  const edges = new Uint8Array(tree.count);
  const dim = new Uint8Array(tree.count);
  const flagged = new Uint8Array(tree.count);
  const flaggedRows: number[] = [];
  const brackets: Bracket[] = [];
  for (let row = 0; row < tree.count; row += 1) {
    const face = lookOf(tree, row);
    looks[row] = face;
    edges[row] = edgeOf(tree, row, face);
    dim[row] = hasState(tree, row, rowState.dim) ? 1 : 0;
    if (face === look.loud || (tree.hiddenLoud[row] ?? 0) > 0) {
      flagged[row] = 1;
      flaggedRows.push(row);
    }
    if (hasState(tree, row, rowState.containerStart) && brackets.length < MOST_BRACKETS) {
      brackets.push({ row, box: subtreeBox(placed, row), label: show(containerLabel(tree, row)) });
    }
  }
  return {
    placed,
    looks,
    edges,
    dim,
    flagged,
    flaggedRows: Int32Array.from(flaggedRows),
    brackets,
  };
}

function lookOf(tree: VisibleTree, row: number): number {
  const { marks, columns } = tree.model;
  switch (tree.kind[row]) {
    case rowKind.head:
      return look.head;
    case rowKind.group:
      return look.group;
    case rowKind.capsule:
      return look.capsule;
    case rowKind.more:
    case rowKind.hidden:
      return look.more;
    case rowKind.destinations:
      return look.leaf;
    case rowKind.leaf:
      return isExternal(columns, tree.item[row] ?? -1) ? look.external : look.leaf;
    default: {
      const bits = marks[processOf(tree, row)] ?? 0;
      if ((bits & mark.loud) !== 0) return look.loud;
      if ((bits & mark.main) !== 0) return look.main;
      if ((bits & mark.ghost) !== 0) return look.ghost;
      if ((bits & mark.late) !== 0) return look.lateQuiet;
      return (bits & mark.host) === 0 ? look.ordinary : look.infrastructure;
    }
  }
}

function edgeOf(tree: VisibleTree, row: number, face: number): number {
  if (face === look.leaf || face === look.external || face === look.listen) return edgeLook.leaf;
  const bits = tree.model.marks[processOf(tree, row)] ?? 0;
  if ((bits & mark.suspect) !== 0) return edgeLook.suspect;
  if (face === look.loud) return edgeLook.late;
  if ((bits & mark.inferred) !== 0) return edgeLook.inferred;
  return edgeLook.solid;
}

function containerLabel(tree: VisibleTree, row: number): string {
  const { containers, nodes } = tree.model.columns;
  const container = containers[nodes.container[processOf(tree, row)] ?? -1];
  if (container === undefined) return 'container';
  const kind = container.kind === 'main' ? '' : ` · ${container.kind}`;
  return `${container.name === '' ? container.id.slice(-12) : container.name}${kind}`;
}
