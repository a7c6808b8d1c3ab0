import { formatTime, type Nanos } from '../event/time.ts';
import type { Random } from './random.ts';
import { uuidOf } from './uuid.ts';

/** What Kubernetes builds generated names of: no vowels, so no words. */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A machine of the invented cluster. `boot` ties wall time to ktime: ktime = time - boot. */
export type ScenarioNode = {
  readonly name: string;
  readonly cluster: string;
  readonly boot: Nanos;
  readonly ip: string;
};

export type ScenarioPod = {
  readonly node: ScenarioNode;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: string;
  readonly workloadKind: string;
};

/** One instance of a container: a restart is another one, with its own id and start. */
export type ScenarioContainer = {
  readonly pod: ScenarioPod;
  /** 64 hexadecimal digits, without the `containerd://` of the wire. */
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly digest: string;
  readonly start: Nanos;
  /** The pod's JSON before and after the container's `pid`, which differs per process. */
  readonly head: string;
  readonly tail: string;
};

export type PodSpec = {
  readonly namespace: string;
  /** The app label, and the workload's name unless `workload` says otherwise. */
  readonly app: string;
  readonly ip: string;
  readonly workloadKind?: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Pod';
  readonly workload?: string;
  readonly namespaceLabels?: Readonly<Record<string, string>>;
};

/** A pod named the way its workload names it: `app-<hash>-<suffix>`, or `app-0` in a StatefulSet. */
export function createPod(node: ScenarioNode, spec: PodSpec, random: Random): ScenarioPod {
  const workload = spec.workload ?? spec.app;
  const kind = spec.workloadKind ?? 'Deployment';
  const hash = random.hex(10);
  const suffix = random.word(5, NAME_ALPHABET);
  const name = kind === 'StatefulSet' ? `${workload}-0` : `${workload}-${hash}-${suffix}`;
  const labels: Record<string, string> = { app: spec.app, ...spec.namespaceLabels };
  if (kind === 'Deployment') labels['pod-template-hash'] = hash;
  return {
    node,
    namespace: spec.namespace,
    name: kind === 'Pod' ? workload : name,
    uid: uuidOf(random),
    ip: spec.ip,
    labels,
    workload,
    workloadKind: kind,
  };
}

export type ContainerSpec = {
  readonly name: string;
  /** Repository and tag, such as `registry.example/shop/cart:1.4.2`. */
  readonly image: string;
  /** Hexadecimal digest of the image, the same for every instance of it. */
  readonly digest: string;
  /** Cut to the second, as the kubelet reports it. */
  readonly start: Nanos;
};

export function createContainer(
  pod: ScenarioPod,
  spec: ContainerSpec,
  random: Random,
): ScenarioContainer {
  const id = random.hex(64);
  const repository = spec.image.slice(0, spec.image.lastIndexOf(':'));
  const startedAt = `${formatTime(spec.start).slice(0, 19)}Z`;
  const head = [
    `{"namespace":${JSON.stringify(pod.namespace)},"name":${JSON.stringify(pod.name)},"uid":"${pod.uid}"`,
    `,"container":{"id":"containerd://${id}","name":${JSON.stringify(spec.name)}`,
    `,"image":{"id":${JSON.stringify(`${repository}@sha256:${spec.digest}`)},"name":${JSON.stringify(spec.image)}}`,
    `,"start_time":"${startedAt}"`,
  ].join('');
  const tail = [
    `,"pod_labels":${JSON.stringify(pod.labels)},"workload":${JSON.stringify(pod.workload)}`,
    `,"workload_kind":${JSON.stringify(pod.workloadKind)}}`,
  ].join('');
  return { pod, id, ...spec, head, tail };
}
