import { hasFailed } from './folds.ts';
import type { TreeModel } from './treeModel.ts';

/** What a folded group says of its members. */
export interface GroupFacts {
  readonly count: number;
  readonly failed: number;
  readonly processes: number;
  readonly firstUs: number | undefined;
  readonly lastUs: number | undefined;
  /** Median gap between starts when four in five gaps are near it: `every 10 s`. */
  readonly everyMs: number | undefined;
}

export function groupFacts(model: TreeModel, members: Int32Array): GroupFacts {
  const { startTimeUs } = model.columns.nodes;
  let failed = 0;
  let processes = 0;
  const starts: number[] = [];
  for (const row of members) {
    if (hasFailed(model, row)) failed += 1;
    processes += 1 + (model.descendants[row] ?? 0);
    const start = startTimeUs[row];
    if (start !== null && start !== undefined) starts.push(start);
  }
  starts.sort((a, b) => a - b);
  return {
    count: members.length,
    failed,
    processes,
    firstUs: starts[0],
    lastUs: starts.at(-1),
    everyMs: periodOf(starts),
  };
}

function periodOf(starts: readonly number[]): number | undefined {
  if (starts.length < 4) return undefined;
  const gaps: number[] = [];
  for (let at = 1; at < starts.length; at += 1)
    gaps.push((starts[at] ?? 0) - (starts[at - 1] ?? 0));
  gaps.sort((a, b) => a - b);
  const median = gaps[gaps.length >> 1] ?? 0;
  if (median < 1000) return undefined;
  const near = gaps.filter((gap) => Math.abs(gap - median) <= median * 0.2).length;
  return near * 5 >= gaps.length * 4 ? median / 1000 : undefined;
}
