import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import type { Origin } from '../format.ts';
import {
  countOf,
  integerOf,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  oneLine,
  type Precision,
  textOf,
} from '../read.ts';
import { alertOfThreat } from './alert.ts';
import { argumentsOf, unwrapped } from './arguments.ts';
import { momentOf } from './moment.ts';
import type { NamedProcess, TraceeRecord } from './record.ts';

/** Tracee names five. */
const MOST_ANCESTORS = 64;

/** Reads the newer shape. It names no host: the node is only known from around the record. */
export function readV1beta1(
  value: JsonObject,
  origin: Origin | undefined,
  precision: Precision,
): TraceeRecord {
  const workload = objectOf(value.workload) ?? {};
  const process = objectOf(workload.process) ?? {};
  const name = textOf(value.name) ?? '';
  const container = containerOf(objectOf(workload.container)) ?? origin?.container;
  const args = argumentsOf(value.data);
  const above = listOf(process.ancestors).slice(0, MOST_ANCESTORS).filter(isObject);
  return {
    name,
    time: momentOf(value.timestamp, precision) ?? origin?.time,
    node: origin?.node ?? '',
    cluster: origin?.cluster,
    pod: podOf(objectOf(workload.k8s)) ?? origin?.pod,
    container,
    self: processOf(process, container, precision),
    above: above.map((one) => processOf(one, undefined, precision)),
    isMainThread: isMainThread(process),
    returned: integerOf(args.get('returnValue')),
    args,
    alert: alertOfThreat(objectOf(value.threat), name),
  };
}

function processOf(
  raw: JsonObject,
  container: ContainerSighting | undefined,
  precision: Precision,
): NamedProcess {
  const thread = objectOf(raw.thread) ?? {};
  const nsPid = numberOf(raw.pid);
  // Without a container the two are one.
  const pid =
    numberOf(raw.host_pid ?? raw.hostPid) ?? (container === undefined ? nsPid : undefined);
  const isMain = isMainThread(raw);
  const entity =
    numberOf(raw.unique_id ?? raw.uniqueId) ??
    (isMain ? numberOf(thread.unique_id ?? thread.uniqueId) : undefined);
  const user = objectOf(raw.real_user ?? raw.realUser);
  return {
    pid,
    nsPid: nsPid === pid ? undefined : nsPid,
    mark: entity === undefined || entity === 0 ? '' : entity.toString(),
    isEntity: entity !== undefined && entity !== 0,
    start: isMain ? momentOf(thread.start_time ?? thread.startTime, precision) : undefined,
    binary: textOf(objectOf(raw.executable)?.path) ?? textOf(thread.name) ?? '',
    uid: numberOf(user?.id),
  };
}

function isMainThread(raw: JsonObject): boolean {
  const thread = objectOf(raw.thread);
  const host = numberOf(raw.host_pid ?? raw.hostPid);
  if (host !== undefined) return numberOf(thread?.host_tid ?? thread?.hostTid) === host;
  const pid = numberOf(raw.pid);
  return pid !== undefined && numberOf(thread?.tid) === pid;
}

function numberOf(value: unknown): number | undefined {
  return countOf(unwrapped(value));
}

function containerOf(raw: JsonObject | undefined): ContainerSighting | undefined {
  const id = textOf(raw?.id);
  if (id === undefined) return undefined;
  const image = objectOf(raw?.image);
  const name = textOf(raw?.name);
  const imageName = textOf(image?.name);
  const imageId = textOf(image?.id);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(imageName === undefined ? {} : { imageName }),
    ...(imageId === undefined ? {} : { imageId }),
  };
}

function podOf(raw: JsonObject | undefined): PodSighting | undefined {
  const pod = objectOf(raw?.pod);
  const name = textOf(pod?.name);
  if (name === undefined) return undefined;
  const uid = textOf(pod?.uid);
  const labels = labelsOf(objectOf(pod?.labels));
  return {
    namespace: textOf(objectOf(raw?.namespace)?.name) ?? '',
    name,
    ...(uid === undefined ? {} : { uid }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}

function labelsOf(raw: JsonObject | undefined): readonly string[] {
  return Object.entries(raw ?? {})
    .filter(([, text]) => typeof text === 'string')
    .map(([key, text]) => oneLine(`${key}=${String(text)}`))
    .sort();
}
