import { mark } from './marks.ts';
import { isGrave } from './severities.ts';
import { hasState, processOf, rowState, type VisibleTree } from './visibleTree.ts';

/** What a stretch of rows holds, the most telling last. A mild alert is a word of its row and no mark of the map. */
export const rowMark = { none: 0, main: 1, match: 2, late: 3, alert: 4 } as const;

/**
 * All rows in little: for each of `height` pixels the most telling of the rows that share it. A flagged row is never lost
 * between two pixels, and what is collapsed shows in the row that hides it.
 */
export function rowMap(tree: VisibleTree, height: number): Uint8Array {
  const pixels = new Uint8Array(Math.max(0, Math.floor(height)));
  if (pixels.length === 0 || tree.count === 0) return pixels;
  for (let row = 0; row < tree.count; row += 1) {
    const found = markOf(tree, row);
    if (found === rowMark.none) continue;
    const at = Math.min(pixels.length - 1, Math.floor((row * pixels.length) / tree.count));
    if (found > (pixels[at] ?? 0)) pixels[at] = found;
  }
  return pixels;
}

function markOf(tree: VisibleTree, row: number): number {
  const { model } = tree;
  const process = processOf(tree, row);
  const bits = process < 0 ? 0 : (model.marks[process] ?? 0);
  const gravity = Math.max(model.gravity[process] ?? 0, tree.hiddenGravity[row] ?? 0);
  if (isGrave(gravity)) return rowMark.alert;
  if ((bits & mark.loud) !== 0 || (tree.hiddenLoud[row] ?? 0) > 0) return rowMark.late;
  if (hasState(tree, row, rowState.match)) return rowMark.match;
  return (bits & mark.main) === 0 ? rowMark.none : rowMark.main;
}
