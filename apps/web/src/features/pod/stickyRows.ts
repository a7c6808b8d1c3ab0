import { ancestorRows } from '../../view/navigate.ts';
import type { TreeState } from './useTree.ts';

/** Copies of rows at the top, at the most. */
export const MOST_STICKY = 6;

/** The path above the first row in sight, so that one knows where one is. */
export function stickyRows({ tree }: TreeState, first: number): readonly number[] {
  if (first <= 0 || first >= tree.count) return [];
  const above = ancestorRows(tree, Math.min(first + 1, tree.count - 1));
  return above.filter((row) => row < first).slice(-MOST_STICKY);
}
