import type { TreeModel } from './treeModel.ts';

/**
 * What a filter found. An overlay: it never touches what is opened and closed. Ancestors of what was found are kept and
 * shown open while the filter stands.
 */
export interface FilterOverlay {
  readonly mode: 'dim' | 'hide';
  readonly matched: Uint8Array;
  readonly matches: number;
  /** Matches in the whole subtree, the process itself included. */
  readonly within: Int32Array;
  /** 1: shown open because something below it was found. */
  readonly open: Uint8Array;
}

/** No more than this many are laid open by themselves; the rest is found with the next-match key. */
const MOST_LAID_OPEN = 500;

export function overlayOf(
  model: TreeModel,
  matched: Uint8Array,
  mode: 'dim' | 'hide',
): FilterOverlay {
  const within = new Int32Array(model.count);
  let matches = 0;
  for (let row = model.count - 1; row >= 0; row -= 1) {
    const own = matched[row] === 1 ? 1 : 0;
    matches += own;
    within[row] = (within[row] ?? 0) + own;
    const up = model.parent[row] ?? -1;
    if (up >= 0) within[up] = (within[up] ?? 0) + (within[row] ?? 0);
  }
  const open = new Uint8Array(model.count);
  let laidOpen = 0;
  for (let row = 0; row < model.count && laidOpen < MOST_LAID_OPEN; row += 1) {
    if (matched[row] !== 1) continue;
    laidOpen += 1;
    for (
      let up = model.parent[row] ?? -1;
      up !== -1 && open[up] === 0;
      up = model.parent[up] ?? -1
    ) {
      open[up] = 1;
    }
  }
  return { mode, matched, matches, within, open };
}
