import { type Dialect, dialects } from '../../event/dialects.ts';
import type { ApiCall } from '../apiCall.ts';
import { generateBulk } from '../bulk.ts';
import type { Happening } from '../happening.ts';
import { tellAudit } from '../tellers/audit.ts';
import { ecsText } from '../tellers/ecs.ts';
import { tellFalco } from '../tellers/falco.ts';
import { tellHubble } from '../tellers/hubble.ts';
import { tellKubeArmor } from '../tellers/kubearmor.ts';
import type { Logged } from '../tellers/logged.ts';
import { sysdigText } from '../tellers/sysdig.ts';
import { traceeText } from '../tellers/tracee.ts';
import { tellZeek } from '../tellers/zeek.ts';
import { uuidOf } from '../uuid.ts';
import { API_SERVER, type Crowd, createCrowd } from './crowd.ts';

/** The dialects that no agent writes all day: what a person reads, and what is no log of its own. */
type WithoutBulk = Extract<Dialect, 'compact' | 'envelope'>;
export type FloodDialect = Exclude<Dialect, WithoutBulk>;

/** Every dialect that has a bulk: a new one has, until it is named among those without. */
export const floodDialects: readonly FloodDialect[] = dialects.filter(
  (dialect): dialect is FloodDialect => dialect !== 'compact' && dialect !== 'envelope',
);

export type FloodSpec = {
  readonly seed: number;
  /** Lines to produce. */
  readonly events: number;
};

type Deed = keyof Pick<Crowd, 'exec' | 'exit' | 'connect' | 'ask' | 'read' | 'talk' | 'lookUp'>;

/** How many of a hundred happenings are which, by dialect. */
const MIXES: Readonly<
  Record<Exclude<FloodDialect, 'tetragon' | 'audit'>, readonly (readonly [Deed, number])[]>
> = {
  falco: [
    ['exec', 70],
    ['read', 15],
    ['connect', 15],
  ],
  kubearmor: [
    ['exec', 40],
    ['connect', 25],
    ['ask', 20],
    ['read', 15],
  ],
  hubble: [
    ['talk', 60],
    ['lookUp', 40],
  ],
  zeek: [
    ['talk', 70],
    ['lookUp', 30],
  ],
  ecs: [
    ['exec', 35],
    ['exit', 30],
    ['connect', 20],
    ['ask', 15],
  ],
  tracee: [
    ['exec', 35],
    ['exit', 30],
    ['connect', 15],
    ['ask', 20],
  ],
  sysdig: [
    ['exec', 40],
    ['exit', 25],
    ['connect', 15],
    ['read', 20],
  ],
};

/**
 * Lines of one dialect for benchmarks of throughput: 240 pods on 8 nodes, the shapes and lengths of the incident's, roughly in the
 * order of time, memory bounded. A longer stream begins with the shorter one. Zeek's lines name their stream (`_path`), as they
 * do where all streams share a file.
 */
export function* bulkOf(
  dialect: FloodDialect,
  { seed, events }: FloodSpec,
): Generator<string, void, undefined> {
  if (dialect === 'tetragon') {
    yield* generateBulk({ seed, events });
    return;
  }
  const crowd = createCrowd(seed);
  const tell = tellerOf(dialect, crowd);
  let left = events;
  while (left > 0) {
    for (const line of tell()) {
      if (left <= 0) return;
      yield line;
      left -= 1;
    }
  }
}

/** Lines of what happens next; perhaps none. */
function tellerOf(dialect: Exclude<FloodDialect, 'tetragon'>, crowd: Crowd): () => string[] {
  const { lives, random } = crowd;
  if (dialect === 'audit') return () => textsOf(tellAudit([nextCall(crowd)], 0n, random));
  const next = (): Happening => crowd[pickDeed(MIXES[dialect], random.int(100))]();
  switch (dialect) {
    case 'falco': {
      const settings = { apiServerIp: API_SERVER, apiClock: 0n };
      return () => textsOf(tellFalco([next()], [], lives, random, settings));
    }
    case 'kubearmor':
      return () => textsOf(tellKubeArmor([next()], lives, random));
    case 'hubble':
      return () => textsOf(tellHubble([next()], API_SERVER, random));
    case 'zeek':
      return () => {
        const happening = next();
        const namespace = happening.process.container?.pod.namespace ?? '';
        return tellZeek([happening], namespace, happening.at, random).map(withPath);
      };
    case 'ecs':
      return () => present(ecsText(next(), lives));
    case 'tracee':
      return () => present(traceeText(next(), lives));
    case 'sysdig': {
      let number = 0;
      return () => {
        number += 1;
        return present(sysdigText(next(), lives, number));
      };
    }
  }
}

function pickDeed(mix: readonly (readonly [Deed, number])[], dice: number): Deed {
  let bound = 0;
  for (const [deed, share] of mix) {
    bound += share;
    if (dice < bound) return deed;
  }
  return 'exec';
}

function textsOf(logged: readonly Logged[]): string[] {
  return logged.map(({ text }) => text);
}

function present(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

/** The file's name becomes a member of the record. */
function withPath({ path, text }: Logged): string {
  const stream = path.slice(path.lastIndexOf('/') + 1).replace('.log', '');
  return `{"_path":"${stream}",${text.slice(1)}`;
}

const READS = [
  ['get', 'configmaps', 200],
  ['list', 'pods', 200],
  ['watch', 'endpoints', 200],
  ['get', 'secrets', 200],
  ['list', 'secrets', 403],
  ['update', 'leases', 200],
] as const;

function nextCall(crowd: Crowd) {
  const { random } = crowd;
  const { pod, name } = random.pick(crowd.containers);
  const at = crowd.now();
  const account = `system:serviceaccount:${pod.namespace}:${pod.workload}`;
  const groups = [
    'system:serviceaccounts',
    `system:serviceaccounts:${pod.namespace}`,
    'system:authenticated',
  ];
  const isExec = random.chance(0.05);
  const [verb, resource, code] = isExec ? (['get', 'pods', 101] as const) : random.pick(READS);
  const base = `/api/v1/namespaces/${pod.namespace}`;
  const place = { resource, namespace: pod.namespace, apiVersion: 'v1' };
  const command = ['bash'];
  const query = 'command=bash&stdin=true&stdout=true&tty=true';
  const target = `${pod.workload}-${random.int(40)}`;
  const session = { seconds: random.between(2, 600), pod, container: name, command };
  const call: ApiCall = {
    at,
    user: {
      username: isExec ? 'dana@shop.example' : account,
      groups,
      uid: pod.uid,
      extra: {
        'authentication.kubernetes.io/credential-id': [`JTI=${pod.uid}`],
        'authentication.kubernetes.io/pod-name': [pod.name],
        'authentication.kubernetes.io/pod-uid': [pod.uid],
      },
    },
    sourceIps: [pod.ip],
    userAgent: isExec ? 'kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9' : 'app/v0.33.1',
    verb,
    uri: isExec ? `${base}/pods/${pod.name}/exec?${query}` : `${base}/${resource}/${target}`,
    objectRef: isExec
      ? { ...place, name: pod.name, subresource: 'exec' }
      : { ...place, name: target },
    code,
    reason: code === 403 ? '' : 'RBAC: allowed by RoleBinding "app"',
    ...(isExec ? { session } : {}),
  };
  return { call, auditId: uuidOf(random) };
}
