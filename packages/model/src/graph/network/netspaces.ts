import type { NetworkInput, NetworkProcess } from '../networkContract.ts';

/** Network namespaces as far as the log tells them apart: one per pod, one per node for what is in no pod. */
export interface Netspaces {
  /** Of a process. */
  readonly netspaceOf: (process: number) => number;
  readonly clusterOf: (process: number) => number;
  readonly isPod: (netspace: number) => boolean;
  /** `namespace/name`; the node's name for a node. */
  readonly nameOf: (netspace: number) => string;
  readonly clusterOfNetspace: (netspace: number) => number;
  /** Not in a pod itself, but below a process that is: it may use the pod's addresses. */
  readonly isBelowPod: (process: number) => boolean;
}

/**
 * Numbers the network namespaces of all processes. Pods are told apart by cluster, namespace and name: a pod known once with
 * and once without its uid must not look like two pods that hold one address.
 */
export function readNetspaces({ processes, pods }: NetworkInput): Netspaces {
  const idByText = new Map<string, number>();
  const clusterIds = new Map<string, number>();
  const names: string[] = [];
  const podFlags: boolean[] = [];
  const clusters: number[] = [];
  const netspaces = new Int32Array(processes.length);
  const below = new Uint8Array(processes.length);
  const netspaceId = (cluster: string, name: string, isPod: boolean): number => {
    const text = `${isPod ? 'p' : 'n'}\0${cluster}\0${name}`;
    const known = idByText.get(text);
    if (known !== undefined) return known;
    const id = names.length;
    idByText.set(text, id);
    names.push(name);
    podFlags.push(isPod);
    clusters.push(idOf(clusterIds, cluster));
    return id;
  };
  const clusterOfProcess = processes.map((process, index) => {
    const fact = process.pod === undefined ? undefined : pods[process.pod]?.fact;
    const name = fact === undefined ? process.node : `${fact.namespace}/${fact.name}`;
    netspaces[index] = netspaceId(process.cluster, name, fact !== undefined);
    below[index] = fact === undefined && isBelow(process, processes, below) ? 1 : 0;
    return idOf(clusterIds, process.cluster);
  });
  return {
    netspaceOf: (process) => netspaces[process] ?? -1,
    clusterOf: (process) => clusterOfProcess[process] ?? -1,
    isPod: (netspace) => podFlags[netspace] ?? false,
    nameOf: (netspace) => names[netspace] ?? '',
    clusterOfNetspace: (netspace) => clusters[netspace] ?? -1,
    isBelowPod: (process) => below[process] === 1,
  };
}

/** Parents come before children, so one look at the parent is enough. */
function isBelow(
  { parent }: NetworkProcess,
  processes: readonly NetworkProcess[],
  below: Uint8Array,
): boolean {
  return parent >= 0 && (processes[parent]?.pod !== undefined || below[parent] === 1);
}

function idOf(ids: Map<string, number>, text: string): number {
  const known = ids.get(text);
  if (known !== undefined) return known;
  const id = ids.size;
  ids.set(text, id);
  return id;
}
