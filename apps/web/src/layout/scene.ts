import { isConnection, isLoud, look, lookOf } from '../view/look.ts';
import { mark } from '../view/marks.ts';
import { rowKind } from '../view/rowKeys.ts';
import { gravityOf, isGrave } from '../view/severities.ts';
import { hasState, processOf, rowState, type VisibleTree } from '../view/visibleTree.ts';
import { type Box, type Placed, subtreeBox } from './placed.ts';

/** What joins a card to its parent. */
export const edgeLook = {
  solid: 0,
  inferred: 1,
  suspect: 2,
  late: 3,
  leaf: 4,
  refused: 5,
} as const;

/** The badge at the corner of a card: none, mild alerts, grave ones, of its own or of what it hides. */
export const alertMark = { none: 0, mild: 1, grave: 2 } as const;

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
  /** `alertMark`. */
  readonly alerts: Uint8Array;
  /** 1: loud or gravely alerted, or such are behind it. Painted last and never dropped. */
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
  const alerts = new Uint8Array(tree.count);
  const flagged = new Uint8Array(tree.count);
  const flaggedRows: number[] = [];
  const brackets: Bracket[] = [];
  for (let row = 0; row < tree.count; row += 1) {
    const face = lookOf(tree, row);
    looks[row] = face;
    edges[row] = edgeOf(tree, row, face);
    dim[row] = hasState(tree, row, rowState.dim) ? 1 : 0;
    const told = alertMarkOf(tree, row);
    alerts[row] = told;
    if (isFlagged(tree, row, face) || told === alertMark.grave) {
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
    alerts,
    flagged,
    flaggedRows: Int32Array.from(flaggedRows),
    brackets,
  };
}

function isFlagged(tree: VisibleTree, row: number, face: number): boolean {
  if (isLoud(face) || (tree.hiddenLoud[row] ?? 0) > 0) return true;
  return ((tree.model.marks[processOf(tree, row)] ?? 0) & mark.loud) !== 0;
}

function alertMarkOf(tree: VisibleTree, row: number): number {
  const gravity = Math.max(ownGravity(tree, row), tree.hiddenGravity[row] ?? 0);
  if (gravity === 0) return alertMark.none;
  return isGrave(gravity) ? alertMark.grave : alertMark.mild;
}

function ownGravity(tree: VisibleTree, row: number): number {
  const { model } = tree;
  if (tree.kind[row] === rowKind.looseRule)
    return gravityOf(model.loose.rules[tree.item[row] ?? -1]?.severity);
  return model.gravity[processOf(tree, row)] ?? 0;
}

function edgeOf(tree: VisibleTree, row: number, face: number): number {
  if (face === look.refused) return edgeLook.refused;
  if (isConnection(face) || face === look.looseRule) return edgeLook.leaf;
  const bits = tree.model.marks[processOf(tree, row)] ?? 0;
  if ((bits & mark.suspect) !== 0) return edgeLook.suspect;
  if (face === look.blocked) return edgeLook.refused;
  if (isLoud(face)) return edgeLook.late;
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
