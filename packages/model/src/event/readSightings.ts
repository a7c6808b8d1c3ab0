import type { FactBatch } from './factBatch.ts';
import { textAt, timeAt } from './readFactBatch.ts';
import { splitLines } from './rowLists.ts';
import type { ContainerSighting, PodSighting, Rank, Sighting } from './sighting.ts';

/** A sighting with where it was made. `record` is the row of its record. */
export interface PlacedSighting {
  readonly record: number;
  readonly cluster: string;
  readonly node: string;
  readonly sighting: Sighting;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The sightings of a batch, in order. Pods and containers are shared objects. */
export function* sightingsOf(batch: FactBatch): Iterable<PlacedSighting> {
  const { sightings, strings } = batch;
  const pods = podSightingsOf(batch);
  const containers = containerSightingsOf(batch);
  for (let row = 0; row < sightings.count; row += 1) {
    const sighting: Mutable<Sighting> = {
      rank: rankOf(sightings.rank[row] ?? 0),
      id: textAt(strings, sightings.id, row),
      traits: sightings.traits[row] ?? 0,
    };
    // Written out: this is the hot loop of a store, and a field chosen by name costs more than the field.
    const parentId = textAt(strings, sightings.parentId, row);
    if (parentId !== '') sighting.parentId = parentId;
    const pid = sightings.pid[row] ?? Number.NaN;
    if (!Number.isNaN(pid)) sighting.pid = pid;
    const nsPid = sightings.nsPid[row] ?? Number.NaN;
    if (!Number.isNaN(nsPid)) sighting.nsPid = nsPid;
    const uid = sightings.uid[row] ?? Number.NaN;
    if (!Number.isNaN(uid)) sighting.uid = uid;
    const auid = sightings.auid[row] ?? Number.NaN;
    if (!Number.isNaN(auid)) sighting.auid = auid;
    const user = textAt(strings, sightings.user, row);
    if (user !== '') sighting.user = user;
    const cwd = textAt(strings, sightings.cwd, row);
    if (cwd !== '') sighting.cwd = cwd;
    const binary = textAt(strings, sightings.binary, row);
    if (binary !== '') sighting.binary = binary;
    const text = textAt(strings, sightings.arguments, row);
    if (text !== '') sighting.arguments = text;
    const flags = textAt(strings, sightings.flags, row);
    if (flags !== '') sighting.flags = flags;
    const startTime = timeAt(sightings.startTime, row);
    if (startTime !== undefined) sighting.startTime = startTime;
    const ktime = timeAt(sightings.ktime, row);
    if (ktime !== undefined) sighting.ktime = ktime;
    const pod = pods[sightings.pod[row] ?? -1];
    if (pod !== undefined) sighting.pod = pod;
    const container = containers[sightings.container[row] ?? -1];
    if (container !== undefined) sighting.container = container;
    const docker = textAt(strings, sightings.docker, row);
    if (docker !== '') sighting.docker = docker;
    const capabilities = textAt(strings, sightings.capabilities, row);
    if (capabilities !== '') sighting.capabilities = capabilities;
    yield {
      record: sightings.record[row] ?? 0,
      cluster: textAt(strings, sightings.cluster, row),
      node: textAt(strings, sightings.node, row),
      sighting,
    };
  }
}

/** The pods of a batch, by row. */
export function podSightingsOf({ pods, strings }: FactBatch): readonly PodSighting[] {
  return Array.from({ length: pods.count }, (_, row) => {
    const pod: Mutable<PodSighting> = {
      namespace: textAt(strings, pods.namespace, row),
      name: textAt(strings, pods.name, row),
    };
    const text = (column: Uint32Array): string | undefined => {
      const value = textAt(strings, column, row);
      return value === '' ? undefined : value;
    };
    assign(pod, 'uid', text(pods.uid));
    assign(pod, 'workload', text(pods.workload));
    assign(pod, 'workloadKind', text(pods.workloadKind));
    const labels = splitLines(textAt(strings, pods.labels, row));
    if (labels.length > 0) pod.labels = labels;
    return pod;
  });
}

/** The containers of a batch, by row. */
export function containerSightingsOf({
  containers,
  strings,
}: FactBatch): readonly ContainerSighting[] {
  return Array.from({ length: containers.count }, (_, row) => {
    const container: Mutable<ContainerSighting> = { id: textAt(strings, containers.id, row) };
    const text = (column: Uint32Array): string | undefined => {
      const value = textAt(strings, column, row);
      return value === '' ? undefined : value;
    };
    assign(container, 'name', text(containers.name));
    assign(container, 'imageId', text(containers.imageId));
    assign(container, 'imageName', text(containers.imageName));
    assign(container, 'startTime', timeAt(containers.startTime, row));
    const privileged = containers.privileged[row] ?? 0;
    if (privileged !== 0) container.privileged = privileged === 2;
    return container;
  });
}

/** Sets a field that has a value; an absent one stays absent. */
function assign<T, Key extends keyof T>(target: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}

function rankOf(value: number): Rank {
  if (value === 1 || value === 2 || value === 3 || value === 4) return value;
  throw new Error(`unknown rank ${value}`);
}
