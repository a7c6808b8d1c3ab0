import { type Nanos, nanos, parseTime } from '../../event/time.ts';
import {
  createContainer,
  createPod,
  type ScenarioContainer,
  type ScenarioNode,
} from '../cluster.ts';
import type { Happening, Lookup, Socket, Talk } from '../happening.ts';
import { createRandom, type Random } from '../random.ts';
import type { Life, Lives } from '../tellers/lives.ts';
import { after } from '../timeline.ts';
import { createProcess, type ScenarioProcess } from '../writer.ts';

const NODES = 8;
const PODS = 240;
/** Living processes that a container keeps; the oldest leave unseen, so that memory stays bounded. */
const MOST_LIVE = 12;

const COMMANDS: readonly ((random: Random) => readonly [binary: string, text: string])[] = [
  (random) => ['/usr/bin/curl', `-fsS http://session:8080/v1/session/${random.int(100_000)}`],
  (random) => ['/bin/bash', `-c "tail -n ${random.int(500)} /var/log/app.log | sort"`],
  (random) => ['/usr/bin/python3', `/srv/app/jobs/report.py --batch ${random.int(10_000)}`],
  (random) => ['/usr/bin/gzip', `-9 /var/tmp/part-${random.int(1_000)}.csv`],
  () => ['/bin/date', '+%s'],
];
/** One in three is what rules and policies speak of. */
const FILES: readonly ((random: Random) => string)[] = [
  () => '/etc/shadow',
  () => '/var/run/secrets/kubernetes.io/serviceaccount/token',
  ...Array.from({ length: 4 }, () => (random: Random) => `/srv/app/data/${random.int(5_000)}.json`),
];
export const API_SERVER = '10.96.0.1';
const OUTSIDE = ['jobs', 'maps', 'mail', 'pay', 'cdn'].map((label) => `${label}.example`);

/** Many processes in many pods, of which one at a time does something. Every call moves the clock on. */
export type Crowd = {
  readonly random: Random;
  readonly lives: Lives;
  readonly containers: readonly ScenarioContainer[];
  readonly now: () => Nanos;
  readonly exec: () => Happening;
  readonly exit: () => Happening;
  readonly connect: () => Happening;
  readonly ask: () => Happening;
  readonly read: () => Happening;
  readonly talk: () => Happening;
  readonly lookUp: () => Happening;
};

export function createCrowd(seed: number): Crowd {
  const random = createRandom(seed);
  let moment = parseTime('2026-06-08T00:00:00.512Z') ?? nanos(0n);
  const began = moment;
  const now = (): Nanos => {
    moment = nanos(moment + BigInt(1_000 + random.int(1_900_000)));
    return moment;
  };
  const nodes = Array.from({ length: NODES }, (_, index): ScenarioNode => {
    const boot = after(began, -211 * 86_400 - index * 977);
    return { name: `worker-${index + 1}`, cluster: 'bulk', boot, ip: `172.18.0.${index + 3}` };
  });
  const live = new Map<string, ScenarioProcess[]>();
  const containers = Array.from({ length: PODS }, (_, index) => createOne(index));
  const born = new WeakMap<ScenarioProcess, Life>();
  let pid = 40_000;

  function createOne(index: number): ScenarioContainer {
    const node = nodes[index % NODES] ?? nodes[0];
    if (node === undefined) throw new Error('there are no nodes');
    const ip = `10.244.${1 + (index % NODES)}.${10 + Math.floor(index / NODES)}`;
    const app = `app-${index % 40}`;
    const pod = createPod(node, { namespace: `team-${index % 12}`, app, ip }, random);
    const image = `registry.example/team/${app}:1.${index % 9}.0`;
    const facts = { name: app, image, digest: random.hex(64), start: after(began, -3600) };
    return createContainer(pod, facts, random);
  }

  function liveIn(container: ScenarioContainer): ScenarioProcess[] {
    const known = live.get(container.id);
    if (known !== undefined) return known;
    const { node } = container.pod;
    const host = { node, binary: '/usr/bin/containerd-shim-runc-v2', start: after(began, -3601) };
    const shim = createProcess({ ...host, pid: takePid(), arguments: '-namespace k8s.io' });
    const main = createProcess({
      node,
      pid: takePid(),
      start: after(began, -3600),
      binary: '/srv/app/server',
      arguments: '--config /etc/app/config.yaml',
      cwd: '/srv/app',
      uid: 1000,
      parent: shim,
      container,
      insidePid: 1,
    });
    const list = [main];
    live.set(container.id, list);
    return list;
  }

  function takePid(): number {
    pid = pid >= 4_000_000 ? 40_000 : pid + 1 + random.int(3);
    return pid;
  }

  const someone = (): ScenarioProcess => random.pick(liveIn(random.pick(containers)));

  function exec(): Happening {
    const container = random.pick(containers);
    const list = liveIn(container);
    const parent = random.chance(0.5) ? (list[0] ?? random.pick(list)) : random.pick(list);
    const [binary, text] = random.pick(COMMANDS)(random);
    const at = now();
    // Generations end, so that a line of ancestors has an end.
    const deep = parent.parent?.parent?.parent?.parent !== undefined;
    const process = createProcess({
      node: container.pod.node,
      pid: takePid(),
      start: at,
      binary,
      arguments: text,
      cwd: '/srv/app',
      uid: 1000,
      parent: deep ? list[0] : parent,
      container,
      insidePid: 2 + random.int(30_000),
    });
    list.push(process);
    if (list.length > MOST_LIVE) list.splice(1, 1);
    return { what: 'exec', seen: 'live', process, at };
  }

  function exit(): Happening {
    const list = liveIn(random.pick(containers));
    const process = list.length > 1 ? list.splice(1, 1)[0] : undefined;
    if (process === undefined) return exec();
    const status = random.chance(0.9) ? 0 : 1 + random.int(3);
    return { what: 'exit', process, at: now(), outcome: { status } };
  }

  function socketOf(owner: ScenarioProcess, protocol: 'TCP' | 'UDP'): Socket {
    const there = random.int(10);
    const ip = there < 6 ? random.pick(containers).pod.ip : `203.0.113.${1 + random.int(250)}`;
    const dns = { ip: '10.96.0.10', port: 53 };
    const remote = there === 6 ? { ip: API_SERVER, port: 443 } : { ip, port: 8080 };
    return {
      owner,
      local: { ip: owner.container?.pod.ip ?? '', port: random.between(32_768, 60_999) },
      remote: protocol === 'UDP' ? dns : remote,
      cookie: `18446${random.between(600, 639)}${random.between(1e8, 9e8)}${random.between(100, 999)}`,
      protocol,
      names: [],
    };
  }

  function lookupOf(at: Nanos): Lookup {
    const outside = random.chance(0.3);
    const name = outside ? random.pick(OUTSIDE) : `app-${random.int(40)}.team-1.svc.cluster.local`;
    const found = random.chance(0.6);
    return {
      name,
      type: random.chance(0.5) ? 'A' : 'AAAA',
      askedAt: at,
      answeredAt: after(at, 0.0021),
      code: found ? 0 : 3,
      ips: found ? [`203.0.113.${1 + random.int(250)}`] : [],
    };
  }

  function talkOf(protocol: 'TCP' | 'UDP'): Happening {
    const client = someone();
    const at = now();
    const { local, remote, cookie } = socketOf(client, protocol);
    const there = containers.find(({ pod }) => pod.ip === remote.ip);
    const server = there === undefined ? undefined : liveIn(there)[0];
    const talk: Talk = {
      client,
      from: local,
      to: remote,
      server: server === undefined ? undefined : { process: server, at: remote },
      protocol,
      cookie,
      end: after(at, random.between(2, 900) / 1000),
      sent: random.between(80, 4_000),
      received: random.between(200, 90_000),
      open: false,
      denied: protocol === 'TCP' && random.chance(0.02),
      serverName: remote.port === 443 ? random.pick(OUTSIDE) : undefined,
      lookups: protocol === 'UDP' ? [lookupOf(at), lookupOf(after(at, 0.003))] : [],
    };
    return { what: 'talk', process: client, at, talk };
  }

  function of(process: ScenarioProcess): Life {
    const known = born.get(process);
    if (known !== undefined) return known;
    const forked = nanos(process.start - BigInt(200_000 + (process.pid % 900) * 700));
    const life: Life = { pid: process.pid, born: forked, images: [process] };
    born.set(process, life);
    return life;
  }

  const lives: Lives = {
    of,
    soonAfter: ({ start }, most) => nanos(start + BigInt(random.between(1, most))),
    imageAt: (life) => life.images[0],
    ancestorsAt: (life) => {
      const ancestors: Life[] = [];
      let parent = life.images[0].parent;
      while (parent !== undefined) {
        ancestors.push(of(parent));
        parent = parent.parent;
      }
      return ancestors;
    },
  };

  return {
    random,
    lives,
    containers,
    now,
    exec,
    exit,
    connect: () => {
      const process = someone();
      return { what: 'connect', process, at: now(), socket: socketOf(process, 'TCP') };
    },
    ask: () => {
      const process = someone();
      const at = now();
      const socket = socketOf(process, 'UDP');
      return { what: 'asked', process, at, socket, lookup: lookupOf(at) };
    },
    read: () => {
      const path = random.pick(FILES)(random);
      const deed = { what: 'file', path, access: 'read', policy: 'files' } as const;
      return { ...deed, process: someone(), at: now() };
    },
    talk: () => talkOf('TCP'),
    lookUp: () => talkOf('UDP'),
  };
}
