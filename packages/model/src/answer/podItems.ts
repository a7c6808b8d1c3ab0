import type { Derived, DerivedContainer } from '../graph/derived.ts';
import type { PodItem } from '../wire/inventory.ts';
import { homePods } from './homePods.ts';
import { type Part, wholePart } from './part.ts';
import { addTally, count, countLoose, newTally, type Tally, tallied } from './podTally.ts';

/** What a part of a case knows of one node's processes outside of every container; several parts add up. */
export interface HostTally {
  readonly cluster: string;
  readonly node: string;
  readonly tally: Tally;
}

/**
 * The list of pods and hosts: one item per pod of the forest, and one per node that has processes outside of
 * every container. Counts are of the pod's own processes and of those that left its containers, not of the host ancestors
 * drawn above them; alerts also of the pod itself, where they name no process. Unsorted.
 * `keep`: pod indexes to answer for; absent: all, and the hosts.
 */
export function podItems(derived: Derived, keep?: ReadonlySet<number>): PodItem[] {
  if (keep !== undefined) return itemsOfPods(derived, (index) => keep.has(index));
  const part = wholePart(derived);
  return [...itemsOfPods(derived, part.ownsPod), ...hostItems(hostTallies(part))];
}

/** The items of the forest's pods that `keep` keeps, by index. */
export function itemsOfPods(derived: Derived, keep: (index: number) => boolean): PodItem[] {
  const tallies = derived.pods.map((_pod, index) => (keep(index) ? newTally() : undefined));
  for (const [index, pod] of homePods(derived).entries()) {
    const tally = tallies[pod];
    const process = derived.processes[index];
    if (tally !== undefined && process !== undefined) count(tally, process, derived);
  }
  for (const place of derived.loose) {
    const tally = place.pod === undefined ? undefined : tallies[place.pod];
    if (tally !== undefined) countLoose(tally, place);
  }
  const containersOf = new Map<number, DerivedContainer[]>();
  for (const container of derived.containers) {
    const known = containersOf.get(container.pod);
    if (known === undefined) containersOf.set(container.pod, [container]);
    else known.push(container);
  }
  const items: PodItem[] = [];
  for (const [index, pod] of derived.pods.entries()) {
    const tally = tallies[index];
    if (tally === undefined) continue;
    const containers = containersOf.get(index) ?? [];
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
  return items;
}

/** The host processes of a part, by node. */
export function hostTallies({ derived, ownsProcess }: Part): HostTally[] {
  const hosts = new Map<string, HostTally>();
  for (const [index, process] of derived.processes.entries()) {
    if (process.pod !== undefined || process.role !== 'host' || !ownsProcess(index)) continue;
    const { cluster, node } = process;
    const key = `${cluster}\0${node}`;
    let host = hosts.get(key);
    if (host === undefined) {
      host = { cluster, node, tally: newTally() };
      hosts.set(key, host);
    }
    count(host.tally, process, derived);
  }
  return [...hosts.values()];
}

/** One item per node out of what the parts know. */
export function hostItems(tallies: Iterable<HostTally>): PodItem[] {
  const hosts = new Map<string, HostTally>();
  for (const { cluster, node, tally } of tallies) {
    const key = `${cluster}\0${node}`;
    let host = hosts.get(key);
    if (host === undefined) {
      host = { cluster, node, tally: newTally() };
      hosts.set(key, host);
    }
    addTally(host.tally, tally);
  }
  return [...hosts.values()].map((host) => hostItem(host.cluster, host.node, host.tally));
}

/** The item of one node's host tree, also when none of its processes is a host process. */
export function hostItemOf(derived: Derived, cluster: string, node: string): PodItem {
  const tally = newTally();
  for (const process of derived.processes) {
    if (process.role === 'host' && process.node === node && process.cluster === cluster)
      count(tally, process, derived);
  }
  return hostItem(cluster, node, tally);
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
