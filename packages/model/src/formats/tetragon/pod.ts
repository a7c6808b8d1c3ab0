import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import { isObject, type JsonObject, objectOf, oneLine, textOf, textsOf, timeOf } from '../read.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A `Pod` message as a pod; undefined when it names none. */
export function podOf(raw: JsonObject | undefined): PodSighting | undefined {
  const namespace = textOf(raw?.namespace);
  const name = textOf(raw?.name);
  if (raw === undefined || (namespace === undefined && name === undefined)) return undefined;
  const pod: Mutable<PodSighting> = { namespace: namespace ?? '', name: name ?? '' };
  const uid = textOf(raw.uid);
  if (uid !== undefined) pod.uid = uid;
  const workload = textOf(raw.workload);
  if (workload !== undefined) pod.workload = workload;
  const kind = textOf(raw.workload_kind ?? raw.workloadKind);
  if (kind !== undefined) pod.workloadKind = kind;
  const labels = labelsOf(raw);
  if (labels.length > 0) pod.labels = labels;
  return pod;
}

/** A `Container` message as a container; undefined without an id, for then it cannot be told from another. */
export function containerOf(raw: JsonObject | undefined): ContainerSighting | undefined {
  const id = textOf(raw?.id);
  if (raw === undefined || id === undefined) return undefined;
  const container: Mutable<ContainerSighting> = { id };
  const name = textOf(raw.name);
  if (name !== undefined) container.name = name;
  const image = objectOf(raw.image);
  const imageId = textOf(image?.id);
  if (imageId !== undefined) container.imageId = imageId;
  const imageName = textOf(image?.name);
  if (imageName !== undefined) container.imageName = imageName;
  const start = timeOf(raw.start_time ?? raw.startTime);
  if (start !== undefined) container.startTime = start;
  // The message is there and its only field not: false, protobuf's default.
  const security = objectOf(raw.security_context ?? raw.securityContext);
  if (security !== undefined) container.privileged = security.privileged === true;
  return container;
}

/** Both spellings in one list: `pod_labels` as `key=value`, the old `labels` (`k8s:app=x`) as they are; sorted, distinct. */
function labelsOf(raw: JsonObject): readonly string[] {
  const labels = new Set(textsOf(raw.labels));
  const map = raw.pod_labels ?? raw.podLabels;
  if (isObject(map)) {
    for (const [key, value] of Object.entries(map)) {
      if (typeof value === 'string') labels.add(oneLine(`${key}=${value}`));
    }
  }
  return [...labels].sort();
}
