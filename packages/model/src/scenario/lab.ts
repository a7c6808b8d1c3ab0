import { type Nanos, nanos, parseTime } from '../event/time.ts';
import {
  createContainer,
  createPod,
  type PodSpec,
  type ScenarioContainer,
  type ScenarioNode,
  type ScenarioPod,
} from './cluster.ts';
import type { Endpoint } from './happening.ts';
import { createMachine, type Machine } from './machine.ts';
import { createRandom, type Random } from './random.ts';
import { createRuntime, type EntrySpec, type Runtime } from './runtime.ts';
import { createTetragonTeller } from './tellers/tetragon.ts';
import { after, createTimeline, type Timeline } from './timeline.ts';
import { createTraffic, type Traffic } from './traffic.ts';
import type { ScenarioProcess } from './writer.ts';

export const NAMESPACE = 'tenant-jobs';

/** Service addresses of the lab. */
export const SERVICES = {
  dns: { ip: '10.96.0.10', port: 53 },
  elasticsearch: { ip: '10.96.148.21', port: 9200 },
  coreapi: { ip: '10.96.71.40', port: 9080 },
  kafka: { ip: '10.96.203.9', port: 9092 },
} as const satisfies Record<string, Endpoint>;

/** One container of the lab with the processes its story needs. */
export type Workload = {
  readonly pod: ScenarioPod;
  readonly shim: ScenarioProcess;
  readonly container: ScenarioContainer;
  /** The first image in the container. */
  readonly main: ScenarioProcess;
};

/** A one-node cluster in motion: what the scenarios of the lab share. */
export type Lab = {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly machine: Machine;
  readonly runtime: Runtime;
  readonly traffic: Traffic;
  /** The moment this many seconds after the application was installed, give or take 0.3 ms. */
  readonly at: (seconds: number) => Nanos;
  /** Starts a pod's only container this many seconds after the installation. */
  readonly startPod: (seconds: number, spec: LabPodSpec, entry: EntrySpec) => Workload;
  /** Starts the next instance of a workload's container: new id, new clock. */
  readonly restart: (workload: Workload, seconds: number, entry: EntrySpec) => Workload;
  /** Looks a cluster service up by its short name; the first search domain answers. */
  readonly askService: (process: ScenarioProcess, at: Nanos, service: string, ip: string) => Nanos;
  /** Looks up a name outside after every search domain has failed. */
  readonly askOutside: (
    process: ScenarioProcess,
    at: Nanos,
    name: string,
    ips: readonly string[],
  ) => Nanos;
};

export type LabPodSpec = Omit<PodSpec, 'namespace'> & {
  readonly namespace?: string;
  readonly image: string;
  readonly inPlace?: boolean;
};

const SEARCH = [`${NAMESPACE}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'];

export function createLab(seed: number): Lab {
  const random = createRandom(seed);
  const timeline = createTimeline(random);
  const installed = parseTime('2026-03-17T09:12:04.318Z') ?? nanos(0n);
  const node: ScenarioNode = {
    name: 'kind-control-plane',
    cluster: 'kind-lab',
    boot: after(installed, -571.284917),
    ip: '172.18.0.2',
  };
  const teller = createTetragonTeller(random, timeline, { ancestors: true });
  const machine = createMachine(node, random, teller, { firstPid: 9840, countsInPlace: false });
  const agentStart = after(installed, -96);
  const runtime = createRuntime(machine, random, agentStart);
  const traffic = createTraffic(machine, random);
  const at = (seconds: number): Nanos =>
    nanos(after(installed, seconds) + BigInt(random.int(300_000)));
  const images = new Map<string, { image: string; digest: string }>();

  function containerOf(pod: ScenarioPod, name: string, image: string, start: Nanos) {
    const known = images.get(`${pod.name}/${name}`) ?? { image, digest: random.hex(64) };
    images.set(`${pod.name}/${name}`, known);
    return createContainer(pod, { name, ...known, start }, random);
  }

  const lab: Lab = {
    random,
    timeline,
    machine,
    runtime,
    traffic,
    at,
    startPod: (seconds, spec, entry) => {
      const pod = createPod(node, { namespace: NAMESPACE, ...spec }, random);
      const shim = runtime.startShim(at(seconds - 1.7));
      const container = containerOf(pod, spec.app, spec.image, after(installed, seconds));
      const main = runtime.start(shim, container, at(seconds), entry, spec.inPlace);
      return { pod, shim, container, main };
    },
    restart: ({ pod, shim, container }, seconds, entry) => {
      const next = containerOf(pod, container.name, '', after(installed, seconds));
      return { pod, shim, container: next, main: runtime.start(shim, next, at(seconds), entry) };
    },
    askService: (process, moment, service, ip) =>
      traffic.ask({
        process,
        ip: process.container?.pod.ip ?? node.ip,
        at: moment,
        resolver: SERVICES.dns,
        misses: [],
        name: `${service}.${SEARCH[0]}`,
        answers: [ip],
      }),
    askOutside: (process, moment, name, ips) =>
      traffic.ask({
        process,
        ip: process.container?.pod.ip ?? node.ip,
        at: moment,
        resolver: SERVICES.dns,
        misses: SEARCH.map((domain) => `${name}.${domain}`),
        name,
        answers: ips,
      }),
  };
  observeSystemPods(lab, agentStart);
  return lab;
}

/** kube-system, older than the agent: known from /proc only. */
function observeSystemPods(lab: Lab, agentStart: Nanos): void {
  const { machine, random, runtime } = lab;
  const digest = random.hex(64);
  for (const [index, ip] of ['10.244.0.3', '10.244.0.4'].entries()) {
    const pod = createPod(
      machine.node,
      { namespace: 'kube-system', app: 'coredns', ip, namespaceLabels: { 'k8s-app': 'kube-dns' } },
      random,
    );
    const start = after(machine.node.boot, 41 + index * 2);
    const shim = runtime.observeShim(start, agentStart);
    const image = 'registry.k8s.io/coredns/coredns:v1.12.1';
    const container = createContainer(pod, { name: 'coredns', image, digest, start }, random);
    machine.observe(
      shim,
      {
        at: after(start, 0.4),
        binary: '/coredns',
        arguments: '-conf /etc/coredns/Corefile',
        uid: 65532,
        container,
      },
      agentStart,
    );
  }
}
