import { formatTime, type Nanos } from '../../event/time.ts';
import type { ScenarioContainer } from '../cluster.ts';
import { type Json, jsonText } from './json.ts';

export type KubeArmorEvent = {
  readonly container: ScenarioContainer;
  /** When KubeArmor made the record. */
  readonly time: Nanos;
  readonly parentBinary: string;
  readonly binary: string;
  readonly hostPpid: number;
  readonly hostPid: number;
  readonly ppid: number;
  readonly pid: number;
  readonly uid: number;
  readonly operation: 'Process' | 'File' | 'Network';
  /** Of an exec the parent's path, else the process' own command line. */
  readonly source: string;
  readonly resource: string;
  readonly data: readonly (readonly [key: string, value: string])[];
  /** `Passed` unless told. */
  readonly result?: string;
  readonly cwd: string;
  readonly tty: string | undefined;
  /** The session of an exec into the container that the process belongs to. */
  readonly execId: bigint | undefined;
  /** The policy's part. */
  readonly alert?: { readonly [key: string]: Json };
};

/** One line of `karmor logs --json`. */
export function kubeArmorText(event: KubeArmorEvent): string {
  const { container, time, data, execId, binary, alert } = event;
  const { pod } = container;
  const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`);
  const { Enforcer, Action, ...policy } = alert ?? {};
  return jsonText({
    Timestamp: time / 1_000_000_000n,
    UpdatedTime: `${formatTime(time).slice(0, 26)}Z`,
    ClusterName: pod.node.cluster,
    HostName: pod.node.name,
    NamespaceName: pod.namespace,
    Owner: { Ref: pod.workloadKind, Name: pod.workload, Namespace: pod.namespace },
    PodName: pod.name,
    Labels: labels.join(','),
    ContainerID: container.id,
    ContainerName: container.name,
    ContainerImage: `${container.image}@sha256:${container.digest}`,
    ParentProcessName: event.parentBinary,
    ProcessName: binary,
    HostPPID: event.hostPpid,
    HostPID: event.hostPid,
    PPID: event.ppid,
    PID: event.pid,
    UID: event.uid,
    ...policy,
    Type: alert === undefined ? 'ContainerLog' : 'MatchedPolicy',
    Source: event.source,
    Operation: event.operation,
    Resource: event.resource,
    Data: data.map(([key, value]) => `${key}=${value}`).join(' '),
    EventData: Object.fromEntries(
      data.map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
    ),
    Enforcer,
    Action,
    Result: event.result ?? 'Passed',
    Cwd: event.cwd,
    TTY: event.tty,
    ExecEvent:
      execId === undefined
        ? undefined
        : { ExecID: `${execId}`, ExecutableName: binary.slice(binary.lastIndexOf('/') + 1) },
  });
}
