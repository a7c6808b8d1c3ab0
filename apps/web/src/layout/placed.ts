import type { VisibleTree } from '../view/visibleTree.ts';
import { heightOf, measures, widthOfRow } from './measures.ts';

/**
 * Where everything of a drawn tree lies, in pixels at scale 1; y grows downwards, x by level. Per level the rows are
 * in order of y, and in the row layout so are the families: what a viewport holds is found by two binary searches per
 * level.
 */
export interface Placed {
  readonly tree: VisibleTree;
  /** Left edge of each level's cards, and one more: the right edge of all. */
  readonly columnX: Float64Array;
  /** Top edge of each row's card. */
  readonly y: Float64Array;
  /** Top edges of its first and last child; its own without children. */
  readonly firstY: Float64Array;
  readonly lastY: Float64Array;
  /** Parents stand on the row of their first child, so that families are in order of y, too. */
  readonly isTopAligned: boolean;
  /** Rows of a level in order of y, all levels one after the other; level i begins at `levelStart[i]`. */
  readonly order: Int32Array;
  readonly levelStart: Int32Array;
  readonly levels: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Index and extents over the tops that a layout has found. */
export function placedOf(
  tree: VisibleTree,
  y: Float64Array,
  { height, isTopAligned }: { height: number; isTopAligned: boolean },
): Placed {
  const { count, level, parent } = tree;
  let levels = 0;
  for (let row = 0; row < count; row += 1) levels = Math.max(levels, level[row] ?? 0);
  const levelStart = new Int32Array(levels + 1);
  const widths = new Float64Array(levels);
  for (let row = 0; row < count; row += 1) {
    const at = (level[row] ?? 1) - 1;
    levelStart[at + 1] = (levelStart[at + 1] ?? 0) + 1;
    const width = widthOfRow(tree, row);
    if (width > (widths[at] ?? 0)) widths[at] = width;
  }
  const columnX = new Float64Array(levels + 1);
  for (let at = 0; at < levels; at += 1) {
    levelStart[at + 1] = (levelStart[at + 1] ?? 0) + (levelStart[at] ?? 0);
    columnX[at + 1] = (columnX[at] ?? 0) + (widths[at] ?? 0) + measures.columnGap;
  }
  const order = new Int32Array(count);
  const filled = levelStart.slice();
  const lastY = y.slice();
  const firstY = y.slice();
  for (let row = 0; row < count; row += 1) {
    const at = (level[row] ?? 1) - 1;
    order[filled[at] ?? 0] = row;
    filled[at] = (filled[at] ?? 0) + 1;
    const up = parent[row] ?? -1;
    if (up < 0) continue;
    lastY[up] = Math.max(lastY[up] ?? 0, y[row] ?? 0);
    firstY[up] = Math.min(firstY[up] ?? 0, y[row] ?? 0);
  }
  const width = Math.max(0, (columnX[levels] ?? 0) - measures.columnGap);
  return {
    tree,
    columnX,
    y,
    firstY,
    lastY,
    isTopAligned,
    order,
    levelStart,
    levels,
    width,
    height,
  };
}

/** The levels whose cards or outgoing edges a box may show: [first, last]. */
export function levelsIn(
  { columnX, levels }: Placed,
  left: number,
  right: number,
): [number, number] {
  let first = upperBound(columnX, left, 0, levels) - 1;
  if (first < 0) first = 0;
  const last = Math.min(levels - 1, upperBound(columnX, right, 0, levels) - 1);
  return [first, last];
}

/** Rows whose cards touch a box, in preorder. At most `most` of them. */
export function rowsIn(placed: Placed, box: Box, most: number): Int32Array {
  const { tree, order, y, columnX } = placed;
  const found: number[] = [];
  const [first, last] = levelsIn(placed, box.left, box.right);
  for (let at = first; at <= last; at += 1) {
    const end = placed.levelStart[at + 1] ?? 0;
    let place = firstBelow(placed, at, box.top - measures.cardHeight);
    for (; place < end; place += 1) {
      const row = order[place] ?? 0;
      if ((y[row] ?? 0) > box.bottom) break;
      const right = (columnX[at] ?? 0) + widthOfRow(tree, row);
      const bottom = (y[row] ?? 0) + heightOf(tree.kind[row] ?? 0);
      if (right < box.left || bottom < box.top) continue;
      found.push(row);
      if (found.length >= most) break;
    }
  }
  return Int32Array.from(found).sort();
}

/** The first place of a level whose card begins at or below `top`. */
export function firstBelow({ order, y, levelStart }: Placed, at: number, top: number): number {
  let low = levelStart[at] ?? 0;
  let high = levelStart[at + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((y[order[middle] ?? 0] ?? 0) < top) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The places of a level whose families a stretch of y may touch: [from, to). */
export function familiesIn(
  { order, y, lastY, levelStart, isTopAligned }: Placed,
  at: number,
  top: number,
  bottom: number,
): [number, number] {
  let low = levelStart[at] ?? 0;
  const end = levelStart[at + 1] ?? 0;
  if (!isTopAligned) return [low, end];
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lastY[order[middle] ?? 0] ?? 0) < top) low = middle + 1;
    else high = middle;
  }
  const from = low;
  high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((y[order[middle] ?? 0] ?? 0) <= bottom) low = middle + 1;
    else high = middle;
  }
  return [from, low];
}

/** The card at a point; -1: none. */
export function rowAt(placed: Placed, x: number, y: number): number {
  const [at] = levelsIn(placed, x, x);
  const place = firstBelow(placed, at, y - measures.cardHeight);
  for (let next = place; next < (placed.levelStart[at + 1] ?? 0); next += 1) {
    const row = placed.order[next] ?? 0;
    const box = boxOf(placed, row);
    if (box.top > y) break;
    if (x >= box.left && x <= box.right && y <= box.bottom) return row;
  }
  return -1;
}

export function boxOf(placed: Placed, row: number): Box {
  const { tree, columnX, y } = placed;
  const left = columnX[(tree.level[row] ?? 1) - 1] ?? 0;
  const top = y[row] ?? 0;
  return {
    left,
    top,
    right: left + widthOfRow(tree, row),
    bottom: top + heightOf(tree.kind[row] ?? 0),
  };
}

/** The box around a row and all that is drawn below it. */
export function subtreeBox(placed: Placed, row: number): Box {
  const { tree, columnX } = placed;
  const own = boxOf(placed, row);
  let { top, bottom, right } = own;
  for (let at = row + 1; at < (tree.end[row] ?? 0); at += 1) {
    const y = placed.y[at] ?? 0;
    if (y < top) top = y;
    const low = y + heightOf(tree.kind[at] ?? 0);
    if (low > bottom) bottom = low;
    const edge = (columnX[(tree.level[at] ?? 1) - 1] ?? 0) + widthOfRow(tree, at);
    if (edge > right) right = edge;
  }
  return { left: own.left, top, right, bottom };
}

function upperBound(values: Float64Array, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
