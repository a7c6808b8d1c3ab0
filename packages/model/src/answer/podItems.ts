import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedProcess } from '../graph/derived.ts';
import { compareText, earlier, later } from '../graph/order.ts';
import type { PodItem } from '../wire/inventory.ts';
import { timeTextOf } from './timeText.ts';

interface Tally {
  processes: number;
  late: number;
  lateNew: number;
  firstLoudMs: number | undefined;
  firstSeen: Nanos | undefined;
  lastSeen: Nanos | undefined;
  readonly external: Set<string>;
  node: string;
}

/**
 * The list of pods and hosts: one item per pod of the forest, and one per node that has processes outside of
 * every container. Counts are of the pod's own processes, not of the host ancestors drawn above them. Unsorted.
 * `keep`: pod indexes to answer for; absent: all, and the hosts.
 */
export function podItems(derived: Derived, keep?: ReadonlySet<number>): PodItem[] {
  const pods = derived.pods.map(newTally);
  const hosts = new Map<string, { cluster: string; node: string; tally: Tally }>();
  for (const process of derived.processes) {
    if (process.pod !== undefined) {
      const tally = pods[process.pod];
      if (tally !== undefined) count(tally, process);
    } else if (keep === undefined && process.role === 'host') {
      const key = `${process.cluster}\0${process.node}`;
      let host = hosts.get(key);
      if (host === undefined) {
        host = { cluster: process.cluster, node: process.node, tally: newTally() };
        hosts.set(key, host);
      }
      count(host.tally, process);
    }
  }
  const items: PodItem[] = [];
  for (const [index, pod] of derived.pods.entries()) {
    const tally = pods[index];
    if (tally === undefined || (keep !== undefined && !keep.has(index))) continue;
    const containers = derived.containers.filter((container) => container.pod === index);
    items.push({
      ...tallied(tally),
      kind: 'pod',
      cluster: pod.cluster,
      namespace: pod.fact.namespace,
      pod: pod.fact.name,
      uid: pod.fact.uid,
      workload: pod.fact.workload ?? '',
      node: pod.node === '' ? tally.node : pod.node,
      labels: [...pod.fact.labels],
      containers: containers.map(({ fact }) => ({
        id: fact.id,
        name: fact.name,
        image: fact.imageName ?? '',
      })),
      restarts: containers.filter(({ kind }) => kind === 'restart').length,
    });
  }
  for (const host of hosts.values()) items.push(hostItem(host.cluster, host.node, host.tally));
  return items;
}

/** The item of one node's host tree, also when none of its processes is a host process. */
export function hostItemOf(derived: Derived, cluster: string, node: string): PodItem {
  const tally = newTally();
  for (const process of derived.processes) {
    if (process.role === 'host' && process.node === node && process.cluster === cluster)
      count(tally, process);
  }
  return hostItem(cluster, node, tally);
}

/** The API's default order: lateNew, alerts, externalDestinations, late (each most first), then name; hosts last. */
export function byInterest(a: PodItem, b: PodItem): number {
  return (
    Number(a.kind === 'host') - Number(b.kind === 'host') ||
    b.lateNew - a.lateNew ||
    b.alerts - a.alerts ||
    b.externalDestinations - a.externalDestinations ||
    b.late - a.late ||
    byName(a, b)
  );
}

/** Namespace, then pod, then cluster and uid, by code unit. */
export function byName(a: PodItem, b: PodItem): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.pod, b.pod) ||
    compareText(a.cluster, b.cluster) ||
    compareText(a.uid, b.uid)
  );
}

function hostItem(cluster: string, node: string, tally: Tally): PodItem {
  return {
    ...tallied(tally),
    kind: 'host',
    cluster,
    namespace: '',
    pod: node,
    uid: '',
    workload: '',
    node,
    labels: [],
    containers: [],
    restarts: 0,
  };
}

function newTally(): Tally {
  return {
    processes: 0,
    late: 0,
    lateNew: 0,
    firstLoudMs: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
    external: new Set(),
    node: '',
  };
}

function count(tally: Tally, process: DerivedProcess): void {
  tally.processes += 1;
  tally.node = process.node;
  if (process.late) tally.late += 1;
  if (process.loud) {
    tally.lateNew += 1;
    const { lateByMs } = process;
    if (lateByMs !== undefined && (tally.firstLoudMs === undefined || lateByMs < tally.firstLoudMs))
      tally.firstLoudMs = lateByMs;
  }
  for (const leaf of process.connections) {
    if (leaf.external && leaf.direction === 'outbound')
      tally.external.add(`${leaf.name ?? leaf.ip}\0${leaf.port}\0${leaf.protocol}`);
  }
  tally.firstSeen = earlier(tally.firstSeen, earlier(process.firstSeen, process.startTime));
  tally.lastSeen = later(tally.lastSeen, process.lastSeen);
}

function tallied(tally: Tally) {
  return {
    processes: tally.processes,
    late: tally.late,
    lateNew: tally.lateNew,
    alerts: 0,
    externalDestinations: tally.external.size,
    firstSeen: timeTextOf(tally.firstSeen),
    lastSeen: timeTextOf(tally.lastSeen),
    firstLoudMs: tally.firstLoudMs ?? null,
  };
}
