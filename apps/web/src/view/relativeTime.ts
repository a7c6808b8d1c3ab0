import type { TreeModel } from './treeModel.ts';

/** What the time on a card is measured from. */
export type RelativeTo = 'main' | 'parent' | 'previous' | 'clock';

const modes: readonly RelativeTo[] = ['main', 'parent', 'previous', 'clock'];

/**
 * Milliseconds from what the mode says to a process's start, exact to the nanosecond; undefined when either is
 * unknown, and always for `clock`.
 */
export function relativeMs(model: TreeModel, row: number, to: RelativeTo): number | undefined {
  switch (to) {
    case 'clock':
      return undefined;
    case 'main':
      return afterMain(model, row);
    case 'parent':
      return between(model, model.parent[row] ?? -1, row);
    case 'previous': {
      const before = model.previous[row] ?? -1;
      return between(model, before === -1 ? (model.parent[row] ?? -1) : before, row);
    }
  }
}

/** After main's start, or what stands for it; processes of the host are measured from the first main there is. */
function afterMain(model: TreeModel, row: number): number | undefined {
  const { nodes, containers } = model.columns;
  const late = nodes.lateByMs[row];
  if (late !== null && late !== undefined) return late;
  if (nodes.role[row] === 'main') return 0;
  const own = containers[nodes.container[row] ?? -1]?.main ?? -1;
  return between(model, own >= 0 ? own : firstMain(model), row);
}

/** What times of a tree can be measured from: a host has no main, only those of the containers on it. */
export function relativeModesOf({ columns: { pod } }: TreeModel): readonly RelativeTo[] {
  return pod.kind === 'host' ? modes.filter((mode) => mode !== 'main') : modes;
}

/** The mode that is asked for, or the time of day where nothing stands for it. */
export function relativeModeOf(model: TreeModel, asked: RelativeTo): RelativeTo {
  return relativeModesOf(model).includes(asked) ? asked : 'clock';
}

/** The main process that times of the whole tree are measured from; -1 when no container has one, and for a host. */
export function firstMain(model: TreeModel): number {
  const { containers, pod } = model.columns;
  if (pod.kind === 'host') return -1;
  const running = containers.find((container) => container.kind === 'main' && container.main >= 0);
  return (running ?? containers.find((container) => container.main >= 0))?.main ?? -1;
}

function between(model: TreeModel, from: number, to: number): number | undefined {
  const { startTimeUs, startTimeNs } = model.columns.nodes;
  const a = startTimeUs[from];
  const b = startTimeUs[to];
  if (a === null || a === undefined || b === null || b === undefined) return undefined;
  return (b - a) / 1000 + ((startTimeNs[to] ?? 0) - (startTimeNs[from] ?? 0)) / 1e6;
}
