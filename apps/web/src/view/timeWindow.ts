import type { TreeModel } from './treeModel.ts';

/** [from, to) in microseconds; an absent end is open. */
export interface TimeWindow {
  readonly fromUs: number | undefined;
  readonly toUs: number | undefined;
}

/** 1 for each process that started or talked inside the window; a process without a time never does. */
export function activeWithin(model: TreeModel, { fromUs, toUs }: TimeWindow): Uint8Array {
  const { nodes, connections } = model.columns;
  const low = fromUs ?? -Infinity;
  const high = toUs ?? Infinity;
  const active = new Uint8Array(model.count);
  for (let row = 0; row < model.count; row += 1) {
    const start = nodes.startTimeUs[row];
    if (start !== null && start !== undefined && start >= low && start < high) active[row] = 1;
  }
  for (let leaf = 0; leaf < connections.count; leaf += 1) {
    const first = connections.firstSeenUs[leaf];
    const last = connections.lastSeenUs[leaf];
    if (first === null || first === undefined) continue;
    const row = connections.process[leaf] ?? -1;
    if (row >= 0 && row < model.count && first < high && (last ?? first) >= low) active[row] = 1;
  }
  return active;
}
