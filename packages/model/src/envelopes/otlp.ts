import type { ContainerSighting, PodSighting } from '../event/sighting.ts';
import type { Origin } from '../formats/format.ts';
import { isObject, type JsonObject, listOf, type Precision, textOf } from '../formats/read.ts';
import { type Content, contentOf, type Enclosed, type Envelope } from './envelope.ts';
import { type Told, unixNanoOf, within } from './origin.ts';
import { readAnyValue, readKeyValues } from './otlpValues.ts';

/**
 * OpenTelemetry's logs as JSON: an export request (`resourceLogs`), as the collector's file exporter writes one per line, or one
 * log record by itself. The record is the body: a line of text, or a list of keys and values; or the attributes, into which a
 * collector has parsed the line.
 *
 * Source: open-telemetry/opentelemetry-proto, logs.proto; resource attributes: the semantic conventions.
 */
export const otlp: Envelope = {
  id: 'otlp',
  open: (value, around, precision) => {
    if (Array.isArray(value.resourceLogs)) {
      return { certain: true, records: requestRecords(value.resourceLogs, around, precision) };
    }
    if (!isLogRecord(value)) return undefined;
    return { certain: true, records: [recordOf(value, {}, around, precision)] };
  },
};

function isLogRecord(value: JsonObject): boolean {
  if (value.timeUnixNano === undefined && value.observedTimeUnixNano === undefined) return false;
  return isObject(value.body) || Array.isArray(value.attributes);
}

function* requestRecords(
  resourceLogs: readonly unknown[],
  around: Origin,
  precision: Precision,
): Generator<Enclosed> {
  for (const logs of resourceLogs) {
    if (!isObject(logs)) continue;
    const resource = isObject(logs.resource) ? readKeyValues(logs.resource.attributes).value : {};
    // Until 2022 a scope was called an instrumentation library.
    for (const scope of listOf(logs.scopeLogs ?? logs.instrumentationLibraryLogs)) {
      if (!isObject(scope)) continue;
      for (const record of listOf(scope.logRecords ?? scope.logs)) {
        yield recordOf(isObject(record) ? record : {}, resource, around, precision);
      }
    }
  }
}

function recordOf(
  record: JsonObject,
  resource: JsonObject,
  around: Origin,
  precision: Precision,
): Enclosed {
  const attributes = readKeyValues(record.attributes);
  const time =
    unixNanoOf(record.timeUnixNano, precision) ??
    unixNanoOf(record.observedTimeUnixNano, precision);
  const told = { time, ...placeOf(resource, attributes.value) };
  const body = readAnyValue(record.body);
  const forms = [contentIn(body), contentIn(attributes)];
  return { forms, origin: within(around, told) };
}

function contentIn({ value, repeats }: { value: unknown; repeats: boolean }): Content {
  return repeats ? { kind: 'refused', reason: 'duplicate_key' } : contentOf(value);
}

function placeOf(resource: JsonObject, attributes: JsonObject): Told {
  const text = (key: string): string | undefined => textOf(resource[key] ?? attributes[key]);
  const place = {
    node: text('k8s.node.name') ?? text('host.name'),
    cluster: text('k8s.cluster.name'),
  };
  // A line read from a file or a container's output: the pod is the one that printed it, the agent's own.
  if (wasRead(resource) || wasRead(attributes)) return place;
  return { ...place, pod: podOf(text), container: containerOf(text) };
}

const READING = /^(?:log\.file\.|log\.iostream$|logtag$)/;

function wasRead(attributes: JsonObject): boolean {
  return Object.keys(attributes).some((key) => READING.test(key));
}

const workloadKeys: readonly (readonly [kind: string, key: string])[] = [
  ['Deployment', 'k8s.deployment.name'],
  ['DaemonSet', 'k8s.daemonset.name'],
  ['StatefulSet', 'k8s.statefulset.name'],
  ['CronJob', 'k8s.cronjob.name'],
  ['Job', 'k8s.job.name'],
  ['ReplicaSet', 'k8s.replicaset.name'],
];

function podOf(text: (key: string) => string | undefined): PodSighting | undefined {
  const namespace = text('k8s.namespace.name');
  const name = text('k8s.pod.name');
  if (namespace === undefined || name === undefined) return undefined;
  const uid = text('k8s.pod.uid');
  const owner = workloadKeys.find(([, key]) => text(key) !== undefined);
  const workload = owner === undefined ? undefined : text(owner[1]);
  return {
    namespace,
    name,
    ...(uid === undefined ? {} : { uid }),
    ...(owner === undefined || workload === undefined ? {} : { workload, workloadKind: owner[0] }),
  };
}

function containerOf(text: (key: string) => string | undefined): ContainerSighting | undefined {
  const id = text('container.id');
  if (id === undefined) return undefined;
  const name = text('k8s.container.name') ?? text('container.name');
  const imageName = text('container.image.name');
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(imageName === undefined ? {} : { imageName }),
  };
}
