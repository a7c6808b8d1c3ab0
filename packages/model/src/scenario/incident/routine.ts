import type { ScenarioPod } from '../cluster.ts';
import { after } from '../timeline.ts';
import type { ScenarioProcess } from '../writer.ts';
import { type Cast, NAMESPACE, type Part, SERVICES } from './cast.ts';

/** The log ends this many seconds after the beginning. */
export const LOG_SECONDS = 480;

/** The shop's pods and those of their processes that do something. */
export type Shop = {
  readonly checkout: Part;
  /** The second image of the entrypoint's process. */
  readonly checkoutNode: ScenarioProcess;
  readonly quotes: Part;
  /** Forked, never executed. */
  readonly workers: readonly ScenarioProcess[];
  readonly search: Part;
  readonly java: ScenarioProcess;
};

/** Starts the shop: who made its pods is in the audit log. */
export function startShop(cast: Cast): Shop {
  const { first, second } = cast.hosts;
  const search = cast.startPart(
    second,
    4,
    {
      app: 'search',
      ip: '10.244.2.31',
      image: 'registry.example/search/search:8.9.1',
      workloadKind: 'StatefulSet',
    },
    {
      binary: '/usr/bin/tini',
      arguments: '-- /usr/lib/jvm/bin/java -Xmx1g org.example.search.Server',
      cwd: '/usr/share/search',
      uid: 1000,
    },
  );
  const java = second.machine.spawn(search.main, {
    at: after(search.main.start, 0.009),
    binary: '/usr/lib/jvm/bin/java',
    arguments: '-Xmx1g org.example.search.Server',
  });
  second.traffic.listen(java, after(java.start, 3.9), SERVICES.search.port);

  const checkout = cast.startPart(
    first,
    5,
    {
      app: 'checkout',
      ip: '10.244.1.21',
      image: 'registry.example/shop/checkout:v2.14.0',
      inPlace: true,
    },
    {
      binary: '/bin/bash',
      arguments: '-c "exec /usr/local/bin/node server.js"',
      cwd: '/usr/src/app',
      uid: 1000,
    },
  );
  const checkoutNode = first.machine.replace(checkout.main, {
    at: after(checkout.main.start, 0.00133),
    binary: '/usr/local/bin/node',
    arguments: 'server.js',
  });
  first.traffic.listen(checkoutNode, after(checkoutNode.start, 0.8), 8080);

  const quotes = cast.startPart(
    first,
    6,
    { app: 'quotes', ip: '10.244.1.22', image: 'registry.example/shop/quotes:v1.3.2' },
    {
      binary: '/usr/local/bin/gunicorn',
      arguments: '--preload -w 3 -b 0.0.0.0:9080 app:start()',
      cwd: '/opt/app',
      uid: 1000,
    },
  );
  first.traffic.listen(quotes.main, after(quotes.main.start, 2.2), SERVICES.quotes.port);
  const workers = [0, 1, 2].map((index) =>
    first.machine.fork(quotes.main, after(quotes.main.start, 2.6 + index * 0.0417)),
  );
  for (const { pod, seconds } of [
    { pod: search.pod, seconds: 4 },
    { pod: checkout.pod, seconds: 5 },
    { pod: quotes.pod, seconds: 6 },
  ]) {
    recordCreation(cast, pod, seconds - 2.1);
  }
  return { checkout, checkoutNode, quotes, workers, search, java };
}

/** A controller creates the pod, the scheduler binds it. */
function recordCreation(cast: Cast, pod: ScenarioPod, seconds: number): void {
  const isSet = pod.workloadKind === 'StatefulSet';
  const controller = isSet ? 'statefulset-controller' : 'replicaset-controller';
  const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
  const place = { resource: 'pods', namespace: NAMESPACE, apiVersion: 'v1' };
  const manager = 'kube-controller-manager/v1.34.1 (linux/amd64) kubernetes/93248f9';
  cast.calls.push({
    at: cast.at(seconds),
    user: serviceAccountOf('kube-system', controller),
    sourceIps: ['172.18.0.2'],
    userAgent: `${manager}/system:serviceaccount:kube-system:${controller}`,
    verb: 'create',
    uri: pods,
    // Only a set names its pods itself; other names are made while the request is answered.
    objectRef: isSet ? { ...place, name: pod.name } : place,
    code: 201,
    reason: `RBAC: allowed by ClusterRoleBinding "system:controller:${controller}"`,
    request: { kind: 'Pod', apiVersion: 'v1', metadata: { labels: pod.labels } },
    response: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: pod.name, namespace: pod.namespace, uid: pod.uid, labels: pod.labels },
    },
  });
  cast.calls.push({
    at: cast.at(seconds + 0.02),
    user: {
      username: 'system:kube-scheduler',
      groups: ['system:authenticated'],
    },
    sourceIps: ['172.18.0.2'],
    userAgent: 'kube-scheduler/v1.34.1 (linux/amd64) kubernetes/93248f9/scheduler',
    verb: 'create',
    uri: `${pods}/${pod.name}/binding`,
    objectRef: { ...place, name: pod.name, uid: pod.uid, subresource: 'binding' },
    code: 201,
    reason: 'RBAC: allowed by ClusterRoleBinding "system:kube-scheduler"',
  });
}

export function serviceAccountOf(namespace: string, name: string) {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
}

/** What the shop does all day: calls, and a probe. */
export function runRoutine(cast: Cast, shop: Shop): void {
  const { first } = cast.hosts;
  const { checkout, checkoutNode, quotes, workers, search, java } = shop;
  for (const [index, worker] of workers.entries()) {
    for (let second = 21 + index * 13; second < LOG_SECONDS - 10; second += 40) {
      const { search: service } = SERVICES;
      const asked = cast.askService(worker, cast.at(second), 'search', service.ip);
      first.traffic.converse({
        client: worker,
        clientIp: quotes.pod.ip,
        at: after(asked, 0.001),
        to: service,
        server: { process: java, at: { ip: search.pod.ip, port: service.port } },
        sent: cast.random.between(240, 900),
        received: cast.random.between(1200, 24000),
        seconds: cast.random.between(20, 400) / 1000,
      });
    }
  }
  for (let second = 24; second < LOG_SECONDS - 10; second += 35) {
    const { quotes: service } = SERVICES;
    const asked = cast.askService(checkoutNode, cast.at(second), 'quotes', service.ip);
    const worker = cast.random.pick(workers);
    first.traffic.converse({
      client: checkoutNode,
      clientIp: checkout.pod.ip,
      at: after(asked, 0.001),
      to: service,
      server: { process: worker, at: { ip: quotes.pod.ip, port: service.port } },
      sent: cast.random.between(180, 620),
      received: cast.random.between(900, 9000),
      seconds: 0.21,
    });
  }
  probeQuotes(cast, shop);
}

/** The liveness probe: a command every ten seconds. */
function probeQuotes(cast: Cast, { quotes }: Shop): void {
  const { machine, runtime } = quotes.host;
  for (let second = 15; second < LOG_SECONDS - 5; second += 10) {
    const check = runtime.enter(quotes.shim, quotes.container, cast.at(second), {
      binary: '/usr/local/bin/healthcheck',
      arguments: '--port 9080',
      cwd: '/opt/app',
      uid: 1000,
      probe: true,
    });
    machine.exit(check, after(check.start, 0.014));
  }
}
