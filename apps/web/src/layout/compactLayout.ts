import { hierarchy, tree as tidyTree } from 'd3-hierarchy';
import type { VisibleTree } from '../view/visibleTree.ts';
import { heightOf, measures } from './measures.ts';
import { type Placed, placedOf } from './placed.ts';

/** d3's hierarchy is quadratic in depth and makes an object per node: small forests only. */
export const mostCompactRows = 300;

interface Vertex {
  readonly row: number;
  readonly children: Vertex[];
}

/**
 * The tidy tree of d3-hierarchy: parents in the middle of their children, subtrees pushed together. For small forests;
 * it is also what the row layout is tested against.
 */
export function compactLayout(tree: VisibleTree): Placed {
  const vertices: Vertex[] = [];
  for (let row = 0; row < tree.count; row += 1) {
    const vertex = { row, children: [] };
    vertices.push(vertex);
    vertices[tree.parent[row] ?? -1]?.children.push(vertex);
  }
  const y = new Float64Array(tree.count);
  const root = vertices[0];
  if (root === undefined) return placedOf(tree, y, { height: 0, isTopAligned: false });
  const extent = (row: number) => heightOf(tree.kind[row] ?? 0) + measures.rowGap;
  const laid = tidyTree<Vertex>()
    .nodeSize([1, 1])
    // Asked with either of the two above the other: the taller one is enough for both.
    .separation((a, b) => Math.max(extent(a.data.row), extent(b.data.row)))(hierarchy(root));
  let top = Infinity;
  laid.each((node) => {
    if (node.x < top) top = node.x;
  });
  let bottom = 0;
  laid.each((node) => {
    const { row } = node.data;
    y[row] = node.x - top + measures.bracketHead;
    bottom = Math.max(bottom, (y[row] ?? 0) + heightOf(tree.kind[row] ?? 0));
  });
  return placedOf(tree, y, { height: bottom + measures.bracketFoot, isTopAligned: false });
}
