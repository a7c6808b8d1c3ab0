import { type Nanos, nanos, parseTime } from '../../event/time.ts';
import type { ApiCall } from '../apiCall.ts';
import {
  createContainer,
  createPod,
  type PodSpec,
  type ScenarioContainer,
  type ScenarioNode,
  type ScenarioPod,
} from '../cluster.ts';
import type { Endpoint, Happening } from '../happening.ts';
import { createMachine, type Machine } from '../machine.ts';
import { createRandom, type Random } from '../random.ts';
import { createRuntime, type EntrySpec, type Runtime } from '../runtime.ts';
import { createTetragonTeller } from '../tellers/tetragon.ts';
import { after, createTimeline, type Timeline } from '../timeline.ts';
import { createTraffic, type Traffic } from '../traffic.ts';
import type { ScenarioProcess } from '../writer.ts';

export const NAMESPACE = 'shop';

/** Service addresses of the cluster. */
export const SERVICES = {
  dns: { ip: '10.96.0.10', port: 53 },
  api: { ip: '10.96.0.1', port: 443 },
  search: { ip: '10.96.148.21', port: 9200 },
  quotes: { ip: '10.96.71.40', port: 9080 },
} as const satisfies Record<string, Endpoint>;

/** A node: its kernel, its container runtime, and the file of its Tetragon. */
export type Host = {
  readonly node: ScenarioNode;
  readonly machine: Machine;
  readonly runtime: Runtime;
  readonly traffic: Traffic;
  readonly timeline: Timeline;
};

/** One container with what later scenes need of it. */
export type Part = {
  readonly host: Host;
  readonly pod: ScenarioPod;
  readonly shim: ScenarioProcess;
  readonly container: ScenarioContainer;
  /** The first image in the container. */
  readonly main: ScenarioProcess;
};

/** Two nodes on which the incident happens, and everything that happened so far. */
export type Cast = {
  readonly random: Random;
  readonly hosts: { readonly first: Host; readonly second: Host };
  /** In the order of telling. */
  readonly happenings: readonly Happening[];
  readonly calls: ApiCall[];
  /** The moment this many seconds after the incident's beginning, give or take 0.3 ms. */
  readonly at: (seconds: number) => Nanos;
  readonly startPart: (host: Host, seconds: number, spec: PartSpec, entry: EntrySpec) => Part;
  /** Looks a service of the namespace up, at the cluster's DNS. */
  readonly askService: (process: ScenarioProcess, at: Nanos, service: string, ip: string) => Nanos;
  /** Looks up a name outside after every search domain has failed. */
  readonly askOutside: (process: ScenarioProcess, at: Nanos, name: string, ip: string) => Nanos;
  readonly hostOf: (process: ScenarioProcess) => Host;
};

export type PartSpec = Omit<PodSpec, 'namespace'> & {
  readonly image: string;
  /** The entrypoint keeps the PID of runc's init. */
  readonly inPlace?: boolean;
};

const SEARCH = [`${NAMESPACE}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'];
const CLUSTER = 'prod-eu-1';
/** Seconds before the beginning at which the agents start. */
const AGENTS_START = -60;

export function createCast(seed: number): Cast {
  const random = createRandom(seed);
  const began = parseTime('2026-04-21T13:05:00.204Z') ?? nanos(0n);
  const happenings: Happening[] = [];
  const tellers = new Map<string, (happening: Happening) => void>();
  const tell = (happening: Happening): void => {
    happenings.push(happening);
    tellers.get(happening.process.node.name)?.(happening);
  };
  const at = (seconds: number): Nanos => nanos(after(began, seconds) + BigInt(random.int(300_000)));

  function createHost(name: string, ip: string, up: number, firstPid: number): Host {
    const node: ScenarioNode = { name, cluster: CLUSTER, boot: after(began, -up), ip };
    const timeline = createTimeline(random);
    tellers.set(name, createTetragonTeller(random, timeline, { ancestors: false, names: false }));
    const machine = createMachine(node, random, tell, { firstPid });
    const runtime = createRuntime(machine, random, after(began, AGENTS_START));
    return { node, machine, runtime, traffic: createTraffic(machine, random), timeline };
  }

  const first = createHost('worker-1', '172.18.0.3', 76_204.118_207, 4_100);
  const second = createHost('worker-2', '172.18.0.4', 108_911.902_31, 5_200);
  const dns = observeDns(second, after(began, AGENTS_START), random);
  const hostOf = ({ node }: ScenarioProcess): Host => (node === first.node ? first : second);

  function ask(
    process: ScenarioProcess,
    moment: Nanos,
    name: string,
    ip: string,
    misses: readonly string[],
  ): Nanos {
    return hostOf(process).traffic.ask({
      process,
      ip: process.container?.pod.ip ?? process.node.ip,
      at: moment,
      resolver: SERVICES.dns,
      misses,
      name,
      answers: [ip],
      server: { process: dns, at: { ip: dns.container?.pod.ip ?? '', port: 53 } },
    });
  }

  return {
    random,
    hosts: { first, second },
    happenings,
    calls: [],
    at,
    hostOf,
    startPart: (host, seconds, spec, entry) => {
      const pod = createPod(host.node, { namespace: NAMESPACE, ...spec }, random);
      const shim = host.runtime.startShim(at(seconds - 1.7));
      const facts = { name: spec.app, image: spec.image, digest: random.hex(64) };
      const container = createContainer(pod, { ...facts, start: after(began, seconds) }, random);
      const main = host.runtime.start(shim, container, at(seconds), entry, spec.inPlace);
      return { host, pod, shim, container, main };
    },
    askService: (process, moment, service, ip) =>
      ask(process, moment, `${service}.${SEARCH[0]}`, ip, []),
    askOutside: (process, moment, name, ip) =>
      ask(
        process,
        moment,
        name,
        ip,
        SEARCH.map((domain) => `${name}.${domain}`),
      ),
  };
}

/** The cluster's DNS server, older than the agents. */
function observeDns(host: Host, agentStart: Nanos, random: Random): ScenarioProcess {
  const pod = createPod(
    host.node,
    { namespace: 'kube-system', app: 'coredns', ip: '10.244.2.4' },
    random,
  );
  const start = after(host.node.boot, 44);
  const shim = host.runtime.observeShim(start, agentStart);
  const image = 'registry.k8s.io/coredns/coredns:v1.12.1';
  const facts = { name: 'coredns', image, digest: random.hex(64), start };
  return host.machine.observe(
    shim,
    {
      at: after(start, 0.4),
      binary: '/coredns',
      arguments: '-conf /etc/coredns/Corefile',
      uid: 65532,
      container: createContainer(pod, facts, random),
    },
    agentStart,
  );
}
