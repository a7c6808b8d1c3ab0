import type { TreeColumns } from '@forebear/model/wire/tree';
import { isExternal, isHindered } from './external.ts';
import { type Loose, withLooseLeaves } from './loose.ts';
import { marksOf } from './marks.ts';
import { gravityOf } from './severities.ts';

/**
 * One answer of the tree call as typed arrays, built once. Index = row of `columns.nodes`; -1 stands for none.
 * Siblings keep the order of the columns, which is by start, unless `sortSiblings` gave them another. Roots are each
 * other's siblings.
 */
export interface TreeModel {
  /** The answer as it came. */
  readonly answer: TreeColumns;
  /** The same, with the connections that have no process as the last of them. */
  readonly columns: TreeColumns;
  readonly loose: Loose;
  readonly count: number;
  readonly parent: Int32Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** The sibling that started before it, in whatever order they are. */
  readonly previous: Int32Array;
  readonly children: Int32Array;
  /** 1-based place among its siblings. */
  readonly position: Int32Array;
  /** Distance from its root. */
  readonly depth: Int32Array;
  /** Bits of `mark`. */
  readonly marks: Uint32Array;
  readonly firstRoot: number;
  readonly roots: number;
  /** Processes below, and how many of them are loud, have alerts, call out. */
  readonly descendants: Int32Array;
  readonly loudBelow: Int32Array;
  readonly alertsBelow: Int32Array;
  /** `gravityOf` the gravest of its own alerts, and of those below it. */
  readonly gravity: Uint8Array;
  readonly gravityBelow: Uint8Array;
  /** Rows of `columns.connections` of process i: `leaves[leafStart[i]] .. leaves[leafStart[i + 1] - 1]`, external first. */
  readonly leafStart: Int32Array;
  readonly leaves: Int32Array;
  readonly loud: number;
  /** All alerts, those that name no process too: as many as the list of pods says. */
  readonly alerts: number;
  readonly gravest: number;
  readonly lateLimitMs: number;
  /** The row of a ref; -1 when the tree has no such process. */
  readonly rowOfRef: (ref: string) => number;
}

/** Builds the arrays in a few linear passes; nothing recurses. A parent that does not come first is taken as none. */
export function buildTreeModel(answer: TreeColumns, lateLimitMs: number): TreeModel {
  const { columns, loose } = withLooseLeaves(answer);
  const { nodes } = columns;
  const { count } = nodes;
  const parent = new Int32Array(count);
  const first = new Int32Array(count).fill(-1);
  const last = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const previous = new Int32Array(count).fill(-1);
  const children = new Int32Array(count);
  const position = new Int32Array(count);
  const depth = new Int32Array(count);
  let firstRoot = -1;
  let lastRoot = -1;
  let roots = 0;
  for (let row = 0; row < count; row += 1) {
    const told = nodes.parent[row] ?? -1;
    const up = told >= 0 && told < row ? told : -1;
    parent[row] = up;
    let before: number;
    if (up === -1) {
      roots += 1;
      position[row] = roots;
      before = lastRoot;
      lastRoot = row;
      if (firstRoot === -1) firstRoot = row;
    } else {
      children[up] = (children[up] ?? 0) + 1;
      position[row] = children[up] ?? 0;
      depth[row] = (depth[up] ?? 0) + 1;
      before = last[up] ?? -1;
      last[up] = row;
      if (first[up] === -1) first[up] = row;
    }
    previous[row] = before;
    if (before !== -1) next[before] = row;
  }
  const marks = marksOf(columns, lateLimitMs);
  const below = sumsBelow(columns, parent, marks);
  const { leafStart, leaves } = leavesByProcess(columns);
  let refs: Map<string, number> | undefined;
  const rowOfRef = (ref: string): number => {
    refs ??= new Map(nodes.ref.map((one, row) => [one, row]));
    return refs.get(ref) ?? -1;
  };
  return {
    answer,
    columns,
    loose,
    count,
    parent,
    first,
    next,
    previous,
    children,
    position,
    depth,
    marks,
    firstRoot,
    roots,
    ...below,
    alerts: below.alerts + loose.alertCount,
    gravest: Math.max(below.gravest, loose.gravity),
    leafStart,
    leaves,
    lateLimitMs,
    rowOfRef,
  };
}

function sumsBelow(columns: TreeColumns, parent: Int32Array, marks: Uint32Array) {
  const { count, alerts, maxSeverity } = columns.nodes;
  const descendants = new Int32Array(count);
  const loudBelow = new Int32Array(count);
  const alertsBelow = new Int32Array(count);
  const gravity = new Uint8Array(count);
  const gravityBelow = new Uint8Array(count);
  let loud = 0;
  let told = 0;
  let gravest = 0;
  for (let row = count - 1; row >= 0; row -= 1) {
    const own = (marks[row] ?? 0) & 1;
    loud += own;
    if ((alerts[row] ?? 0) > 0) {
      gravity[row] = Math.max(1, gravityOf(maxSeverity[row]));
      told += alerts[row] ?? 0;
      gravest = Math.max(gravest, gravity[row] ?? 0);
    }
    const up = parent[row] ?? -1;
    if (up < 0) continue;
    descendants[up] = (descendants[up] ?? 0) + (descendants[row] ?? 0) + 1;
    loudBelow[up] = (loudBelow[up] ?? 0) + (loudBelow[row] ?? 0) + own;
    alertsBelow[up] = (alertsBelow[up] ?? 0) + (alertsBelow[row] ?? 0) + (alerts[row] ?? 0);
    gravityBelow[up] = Math.max(gravityBelow[up] ?? 0, gravityBelow[row] ?? 0, gravity[row] ?? 0);
  }
  return {
    descendants,
    loudBelow,
    alertsBelow,
    gravity,
    gravityBelow,
    loud,
    alerts: told,
    gravest,
  };
}

function leavesByProcess(columns: TreeColumns) {
  const { connections } = columns;
  const processes = columns.nodes.count;
  const leafStart = new Int32Array(processes + 1);
  for (let leaf = 0; leaf < connections.count; leaf += 1) {
    const row = connections.process[leaf] ?? -1;
    if (row >= 0 && row < processes) leafStart[row + 1] = (leafStart[row + 1] ?? 0) + 1;
  }
  for (let row = 0; row < processes; row += 1) {
    leafStart[row + 1] = (leafStart[row + 1] ?? 0) + (leafStart[row] ?? 0);
  }
  const leaves = new Int32Array(leafStart[processes] ?? 0);
  const filled = leafStart.slice();
  for (let leaf = 0; leaf < connections.count; leaf += 1) {
    const row = connections.process[leaf] ?? -1;
    if (row < 0 || row >= processes) continue;
    const place = filled[row] ?? 0;
    leaves[place] = leaf;
    filled[row] = place + 1;
  }
  const order = (a: number, b: number) =>
    leafRank(columns, a) - leafRank(columns, b) ||
    (connections.firstSeenUs[a] ?? 0) - (connections.firstSeenUs[b] ?? 0) ||
    a - b;
  for (let row = 0; row < processes; row += 1) {
    const from = leafStart[row] ?? 0;
    const to = leafStart[row + 1] ?? 0;
    if (to - from > 1) leaves.subarray(from, to).sort(order);
  }
  return { leafStart, leaves };
}

/** What was hindered first; external before internal, what was called before what was accepted. */
function leafRank(columns: TreeColumns, leaf: number): number {
  if (isHindered(columns, leaf)) return -1;
  const outward = columns.connections.direction[leaf] === 'outbound' ? 0 : 2;
  return isExternal(columns, leaf) ? outward : outward + 1;
}
