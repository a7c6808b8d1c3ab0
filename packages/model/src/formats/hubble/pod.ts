import type { FlowPod } from '../../event/event.ts';
import type { PodSighting } from '../../event/sighting.ts';
import { countOf, isObject, type JsonObject, listOf, textOf, textsOf } from '../read.ts';

/** The pod at an end of a flow; undefined when the end names none. */
export function flowPodOf(endpoint: JsonObject | undefined): FlowPod | undefined {
  const name = textOf(endpoint?.pod_name);
  if (endpoint === undefined || name === undefined) return undefined;
  const workload = textOf(workloadOf(endpoint)?.name);
  const namespace = textOf(endpoint.namespace) ?? '';
  return { namespace, name, ...(workload === undefined ? {} : { workload }) };
}

/** The same with all that the end says of the pod. */
export function podOf(endpoint: JsonObject | undefined): PodSighting | undefined {
  const pod = flowPodOf(endpoint);
  if (pod === undefined || endpoint === undefined) return undefined;
  const kind = textOf(workloadOf(endpoint)?.kind);
  const labels = podLabelsOf(endpoint);
  return {
    ...pod,
    ...(kind === undefined ? {} : { workloadKind: kind }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}

/** Labels and identities of ends that are nobody's pod. Two more are of pods that the agent does not manage (yet). */
const reservedLabels = new Set(
  [
    'host',
    'world',
    'world-ipv4',
    'world-ipv6',
    'health',
    'remote-node',
    'kube-apiserver',
    'ingress',
  ].map((name) => `reserved:${name}`),
);
const reservedIdentities = new Set([1, 2, 4, 6, 7, 8, 9, 10]);

/** Whether the agent says that an end is a host, the world, or another thing that has no pod. */
export function isReserved(endpoint: JsonObject | undefined): boolean {
  const identity = countOf(endpoint?.identity);
  if (identity !== undefined && reservedIdentities.has(identity)) return true;
  return textsOf(endpoint?.labels).some((label) => reservedLabels.has(label));
}

function workloadOf(endpoint: JsonObject): JsonObject | undefined {
  return listOf(endpoint.workloads).find(isObject);
}

const OF_KUBERNETES = 'k8s:';
/** What Cilium adds to the pod's own labels: its namespace, cluster, service account. */
const ADDED = /^io\.(?:cilium\.|kubernetes\.pod\.)/;

/** The pod's own labels as `key=value`, sorted. */
function podLabelsOf(endpoint: JsonObject): readonly string[] {
  const labels = textsOf(endpoint.labels)
    .filter((label) => label.startsWith(OF_KUBERNETES))
    .map((label) => label.slice(OF_KUBERNETES.length))
    .filter((label) => !ADDED.test(label));
  return [...new Set(labels)].sort();
}
