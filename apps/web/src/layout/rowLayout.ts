import { rowState, type VisibleTree } from '../view/visibleTree.ts';
import { heightOf, measures } from './measures.ts';
import { type Placed, placedOf } from './placed.ts';

/**
 * Lays a drawn tree out from left to right: a card stands on the row of its first child, so that chains are one line,
 * and the next sibling begins below all that hangs on the one before. One pass over preorder, nothing recurses. A
 * container's first card gets room above it for the bracket's label.
 */
export function rowLayout(tree: VisibleTree): Placed {
  const { count, parent, level, kind } = tree;
  const y = new Float64Array(count);
  const bracketed = rowsUnderBracket(tree);
  let floor = 0;
  for (let row = 0; row < count; row += 1) {
    const isFirst = row > 0 && parent[row] === row - 1;
    if (isFirst) {
      y[row] = y[row - 1] ?? 0;
      continue;
    }
    floor = closeDownTo(tree, y, row - 1, level[row] ?? 1, floor);
    if (bracketed[row] === 1) floor += measures.bracketHead;
    y[row] = floor;
  }
  const bottom = closeDownTo(tree, y, count - 1, 1, floor);
  const height = count === 0 ? 0 : bottom - measures.rowGap;
  return placedOf(tree, y, { height, isTopAligned: true });

  function closeDownTo(
    { state }: VisibleTree,
    tops: Float64Array,
    from: number,
    to: number,
    start: number,
  ): number {
    let low = start;
    for (let at = from; at >= 0 && (level[at] ?? 0) >= to; at = parent[at] ?? -1) {
      low = Math.max(low, (tops[at] ?? 0) + heightOf(kind[at] ?? 0) + measures.rowGap);
      if (((state[at] ?? 0) & rowState.containerStart) !== 0) low += measures.bracketFoot;
    }
    return low;
  }
}

/** 1 for rows on whose line a container begins: they or their first children down the line. */
function rowsUnderBracket({ count, parent, state }: VisibleTree): Uint8Array {
  const under = new Uint8Array(count);
  for (let row = count - 1; row >= 0; row -= 1) {
    const begins = ((state[row] ?? 0) & rowState.containerStart) !== 0;
    const continues = row + 1 < count && parent[row + 1] === row && under[row + 1] === 1;
    if (begins || continues) under[row] = 1;
  }
  return under;
}
