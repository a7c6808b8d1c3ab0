import { type Nanos, nanos } from '../event/time.ts';
import { createContainer, createPod, type ScenarioNode, type ScenarioPod } from './cluster.ts';
import type { Random } from './random.ts';
import { after } from './timeline.ts';
import { createProcess, type ScenarioProcess } from './writer.ts';

/** A live process of the bulk log; `depth` counts from the container's main. */
export type BulkProcess = {
  readonly process: ScenarioProcess;
  readonly depth: number;
  /** False once it exited: its sockets are not spoken of again. */
  alive: boolean;
};

export type BulkPod = {
  readonly pod: ScenarioPod;
  readonly main: BulkProcess;
  /** Living processes; the first is main and stays. */
  readonly live: BulkProcess[];
  readonly listenPort: number;
};

export type BulkNode = {
  readonly node: ScenarioNode;
  readonly systemd: ScenarioProcess;
  lastPid: number;
};

const APPS = ['cart', 'checkout', 'search', 'ledger', 'mailer', 'catalog', 'session', 'quote'];
const RUNTIMES: readonly (readonly [binary: string, text: string])[] = [
  ['/usr/local/bin/node', '--enable-source-maps /srv/app/server.js --port 8080'],
  ['/usr/bin/java', '-Xmx768m -jar /srv/app/service.jar --server.port=8080'],
  ['/usr/local/bin/gunicorn', '/usr/local/bin/gunicorn -w 4 -b 0.0.0.0:8080 app:main'],
  ['/srv/app/service', '--listen=0.0.0.0:8080 --config=/etc/service/config.yaml'],
];
/** The first node has been up for longer than a double counts nanoseconds. */
const UPTIME_DAYS = [211.37, 3.2, 48.9, 90.03, 12.6, 0.71, 133.5, 27.4];

export function createBulkNode(index: number, began: Nanos): BulkNode {
  const days = UPTIME_DAYS[index % UPTIME_DAYS.length] ?? 1;
  const node: ScenarioNode = {
    name: `worker-${index}`,
    cluster: 'bulk',
    boot: after(began, -(days * 86_400 + index * 0.734_219)),
    ip: `172.20.0.${index + 10}`,
  };
  const systemd = createProcess({
    node,
    pid: 1,
    start: nanos(node.boot + 60_000_000n),
    binary: '/usr/lib/systemd/systemd',
    arguments: '--switched-root --system --deserialize=31',
    flags: 'procFS auid rootcwd',
  });
  return { node, systemd, lastPid: 2_000 + index * 977 };
}

/** A pod whose container starts at `start`, with its shim and main process. */
export function createBulkPod(
  host: BulkNode,
  index: number,
  start: Nanos,
  random: Random,
): { readonly pod: BulkPod; readonly shim: ScenarioProcess } {
  const { node, systemd } = host;
  const app = APPS[index % APPS.length] ?? 'app';
  const team = `team-${index % 12}`;
  const pod = createPod(
    node,
    {
      namespace: team,
      app: `${app}-${Math.floor(index / APPS.length)}`,
      ip: `10.${244 + Math.floor(index / 60_000)}.${Math.floor(index / 250) % 250}.${(index % 250) + 2}`,
    },
    random,
  );
  const image = { image: `registry.example/${team}/${app}:v1.${index}.0`, digest: random.hex(64) };
  const container = createContainer(pod, { name: app, ...image, start }, random);
  const sandbox = random.hex(64);
  const shim = createProcess({
    node,
    pid: takePid(host, random),
    start: after(start, -1.9),
    binary: '/usr/bin/containerd-shim-runc-v2',
    arguments: `-namespace k8s.io -id ${sandbox} -address /run/containerd/containerd.sock`,
    cwd: `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${sandbox}`,
    parent: systemd,
  });
  const [binary, text] = random.pick(RUNTIMES);
  const process = createProcess({
    node,
    pid: takePid(host, random),
    start,
    binary,
    arguments: text,
    cwd: '/srv/app',
    uid: 1000,
    parent: shim,
    container,
    insidePid: 1,
  });
  const main = { process, depth: 0, alive: true };
  return { pod: { pod, main, live: [main], listenPort: 8080 }, shim };
}

export function takePid(host: BulkNode, random: Random): number {
  const next = host.lastPid + random.between(1, 6);
  host.lastPid = next > 4_194_000 ? 1_000 : next;
  return host.lastPid;
}
