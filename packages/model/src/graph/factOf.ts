import type { Dialect } from '../event/event.ts';
import {
  type ContainerFact,
  type PodFact,
  type ProcessFact,
  podKey,
  type RankedField,
  rankedFields,
} from '../event/facts.ts';
import type { ContainerSighting, PodSighting, Rank, Sighting } from '../event/sighting.ts';
import type { MutableProcessFact } from './mergeFacts.ts';
import { compareText } from './order.ts';

/** What one record says of a process, as a fact. `cluster` and `node` are the record's; empty where it names none. */
export function factOf(
  sighting: Sighting,
  node: string,
  cluster: string,
  dialect: Dialect = 'tetragon',
): ProcessFact {
  const { rank } = sighting;
  const pod = sighting.pod === undefined ? undefined : podKeyOf(sighting.pod, cluster);
  const values: Record<RankedField, string | number | undefined> = {
    parentId: sighting.parentId,
    nsPid: sighting.nsPid,
    uid: sighting.uid,
    auid: sighting.auid,
    user: sighting.user,
    cwd: sighting.cwd,
    arguments: sighting.arguments,
    flags: sighting.flags,
    pod,
    containerId: sighting.container?.id,
    docker: sighting.docker,
    capabilities: sighting.capabilities,
  };
  const fact: MutableProcessFact = {
    dialect,
    cluster,
    id: sighting.id,
    node,
    traits: sighting.traits,
    rank,
    ranks: rankedFields.map((field): 0 | Rank => (values[field] === undefined ? 0 : rank)),
  };
  if (sighting.pid !== undefined) fact.pid = sighting.pid;
  if (sighting.startTime !== undefined) fact.startTime = sighting.startTime;
  if (sighting.binary !== undefined) fact.binary = sighting.binary;
  if (sighting.ktime !== undefined) fact.ktime = sighting.ktime;
  if (sighting.parentId !== undefined) fact.parentId = sighting.parentId;
  if (sighting.nsPid !== undefined) fact.nsPid = sighting.nsPid;
  if (sighting.uid !== undefined) fact.uid = sighting.uid;
  if (sighting.auid !== undefined) fact.auid = sighting.auid;
  if (sighting.user !== undefined) fact.user = sighting.user;
  if (sighting.cwd !== undefined) fact.cwd = sighting.cwd;
  if (sighting.arguments !== undefined) fact.arguments = sighting.arguments;
  if (sighting.flags !== undefined) fact.flags = sighting.flags;
  if (pod !== undefined) fact.pod = pod;
  if (sighting.container !== undefined) fact.containerId = sighting.container.id;
  if (sighting.docker !== undefined) fact.docker = sighting.docker;
  if (sighting.capabilities !== undefined) fact.capabilities = sighting.capabilities;
  return fact;
}

/** A fact that says nothing but that the process exists: of a parent nobody described, of an event's bare id. */
export function bareFact(
  id: string,
  node: string,
  cluster: string,
  rank: Rank,
  dialect: Dialect = 'tetragon',
): ProcessFact {
  return { dialect, cluster, id, node, traits: 0, rank, ranks: rankedFields.map(() => 0) };
}

/** What one record says of a pod, as a fact. */
export function podFactOf(pod: PodSighting, cluster: string): PodFact {
  return {
    cluster,
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid ?? '',
    labels: [...(pod.labels ?? [])].sort(compareText),
    ...(pod.workload === undefined ? {} : { workload: pod.workload }),
    ...(pod.workloadKind === undefined ? {} : { workloadKind: pod.workloadKind }),
  };
}

/** What one record says of a container, as a fact. `pod` is a `podKey`, empty when the record names none. */
export function containerFactOf(
  container: ContainerSighting,
  pod: string,
  cluster: string,
): ContainerFact {
  return {
    cluster,
    id: container.id,
    pod,
    name: container.name ?? '',
    ...(container.imageId === undefined ? {} : { imageId: container.imageId }),
    ...(container.imageName === undefined ? {} : { imageName: container.imageName }),
    ...(container.startTime === undefined ? {} : { startTime: container.startTime }),
    ...(container.privileged === undefined ? {} : { privileged: container.privileged }),
  };
}

function podKeyOf(pod: PodSighting, cluster: string): string {
  return podKey({ cluster, namespace: pod.namespace, name: pod.name, uid: pod.uid ?? '' });
}
