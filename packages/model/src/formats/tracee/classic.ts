import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import type { Origin } from '../format.ts';
import {
  countOf,
  integerOf,
  type JsonObject,
  objectOf,
  type Precision,
  textOf,
  uint64Of,
} from '../read.ts';
import { alertOfMetadata } from './alert.ts';
import { argumentsOf } from './arguments.ts';
import { momentOf } from './moment.ts';
import type { NamedProcess, TraceeRecord } from './record.ts';

/** Docker calls a container's host by the first digits of its id. */
const SHORT_ID = 12;

/** Reads the classic shape. */
export function readClassic(
  value: JsonObject,
  origin: Origin | undefined,
  precision: Precision,
): TraceeRecord {
  const name = textOf(value.eventName) ?? '';
  const container = containerOf(value) ?? origin?.container;
  const pod = podOf(value) ?? origin?.pod;
  const host = textOf(value.hostName) ?? '';
  const isMainThread = countOf(value.hostThreadId) === countOf(value.hostProcessId);
  return {
    name,
    time: momentOf(value.timestamp, precision) ?? origin?.time,
    node: host === '' || isOfContainer(host, pod, container) ? (origin?.node ?? '') : host,
    cluster: origin?.cluster,
    pod,
    container,
    self: selfOf(value, isMainThread, precision),
    above: aboveOf(value),
    isMainThread,
    returned: integerOf(value.returnValue),
    args: argumentsOf(value.args),
    alert: alertOfMetadata(objectOf(value.metadata), name),
  };
}

function selfOf(value: JsonObject, isMainThread: boolean, precision: Precision): NamedProcess {
  const pid = countOf(value.hostProcessId);
  const nsPid = countOf(value.processId);
  const entity = entityOf(value.processEntityId);
  // Another thread's start is not its process's.
  const thread = isMainThread ? uint64Of(value.threadStartTime, precision) : undefined;
  return {
    pid,
    nsPid: nsPid === pid ? undefined : nsPid,
    mark: entity ?? (thread === undefined || thread === 0n ? '' : thread.toString()),
    isEntity: entity !== undefined,
    start: thread === undefined ? undefined : momentOf(thread, precision),
    binary: textOf(objectOf(value.executable)?.path) ?? textOf(value.processName) ?? '',
    uid: countOf(value.userId),
  };
}

function aboveOf(value: JsonObject): readonly NamedProcess[] {
  const pid = countOf(value.hostParentProcessId);
  const entity = entityOf(value.parentEntityId);
  if (entity === undefined && (pid === undefined || pid === 0)) return [];
  return [
    {
      pid,
      nsPid: undefined,
      mark: entity ?? '',
      isEntity: entity !== undefined,
      start: undefined,
      binary: '',
      uid: undefined,
    },
  ];
}

/** A hash of 32 bits; 0 and absent: older versions, and tasks of which it is not known. */
function entityOf(value: unknown): string | undefined {
  const id = countOf(value);
  return id === undefined || id === 0 ? undefined : id.toString();
}

/** `container` of newer versions, flat fields of older ones. */
function containerOf(value: JsonObject): ContainerSighting | undefined {
  const nested = objectOf(value.container);
  const id = textOf(nested?.id) ?? textOf(value.containerId);
  if (id === undefined) return undefined;
  const name = textOf(nested?.name) ?? textOf(value.containerName);
  const imageName = textOf(nested?.image) ?? textOf(value.containerImage);
  const imageId = textOf(nested?.imageDigest);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(imageName === undefined ? {} : { imageName }),
    ...(imageId === undefined ? {} : { imageId }),
  };
}

function podOf(value: JsonObject): PodSighting | undefined {
  const nested = objectOf(value.kubernetes);
  const name = textOf(nested?.podName) ?? textOf(value.podName);
  if (name === undefined) return undefined;
  const uid = textOf(nested?.podUID) ?? textOf(value.podUID);
  return {
    namespace: textOf(nested?.podNamespace) ?? textOf(value.podNamespace) ?? '',
    name,
    ...(uid === undefined ? {} : { uid }),
  };
}

/** `hostName` is what the process's own namespace calls its host: in a pod the pod's name, in Docker the container's id. */
function isOfContainer(
  host: string,
  pod: PodSighting | undefined,
  container: ContainerSighting | undefined,
): boolean {
  if (pod !== undefined && pod.name.startsWith(host)) return true;
  return host.length === SHORT_ID && container?.id.startsWith(host) === true;
}
