import type { FilterOverlay } from './filterOverlay.ts';
import type { TreeModel } from './treeModel.ts';

export interface ClosedMatches {
  /** Matches below what was closed by hand: found, and not drawn. */
  readonly count: number;
  /** What is closed above them. */
  readonly closed: readonly string[];
}

/**
 * A filter opens the way to what it found, but not what somebody closed by hand: the closing is theirs. What it keeps out of
 * sight is counted, and can be opened at once.
 */
export function closedMatches(
  model: TreeModel,
  overlay: FilterOverlay | undefined,
  closed: readonly string[],
): ClosedMatches {
  if (overlay === undefined || closed.length === 0) return none;
  const rows = new Map<number, string>();
  for (const key of closed) {
    const row = model.rowOfRef(key);
    if (row >= 0) rows.set(row, key);
  }
  let count = 0;
  const above: string[] = [];
  for (const [row, key] of rows) {
    const below = (overlay.within[row] ?? 0) - (overlay.matched[row] ?? 0);
    if (below === 0) continue;
    above.push(key);
    if (!hasAbove(model, row, rows)) count += below;
  }
  return { count, closed: above };
}

const none: ClosedMatches = { count: 0, closed: [] };

function hasAbove(model: TreeModel, row: number, rows: ReadonlyMap<number, string>): boolean {
  for (let up = model.parent[row] ?? -1; up >= 0; up = model.parent[up] ?? -1) {
    if (rows.has(up)) return true;
  }
  return false;
}
