import type { ConversationItem } from '@forebear/model/wire/conversations';
import { at, crawler, search } from './fakeData.ts';
import { refOf } from './fakeTree.ts';

type End = ConversationItem['client'];

const nobody: End = {
  ref: null,
  cluster: null,
  node: null,
  namespace: null,
  pod: null,
  binary: null,
  pid: null,
  lateNew: false,
  outOfPlace: [],
  ip: '',
  port: 0,
  name: null,
  nameEvidence: '',
  scope: null,
};

const netcat: End = {
  ...nobody,
  ref: refOf(crawler.pod, 5),
  cluster: 'lab',
  node: 'kind-control-plane',
  namespace: crawler.namespace,
  pod: crawler.pod,
  binary: '/usr/bin/nc',
  pid: 21_154,
  lateNew: true,
  ip: '10.244.0.31',
  port: 41_812,
};

const talk: Omit<ConversationItem, 'client' | 'server'> = {
  accepted: null,
  protocol: 'TCP',
  directionKnown: true,
  bytesSent: '4811213',
  bytesReceived: '1204',
  verdict: '',
  verdictReason: '',
  firstSeen: at(302_902),
  lastSeen: at(318_000),
  opened: at(302_902),
  closed: null,
  open: true,
  evidence: '',
  confidence: null,
  agents: ['tetragon'],
};

/** A reverse shell that stays open, a read of the neighbour's data, a dropped call of a pod of which no process is known. */
export const conversations: readonly ConversationItem[] = [
  {
    ...talk,
    client: netcat,
    server: {
      ...nobody,
      ip: '203.0.113.7',
      port: 443,
      name: 'x7f3q-9k2lw0.example.net',
      nameEvidence: 'dns_process',
      scope: 'public',
    },
  },
  {
    ...talk,
    client: { ...netcat, ref: refOf(crawler.pod, 6), binary: '/usr/bin/curl', pid: 21_160 },
    server: {
      ...nobody,
      ref: refOf(search.pod, 3),
      cluster: 'lab',
      node: 'kind-control-plane',
      namespace: search.namespace,
      pod: search.pod,
      binary: '/usr/share/elasticsearch/jdk/bin/java',
      pid: 3_120,
      ip: '10.96.41.7',
      port: 9_200,
      name: 'elasticsearch-master.tenant-jobs.svc.cluster.local',
      nameEvidence: 'dns_pod',
      scope: 'service',
    },
    accepted: { ip: '10.244.0.12', port: 9_200 },
    closed: at(310_000),
    lastSeen: at(310_000),
    open: false,
    verdict: 'FORWARDED',
    evidence: "through 10.96.41.7:9200: accepted with the caller's address and port",
    confidence: 'likely',
    agents: ['tetragon', 'hubble'],
  },
  {
    ...talk,
    client: { ...nobody, namespace: 'tenant-jobs', pod: 'coreapi-0', ip: '10.244.0.44', port: 5 },
    server: { ...nobody, ip: '169.254.169.254', port: 80, scope: 'metadata' },
    bytesSent: null,
    bytesReceived: null,
    firstSeen: at(320_000),
    lastSeen: at(320_000),
    opened: at(320_000),
    open: false,
    verdict: 'DROPPED',
    verdictReason: 'POLICY_DENIED',
    agents: ['hubble'],
  },
];
