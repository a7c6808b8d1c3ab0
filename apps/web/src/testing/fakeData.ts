import type { PodItem } from '@forebear/model/wire/inventory';
import type { DestinationItem } from '@forebear/model/wire/network';
import type { Source } from '@forebear/model/wire/sources';
import { crawlerProcesses } from './fakeCrawler.ts';
import { mainStartUs, refOf } from './fakeTree.ts';

/** Everything here is invented. */
export const complete = {
  complete: true,
  agentLoss: 'none reported',
  gaps: 0,
  quarantined: 0,
  shardsMissing: 0,
} as const;
export const partial = {
  ...complete,
  complete: false,
  agentLoss: 'reported',
  gaps: 2,
  quarantined: 37,
} as const;

export const at = (ms: number): string =>
  `${new Date(mainStartUs / 1000 + ms).toISOString().slice(0, -1)}381321Z`;

function pod(name: string, workload: string, over: Partial<PodItem>): PodItem {
  return {
    kind: 'pod',
    cluster: 'kind-lab',
    namespace: 'tenant-jobs',
    pod: name,
    uid: `0b3d1f7a-0000-4000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padEnd(12, '0')}`,
    workload,
    node: 'kind-control-plane',
    labels: [`app=${workload}`, 'team=jobs'],
    containers: [
      {
        id: 'containerd://7a1f0c2b9d3e',
        name: workload,
        image: `registry.example/jobs-app/${workload}:v0.8.0`,
      },
    ],
    processes: 12,
    executions: 12,
    late: 0,
    lateNew: 0,
    leftContainer: 0,
    lateContainer: 0,
    marks: [],
    policies: [],
    grave: [],
    stillRuns: null,
    alerts: 0,
    maxSeverity: null,
    externalDestinations: 0,
    restarts: 0,
    started: at(0),
    firstSeen: at(0),
    lastSeen: at(900_000),
    firstLoudMs: null,
    ...over,
  };
}

export const crawler = pod('crawler-556db57cd7-tkvfd', 'crawler', {
  processes: crawlerProcesses.length,
  late: 10,
  lateNew: 9,
  grave: ['raised_to_root', 'random_name'],
  alerts: 2,
  maxSeverity: 'Critical',
  externalDestinations: 3,
  firstLoudMs: 302_373.382,
});

export const search = pod('elasticsearch-master-0', 'elasticsearch-master', {
  processes: 41,
  late: 3,
});

export const pods: readonly PodItem[] = [
  crawler,
  pod(`batch-${'very-long-generated-name-'.repeat(8)}x9k2l`, 'batch', {
    namespace: 'analytics-and-reporting-production',
    processes: 188_204,
    late: 12,
    lateNew: 1,
    restarts: 3,
    firstLoudMs: 71_004,
  }),
  pod('coreapi-cd8c6f9b4-h9llr', 'coreapi', { processes: 12, late: 4, externalDestinations: 1 }),
  search,
  pod('jobs-app-kafka-0', 'jobs-app-kafka', { processes: 188 }),
  pod('jobposting-655bf9c-hkrhk', 'jobposting', { processes: 4 }),
  pod('loader-764db5c-n6qgw', 'loader', { processes: 9, restarts: 3 }),
  pod('evil\u202Egnp-7d4f', 'evil\u202Egnp', { namespace: 'default', processes: 2 }),
  {
    ...pod('kind-control-plane', '', { processes: 214, lateNew: 0 }),
    kind: 'host',
    namespace: '',
    containers: [],
  },
  {
    ...pod('kind-worker', '', { processes: 97, lateNew: 0 }),
    kind: 'host',
    namespace: '',
    containers: [],
  },
];

function destination(
  over: Partial<DestinationItem> & Pick<DestinationItem, 'ip'>,
): DestinationItem {
  return {
    name: null,
    nameEvidence: '',
    port: 443,
    protocol: 'tcp',
    scope: 'public',
    external: true,
    randomName: false,
    randomDetail: '',
    connections: 1,
    bytesSent: '1024',
    bytesReceived: '20480',
    firstSeen: at(1000),
    lastSeen: at(600_000),
    verdict: '',
    verdictReason: '',
    verdicts: [],
    processes: [caller(4, '/usr/local/bin/node', false)],
    ...over,
  };
}

function caller(
  row: number,
  binary: string,
  lateNew: boolean,
): DestinationItem['processes'][number] {
  return {
    ref: refOf(crawler.pod, row),
    namespace: crawler.namespace,
    pod: crawler.pod,
    place: '',
    binary,
    pid: 21_000 + row * 7,
    container: { id: 'containerd://7a1f0c2b9d3e', name: 'crawler', docker: '7a1f0c2b9d3e4f5' },
    firstSeen: at(302_902),
    lateNew,
    outOfPlace: [],
    connections: 1 + row,
    bytesSent: String(412 * row),
    bytesReceived: String(4_802_113 * row),
  };
}

export const destinations: readonly DestinationItem[] = [
  destination({
    ip: '203.0.113.7',
    name: 'x7f3q-9k2lw0.example.net',
    nameEvidence: 'destination_names',
    randomName: true,
    randomDetail: 'x7f3q-9k2lw0: 42 % digits, 5 letter-digit switches',
    connections: 2,
    bytesSent: '4829241',
    bytesReceived: '2102',
    processes: [caller(22, '/usr/bin/nc', true), caller(27, '/usr/bin/curl', true)],
  }),
  destination({
    ip: '203.0.113.40',
    name: 'feeds.example.org',
    nameEvidence: 'dns_process',
    connections: 214,
    bytesSent: '412093',
    bytesReceived: '9120394',
  }),
  destination({
    ip: '203.0.113.9',
    name: 'git.example.org',
    nameEvidence: 'dns_process',
    processes: [caller(8, '/usr/lib/git-core/git-remote-https', false)],
  }),
  destination({ ip: '198.51.100.23', nameEvidence: 'direct', port: 8443 }),
  destination({
    ip: '10.0.0.151',
    name: 'elasticsearch-master',
    nameEvidence: 'pod',
    port: 9200,
    scope: 'pod',
    external: false,
    bytesSent: '412',
    bytesReceived: '4802113',
    processes: [caller(25, '/usr/bin/curl', true), caller(4, '/usr/local/bin/node', false)],
  }),
  destination({
    ip: '10.96.12.4',
    name: 'jobs-app-kafka',
    nameEvidence: 'service',
    verdict: 'DROPPED',
    verdictReason: 'POLICY_DENIED',
    verdicts: [{ verdict: 'DROPPED', count: 2 }],
    port: 9092,
    scope: 'service',
    external: false,
    connections: 3,
  }),
  destination({ ip: '169.254.169.254', port: 80, scope: 'metadata', external: false }),
  ...Array.from({ length: 400 }, (_, i) =>
    destination({
      ip: `10.0.${i % 250}.${(i * 7) % 250}`,
      name: `shard-${i}.search.internal`,
      nameEvidence: 'dns_pod',
      port: 9300,
      scope: 'private',
      external: false,
      connections: i * 3,
    }),
  ),
];

const ledger = {
  in: 8120,
  stored: 7990,
  duplicate: 61,
  quarantined: 37,
  skipped: 30,
  blank: 2,
  events: 7990,
};

export const sources: readonly Source[] = [
  {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'incident/fgs-2026-03-14.log.gz',
    kind: 'upload',
    state: 'damaged',
    cluster: 'kind-lab',
    formats: { tetragon: 7990 },
    kinds: {
      process_exec: 2101,
      process_exit: 2090,
      process_connect: 1800,
      process_close: 1650,
      process_dns: 349,
    },
    startedAt: at(1_000_000),
    finishedAt: at(1_004_200),
    bytesReceived: 4_812_331,
    bytesExpected: 4_812_331,
    sha256: '3f0a'.repeat(16),
    members: [
      {
        name: 'fgs-2026-03-14.log',
        bytes: 59_120_331,
        records: 8120,
        damage: [
          {
            kind: 'truncated',
            offset: 4_812_331,
            reason: 'the gzip stream ends in the middle of a block',
          },
        ],
      },
    ],
    ledger,
    firstTime: at(-3_600_000),
    lastTime: at(900_000),
    gaps: [
      {
        cluster: 'kind-lab',
        node: 'kind-control-plane',
        kind: 'throttle',
        from: at(120_000),
        to: at(130_000),
        count: 412,
        detail: 'process events of cgroup crawler throttled',
      },
      {
        cluster: 'kind-lab',
        node: 'kind-worker',
        kind: 'start',
        from: null,
        to: at(0),
        count: null,
        detail: "before the agent's first event",
      },
    ],
    note: 'the compressed file ends early: everything before the cut was read',
  },
  {
    id: '22222222-2222-4222-8222-222222222222',
    name: 'tetragon.ndjson',
    kind: 'upload',
    state: 'complete',
    cluster: 'kind-lab',
    formats: { tetragon: 120_394 },
    kinds: { process_exec: 60_000, process_exit: 60_394 },
    startedAt: at(1_100_000),
    finishedAt: at(1_101_000),
    bytesReceived: 91_200_394,
    bytesExpected: 91_200_394,
    sha256: '9c1d'.repeat(16),
    members: [{ name: 'tetragon.ndjson', bytes: 91_200_394, records: 120_394, damage: [] }],
    ledger: {
      in: 120_394,
      stored: 120_394,
      duplicate: 0,
      quarantined: 0,
      skipped: 0,
      blank: 0,
      events: 120_394,
    },
    firstTime: at(-3_600_000),
    lastTime: at(900_000),
    gaps: [],
    note: '',
  },
];
