import { podKey } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedPod, DerivedProcess } from '../graph/derived.ts';
import { earlier, later } from '../graph/order.ts';
import { nodeTree } from '../graph/tree/nodeTree.ts';
import { podTree } from '../graph/tree/podTree.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { hostItemOf, podItems } from './podItems.ts';
import { timeTextOf } from './timeText.ts';
import type { TreeSelection } from './treeColumns.ts';
import { isOnNode } from './treeLoose.ts';

/** Which part of a tree is asked for. */
export interface TreeCut {
  /** Keep one container's processes (by name or id) and their ancestors. */
  readonly container?: string;
  /** Keep what lived in [from, to), and its ancestors. */
  readonly from?: Nanos;
  readonly to?: Nanos;
}

/** The name of a pod, as far as it is given. */
export interface PodName {
  readonly namespace: string;
  readonly pod: string;
  readonly cluster?: string;
  readonly uid?: string;
}

/** The pod that a name means: of several the one seen last. Undefined: none. The others come with it. */
function podNamed(
  derived: Derived,
  name: PodName,
): { readonly index: number; readonly others: TreeColumns['alternatives'] } | undefined {
  const found: number[] = [];
  for (const [index, { fact, cluster }] of derived.pods.entries()) {
    if (fact.namespace !== name.namespace || fact.name !== name.pod) continue;
    if (name.cluster !== undefined && name.cluster !== cluster) continue;
    found.push(index);
  }
  const spans = spansOf(derived, new Set(found));
  const asked = found.filter(
    (index) => name.uid === undefined || derived.pods[index]?.fact.uid === name.uid,
  );
  const index = asked.sort((a, b) => compareSpans(derived, spans, b, a))[0];
  if (index === undefined) return undefined;
  const others = found
    .filter((other) => other !== index)
    .sort((a, b) => compareSpans(derived, spans, b, a))
    .flatMap((other) => {
      const pod = derived.pods[other];
      const span = spans.get(other);
      if (pod === undefined) return [];
      const { cluster, fact } = pod;
      return [
        {
          cluster,
          uid: fact.uid,
          firstSeen: timeTextOf(span?.first),
          lastSeen: timeTextOf(span?.last),
        },
      ];
    });
  return { index, others };
}

/** The selection of a pod's tree; undefined: no such pod. */
export function podSelection(
  derived: Derived,
  name: PodName,
  cut: TreeCut,
): TreeSelection | undefined {
  const named = podNamed(derived, name);
  const [pod] = named === undefined ? [] : podItems(derived, new Set([named.index]));
  if (named === undefined || pod === undefined) return undefined;
  const whole = podTree(derived, named.index);
  return {
    indexes: cutTree(derived, whole, cut),
    all: whole.length,
    pod,
    alternatives: named.others,
    podIndex: named.index,
    ...rangeOf(cut),
  };
}

/** The selection of a node's host tree; undefined: nothing of that node is known. */
export function nodeSelection(
  derived: Derived,
  name: { readonly node: string; readonly cluster?: string },
  cut: TreeCut,
): TreeSelection | undefined {
  const clusters = new Set<string>();
  for (const process of derived.processes) {
    if (process.node === name.node && (name.cluster ?? process.cluster) === process.cluster)
      clusters.add(process.cluster);
  }
  for (const place of derived.loose) {
    if (place.pod === undefined && isOnNode(place, name.cluster ?? place.cluster, name.node))
      clusters.add(place.cluster);
  }
  const [cluster, ...others] = [...clusters].sort();
  if (cluster === undefined) return undefined;
  const rows = nodeTree(derived, cluster, name.node);
  const isCut = cut.from !== undefined || cut.to !== undefined;
  const kept = isCut ? rowsInRange(derived, rows, cut) : rows;
  return {
    indexes: kept.map(({ process }) => process),
    all: rows.length,
    parents: kept.map(({ parent }) => parent),
    counts: kept.map(({ count }) => count),
    pod: hostItemOf(derived, cluster, name.node),
    alternatives: others.map((other) => ({
      cluster: other,
      uid: '',
      firstSeen: null,
      lastSeen: null,
    })),
    podIndex: undefined,
    ...rangeOf(cut),
  };
}

function rangeOf({ from, to }: TreeCut): Pick<TreeSelection, 'range'> {
  return from === undefined && to === undefined ? {} : { range: { from, to } };
}

/** The `podKey` of a derived pod, in its resolved cluster. */
function keyOfPod({ fact, cluster }: DerivedPod): string {
  return podKey({ ...fact, cluster });
}

/** Whether a process lived at any moment of [from, to); one without times always did. */
function livedIn(process: DerivedProcess, { from, to }: TreeCut): boolean {
  const start = process.startTime ?? process.firstSeen;
  const end = process.endTime ?? (process.end === 'unknown' ? undefined : process.lastSeen);
  return (
    (to === undefined || start === undefined || start < to) &&
    (from === undefined || end === undefined || end >= from)
  );
}

function cutTree(derived: Derived, indexes: readonly number[], cut: TreeCut): readonly number[] {
  const { container } = cut;
  if (container === undefined && cut.from === undefined && cut.to === undefined) return indexes;
  const kept = new Set<number>();
  for (let at = indexes.length - 1; at >= 0; at -= 1) {
    const index = indexes[at] ?? -1;
    const process = derived.processes[index];
    if (process === undefined) continue;
    const own = derived.containers[process.container ?? -1]?.fact;
    const isIn = container === undefined || own?.name === container || own?.id === container;
    if (!kept.has(index) && !(isIn && livedIn(process, cut))) continue;
    kept.add(index);
    if (process.parent >= 0) kept.add(process.parent);
  }
  return indexes.filter((index) => kept.has(index));
}

function rowsInRange(
  derived: Derived,
  rows: ReturnType<typeof nodeTree>,
  cut: TreeCut,
): ReturnType<typeof nodeTree> {
  const keep = new Uint8Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    const each = rows[row];
    const process = derived.processes[each?.process ?? -1];
    if (each === undefined || process === undefined) continue;
    if (keep[row] === 0 && !livedIn(process, cut)) continue;
    keep[row] = 1;
    if (each.parent >= 0) keep[each.parent] = 1;
  }
  const moved = new Int32Array(rows.length).fill(-1);
  const kept: ReturnType<typeof nodeTree> = [];
  for (const [row, each] of rows.entries()) {
    if (keep[row] === 0) continue;
    moved[row] = kept.length;
    kept.push({ ...each, parent: each.parent < 0 ? -1 : (moved[each.parent] ?? -1) });
  }
  return kept;
}

interface Span {
  first: Nanos | undefined;
  last: Nanos | undefined;
}

function spansOf(derived: Derived, pods: ReadonlySet<number>): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (const { pod, startTime, firstSeen, lastSeen } of derived.processes) {
    if (pod === undefined || !pods.has(pod)) continue;
    const span = spans.get(pod) ?? { first: undefined, last: undefined };
    span.first = earlier(span.first, firstSeen);
    span.last = later(span.last, later(startTime, lastSeen));
    spans.set(pod, span);
  }
  return spans;
}

function compareSpans(derived: Derived, spans: ReadonlyMap<number, Span>, a: number, b: number) {
  const lastA = spans.get(a)?.last ?? 0n;
  const lastB = spans.get(b)?.last ?? 0n;
  if (lastA !== lastB) return lastA < lastB ? -1 : 1;
  const keyA = keyOf(derived.pods[a]);
  const keyB = keyOf(derived.pods[b]);
  if (keyA === keyB) return 0;
  return keyA < keyB ? -1 : 1;
}

function keyOf(pod: DerivedPod | undefined): string {
  return pod === undefined ? '' : keyOfPod(pod);
}
