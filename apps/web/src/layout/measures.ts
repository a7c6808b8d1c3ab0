import { type RowKind, rowKind } from '../view/rowKeys.ts';
import type { VisibleTree } from '../view/visibleTree.ts';

/** The graph's measures in pixels at scale 1. */
export const measures = {
  cardHeight: 58,
  pillHeight: 28,
  /** Between two cards below each other: 64 px from card to card. */
  rowGap: 6,
  columnGap: 40,
  /** Where edges meet a card: the middle of its first line, which is the middle of a pill. */
  port: 14,
  /** Above the first card of a container, for its bracket's label. */
  bracketHead: 24,
  bracketFoot: 10,
} as const;

const widths: Readonly<Record<RowKind, number>> = {
  [rowKind.head]: 208,
  [rowKind.process]: 240,
  [rowKind.group]: 240,
  [rowKind.capsule]: 128,
  [rowKind.more]: 168,
  [rowKind.leaf]: 340,
  [rowKind.destinations]: 240,
  [rowKind.hidden]: 188,
  [rowKind.loose]: 240,
  [rowKind.looseRule]: 300,
};

const widthByCode = Float64Array.from(Object.values(rowKind), (kind) => widths[kind]);

export function widthOfRow(tree: VisibleTree, row: number): number {
  return widthByCode[tree.kind[row] ?? 0] ?? 0;
}

const CARDS: ReadonlySet<number> = new Set([
  rowKind.process,
  rowKind.group,
  rowKind.head,
  rowKind.loose,
]);

export function heightOf(kind: number): number {
  return CARDS.has(kind) ? measures.cardHeight : measures.pillHeight;
}
