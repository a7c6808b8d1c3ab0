import { type Dialect, dialectOf } from '../../event/dialects.ts';
import {
  type ContainerFact,
  type PodFact,
  type ProcessFact,
  podKey,
  type RankedField,
  rankedFields,
} from '../../event/facts.ts';
import type { ContainerSighting, PodSighting, Rank, Sighting } from '../../event/sighting.ts';
import { compareText } from '../order.ts';
import type { MutableProcessFact } from './mergeFacts.ts';

/** What one record says of a process, as a fact. `cluster` and `node` are the record's; empty where it names none. */
export function factOf(sighting: Sighting, node: string, cluster: string): ProcessFact {
  const { rank } = sighting;
  const pod = sighting.pod === undefined ? undefined : podKeyOf(sighting.pod, cluster);
  const fact: MutableProcessFact = {
    dialect: dialectOf(sighting.id),
    cluster,
    id: sighting.id,
    node,
    traits: sighting.traits,
    rank,
    ranks: noRanks,
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
  fact.ranks = ranksOf(fact, rank);
  return fact;
}

/** A fact that says nothing but that the process exists: of a parent nobody described, of an event's bare id. */
export function bareFact(
  id: string,
  node: string,
  cluster: string,
  rank: Rank,
  dialect: Dialect = dialectOf(id),
): ProcessFact {
  return { dialect, cluster, id, node, traits: 0, rank, ranks: noRanks };
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

const noRanks: readonly (0 | Rank)[] = rankedFields.map(() => 0);
/** By rank, then by which fields are there: most processes of a log have the same ones. */
const knownRanks: readonly Map<number, readonly (0 | Rank)[]>[] = [1, 2, 3, 4].map(() => new Map());

/** The rank of each ranked field of a fresh fact. Facts share the lists: there are few different ones. */
function ranksOf(fact: ProcessFact, rank: Rank): readonly (0 | Rank)[] {
  let present = 0;
  for (let index = 0; index < rankedFields.length; index += 1) {
    if (hasField(fact, rankedFields[index])) present |= 1 << index;
  }
  const known = knownRanks[rank - 1]?.get(present);
  if (known !== undefined) return known;
  const ranks = rankedFields.map((_, index): 0 | Rank =>
    ((present >> index) & 1) === 1 ? rank : 0,
  );
  knownRanks[rank - 1]?.set(present, ranks);
  return ranks;
}

function hasField(fact: ProcessFact, field: RankedField | undefined): boolean {
  return field !== undefined && fact[field] !== undefined;
}

function podKeyOf(pod: PodSighting, cluster: string): string {
  return podKey({ cluster, namespace: pod.namespace, name: pod.name, uid: pod.uid ?? '' });
}
