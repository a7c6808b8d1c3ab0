import type { Nanos } from '../../event/time.ts';
import { isObject, type JsonObject, objectOf, type Precision, textOf, textsOf } from '../read.ts';
import { bigWholeOf, pidOf, uidOf, wholeOf } from './numbers.ts';
import { callOf, eventDataText, type Pairs, pairsOf } from './pairs.ts';
import { recordTime } from './times.ts';

/** A record in one spelling. Texts are empty and numbers undefined when it does not say. */
export interface KubeArmorRecord {
  readonly type: string;
  readonly operation: string;
  readonly time: Nanos | undefined;
  readonly cluster: string;
  readonly node: string;
  readonly namespace: string;
  readonly podName: string;
  readonly labels: string;
  readonly ownerKind: string;
  readonly ownerName: string;
  readonly containerId: string;
  readonly containerName: string;
  readonly containerImage: string;
  readonly hostPid: number | undefined;
  readonly hostPpid: number | undefined;
  /** In the container's pid namespace, where there is one. */
  readonly pid: number | undefined;
  readonly ppid: number | undefined;
  readonly uid: number | undefined;
  readonly userName: string;
  readonly processName: string;
  readonly parentName: string;
  readonly source: string;
  readonly resource: string;
  readonly data: string;
  readonly result: string;
  readonly cwd: string;
  readonly tty: string;
  /** Of the exec into the container that the process descends from, decimal digits; empty: none. */
  readonly execId: string;
  readonly policyName: string;
  readonly severity: string;
  readonly tags: readonly string[];
  readonly message: string;
  readonly action: string;
  readonly enforcer: string;
  readonly maxAlertsPerSec: number | undefined;
  readonly droppingInterval: number | undefined;
  /** The hook that saw it (`openat`); empty when not told. */
  readonly call: string;
  /** Of an exec, as `EventData` has it; empty when not told. */
  readonly argv: string;
  readonly dataPairs: Pairs;
  /** The pairs of `EventData`, for keys that neither `Data` nor `Resource` has. */
  readonly eventPairs: Pairs;
}

/** Reads both spellings of every field; `precision` notes a number that lost digits. */
export function recordOf(raw: JsonObject, precision: Precision): KubeArmorRecord {
  const data = text(raw, 'Data', 'data');
  const dataPairs = pairsOf(data);
  const eventData = objectOf(raw.EventData ?? raw.eventData) ?? nothing;
  const eventPairs = pairsOf(eventDataText(eventData));
  const owner = objectOf(raw.Owner ?? raw.owner) ?? nothing;
  return {
    type: text(raw, 'Type', 'type'),
    operation: text(raw, 'Operation', 'operation'),
    time: recordTime(raw.UpdatedTime ?? raw.updatedTime, raw.Timestamp ?? raw.timestamp, precision),
    cluster: text(raw, 'ClusterName', 'clusterName'),
    node: text(raw, 'HostName', 'hostName'),
    namespace: text(raw, 'NamespaceName', 'namespaceName'),
    podName: text(raw, 'PodName', 'podName'),
    labels: text(raw, 'Labels', 'labels'),
    ownerKind: text(owner, 'Ref', 'ref'),
    ownerName: text(owner, 'Name', 'name'),
    containerId: text(raw, 'ContainerID', 'containerID'),
    containerName: text(raw, 'ContainerName', 'containerName'),
    containerImage: text(raw, 'ContainerImage', 'containerImage'),
    hostPid: pidOf(raw.HostPID ?? raw.hostPid),
    hostPpid: pidOf(raw.HostPPID ?? raw.hostPPid),
    pid: pidOf(raw.PID ?? raw.pid),
    ppid: pidOf(raw.PPID ?? raw.ppid),
    uid: uidOf(raw.UID ?? raw.uid),
    userName: text(raw, 'UserName', 'username'),
    processName: text(raw, 'ProcessName', 'processName'),
    parentName: text(raw, 'ParentProcessName', 'parentProcessName'),
    source: text(raw, 'Source', 'source'),
    resource: text(raw, 'Resource', 'resource'),
    data,
    result: text(raw, 'Result', 'result'),
    cwd: text(raw, 'Cwd', 'cwd'),
    tty: text(raw, 'TTY', 'tty'),
    execId: execIdOf(raw.ExecEvent ?? raw.execEvent, precision),
    policyName: text(raw, 'PolicyName', 'policyName'),
    severity: wordOf(raw.Severity ?? raw.severity),
    tags: tagsOf(raw),
    message: text(raw, 'Message', 'message'),
    action: text(raw, 'Action', 'action'),
    enforcer: text(raw, 'Enforcer', 'enforcer'),
    maxAlertsPerSec: wholeOf(raw.MaxAlertsPerSec ?? raw.maxAlertsPerSec),
    droppingInterval: wholeOf(raw.DroppingAlertsInterval ?? raw.droppingAlertsInterval),
    call: callOf(dataPairs) || callOf(eventPairs),
    argv: text(eventData, 'Argv', 'argv'),
    dataPairs,
    eventPairs,
  };
}

const nothing: JsonObject = {};

/** The two spellings: PascalCase of the protobuf structs, lowerCamel of the daemon's file. */
function text(raw: JsonObject, pascal: string, camel: string): string {
  return textOf(raw[pascal] ?? raw[camel]) ?? '';
}

/** A figure or word as text; empty when it is neither. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : (wholeOf(value)?.toString() ?? '');
}

/** Compared for equality only: a clock and a pid mixed into 64 bits. */
function execIdOf(execEvent: unknown, precision: Precision): string {
  if (!isObject(execEvent)) return '';
  const id = bigWholeOf(execEvent.ExecID ?? execEvent.execID, precision);
  return id === undefined || id === 0n ? '' : id.toString();
}

/** The list where there is one, else the text with commas: the same tags. */
function tagsOf(raw: JsonObject): readonly string[] {
  const listed = textsOf(raw.ATags ?? raw.atags);
  const joined = listed.length > 0 ? '' : text(raw, 'Tags', 'tags');
  if (listed.length === 0 && joined === '') return listed;
  const tags = listed.length > 0 ? listed : joined.split(',');
  return [...new Set(tags.map((tag) => tag.replaceAll('\n', '␊').trim()))].filter(
    (tag) => tag !== '',
  );
}
