import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { isObject, oneLine, type Precision } from '../read.ts';
import {
  type Fields,
  firstText,
  flagField,
  isAbsent,
  longField,
  nanosField,
  textField,
} from './fields.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A pod has few; more are no labels. */
const MOST_LABELS = 256;

/** The pod of the fields, of Falco itself (`k8s.*`) or of its `k8smeta` plugin; undefined when they name none. */
export function podOf(fields: Fields): PodSighting | undefined {
  const name = k8sText(fields, 'pod.name');
  if (name === undefined) return undefined;
  const pod: Mutable<PodSighting> = { namespace: k8sText(fields, 'ns.name') ?? '', name };
  const uid = k8sText(fields, 'pod.uid');
  if (uid !== undefined) pod.uid = uid;
  for (const [field, kind] of workloads) {
    const workload = k8sText(fields, `${field}.name`);
    if (workload === undefined) continue;
    pod.workload = workload;
    pod.workloadKind = kind;
    break;
  }
  const labels = labelsOf(fields);
  if (labels.length > 0) pod.labels = labels;
  return pod;
}

/** True: Falco says that no container holds the process; an id that is missing says nothing. */
export function isOfHost(fields: Fields): boolean {
  const names = ['container.id', 'container.full_id'];
  return names.some((name) => textField(fields, name) === 'host');
}

/** The container of the fields; undefined on the host, for which Falco's container id is `host`. */
export function containerOf(
  fields: Fields,
  time: Nanos | undefined,
  precision: Precision,
): ContainerSighting | undefined {
  const id = textField(fields, 'container.full_id') ?? textField(fields, 'container.id');
  if (id === undefined || isOfHost(fields)) return undefined;
  const container: Mutable<ContainerSighting> = { id };
  const name = textField(fields, 'container.name');
  if (name !== undefined) container.name = name;
  const imageId = textField(fields, 'container.image.id');
  if (imageId !== undefined) container.imageId = imageId;
  const imageName = imageOf(fields);
  if (imageName !== undefined) container.imageName = imageName;
  const start = containerStart(fields, time, precision);
  if (start !== undefined) container.startTime = start;
  const privileged = flagField(fields, 'container.privileged');
  if (privileged !== undefined) container.privileged = privileged;
  return container;
}

const workloads: readonly (readonly [string, string])[] = [
  ['deployment', 'Deployment'],
  ['rs', 'ReplicaSet'],
  ['rc', 'ReplicationController'],
];

function k8sText(fields: Fields, name: string): string | undefined {
  return firstText(fields, [`k8s.${name}`, `k8smeta.${name}`]);
}

function imageOf(fields: Fields): string | undefined {
  const whole = textField(fields, 'container.image');
  if (whole !== undefined) return whole;
  const repository = textField(fields, 'container.image.repository');
  const tag = textField(fields, 'container.image.tag');
  if (repository === undefined) return undefined;
  return tag === undefined ? repository : `${repository}:${tag}`;
}

function containerStart(
  fields: Fields,
  time: Nanos | undefined,
  precision: Precision,
): Nanos | undefined {
  const start = nanosField(fields, 'container.start_ts', precision);
  if (start !== undefined || time === undefined) return start;
  const duration = longField(fields, 'container.duration', precision);
  return duration === undefined || duration > time ? undefined : nanos(time - duration);
}

const LABEL = /^k8s(?:meta)?\.pod\.label(?:\[(.{1,317})\]|[._](.{1,317}))$/s;

/** `app:web, tier:front` as text, as a list or as an object, and single labels by name: sorted `key=value`. */
function labelsOf(fields: Fields): readonly string[] {
  const labels = new Set<string>();
  for (const source of [fields['k8s.pod.labels'], fields['k8smeta.pod.labels']]) {
    for (const pair of labelPairs(source)) addLabel(labels, pair);
  }
  for (const key in fields) {
    if (!key.startsWith('k8s')) continue;
    const match = LABEL.exec(key);
    const value = match === null ? undefined : textField(fields, key);
    if (match !== null && value !== undefined)
      labels.add(oneLine(`${match[1] ?? match[2] ?? ''}=${value}`));
  }
  return [...labels].sort().slice(0, MOST_LABELS);
}

function labelPairs(source: unknown): readonly string[] {
  if (typeof source === 'string') return isAbsent(source) ? [] : source.split(',');
  if (Array.isArray(source)) {
    return source.filter((item: unknown): item is string => typeof item === 'string');
  }
  if (!isObject(source)) return [];
  return Object.entries(source).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${key}=${value}`] : [],
  );
}

function addLabel(labels: Set<string>, pair: string): void {
  const trimmed = pair.trim();
  const cut = trimmed.search(/[:=]/);
  if (cut < 1) return;
  labels.add(oneLine(`${trimmed.slice(0, cut).trim()}=${trimmed.slice(cut + 1).trim()}`));
}
