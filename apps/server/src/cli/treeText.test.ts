import type { WireConnection } from '@forebear/model/wire/connections';
import type { ToldAlert, WireAuthor } from '@forebear/model/wire/judgements';
import type { TreeNode, TreeObjects } from '@forebear/model/wire/tree';
import { expect, it } from 'vitest';
import { plainInk } from './ink.ts';
import { alertTexts, authorText } from './toldText.ts';
import { nodeSegments, treeLines } from './treeText.ts';

const cat: TreeNode = {
  ref: 'r',
  parentRef: null,
  depth: 1,
  execId: 'x',
  dialect: 'tetragon',
  kind: 'exec',
  binary: '/bin/cat',
  arguments: '/run/token',
  cwd: '/',
  pid: 7,
  nsPid: null,
  uid: 1000,
  auid: null,
  user: '',
  flags: [],
  policies: [],
  startTime: null,
  end: 'unknown',
  endTime: null,
  exit: null,
  container: null,
  pod: null,
  role: '',
  lateByMs: null,
  lateBase: null,
  isNew: null,
  loud: false,
  linkMethod: 'exec_id',
  suspect: null,
  images: [],
  ids: [],
  lookups: [],
  connections: [],
  alerts: [],
  alertCount: 0,
  maxSeverity: null,
  author: null,
  count: 1,
  members: [],
  periodMs: null,
};

function textOf(node: TreeNode): string {
  const look = { ink: plainInk, lateLimitMs: 60_000 };
  return nodeSegments(node, look)
    .map(({ text }) => text)
    .join(' ');
}

function wordsOf(flags: readonly string[]): string {
  return textOf({ ...cat, flags: [...flags] }).trimEnd();
}

it('says of a process that a policy of the agent reported it', () => {
  expect(wordsOf(['policy_hit'])).toMatch(/ POLICY$/);
  expect(wordsOf([])).not.toContain('POLICY');
});

const alert: ToldAlert = {
  source: 'falco',
  rule: 'Read sensitive file',
  severity: 'Warning',
  severityWord: 'Warning',
  tags: [],
  output: '',
  action: '',
  enforcer: '',
  result: '',
  blocked: false,
  time: null,
};

it('names the rules that spoke of a process, the gravest first, each once', () => {
  const dropped: ToldAlert = { ...alert, rule: 'Drop and execute', severity: 'Critical' };
  const alerts = [alert, dropped, alert];
  expect(alertTexts({ alerts, alertCount: 3 })).toEqual([
    'ALERT Critical Drop and execute',
    'ALERT Warning Read sensitive file (×2)',
  ]);
  expect(textOf({ ...cat, alerts, alertCount: 3 })).toContain('ALERT Critical Drop and execute,');
  const many = ['a', 'b', 'c', 'd'].map((rule) => ({ ...alert, rule }));
  expect(alertTexts({ alerts: many, alertCount: 9 }).at(-1)).toBe('and 6 more');
});

it('says who had a process started, and of which not sure', () => {
  const author: WireAuthor = {
    user: 'jane',
    impersonating: 'admin',
    sourceIps: ['203.0.113.9'],
    userAgent: 'kubectl',
    command: '/bin/sh',
    time: null,
    match: 'exact',
    candidates: 1,
  };
  expect(textOf({ ...cat, author })).toMatch(/BY jane \(as admin\) from 203\.0\.113\.9$/);
  const unsure = authorText({ ...author, impersonating: '', match: 'ambiguous' });
  expect(unsure).toBe('BY jane from 203.0.113.9?');
  expect(authorText({ ...author, user: '' })).toMatch(/^BY somebody unnamed \(as admin\)/);
});

it('marks what was prevented, what came in another way, and what is only named', () => {
  expect(wordsOf(['blocked'])).toMatch(/ BLOCKED$/);
  expect(wordsOf(['unaccounted'])).toMatch(/ NOT THROUGH THE API SERVER$/);
  const named: TreeNode = { ...cat, kind: 'inferred', pid: null, linkMethod: 'name_chain' };
  expect(textOf(named)).toContain('(/bin/cat)');
  expect(textOf(named)).toContain('(known by name alone) (parent by name alone)');
});

it('shows what happened to a pod and to no process under a line of its own', () => {
  const leaf: WireConnection = {
    name: 'db.example',
    nameEvidence: 'flow',
    nameDetail: '',
    otherNames: [],
    ip: '198.51.100.7',
    port: 5432,
    protocol: 'TCP',
    direction: 'outbound',
    scope: 'public',
    external: true,
    randomName: false,
    randomDetail: '',
    count: 1,
    bytesSent: null,
    bytesReceived: null,
    firstSeen: null,
    lastSeen: null,
    verdict: 'DROPPED',
    verdictReason: 'POLICY_DENIED',
    peer: null,
    peers: [],
    peerCount: 0,
  };
  const look = { ink: plainInk, columns: 200, lateLimitMs: 60_000, mostLeaves: 12 };
  const lines = [...treeLines(treeOf([leaf], [alert]), look)];
  const at = lines.findIndex((line) => line.endsWith('(no process)'));
  expect(lines[at + 1]).toMatch(/ALERT Warning Read sensitive file$/);
  expect(lines[at + 2]).toMatch(/-> db\.example:5432 TCP DROPPED \(POLICY_DENIED\) EXTERNAL /);
  expect(lines.join('\n')).toContain('told by Falco (1), Hubble');
  expect([...treeLines(treeOf([], []), look)].join('\n')).not.toContain('(no process)');
});

function treeOf(connections: WireConnection[], alerts: ToldAlert[]): TreeObjects {
  return {
    pod: {
      kind: 'pod',
      cluster: 'c',
      namespace: 'shop',
      pod: 'web-1',
      uid: '',
      workload: '',
      node: 'n1',
      labels: [],
      containers: [],
      processes: 1,
      executions: 1,
      late: 0,
      lateNew: 0,
      leftContainer: 0,
      lateContainer: 0,
      marks: [],
      policies: [],
      grave: [],
      stillRuns: null,
      alerts: alerts.length,
      maxSeverity: alerts[0]?.severity ?? null,
      externalDestinations: 0,
      restarts: 0,
      started: null,
      firstSeen: null,
      lastSeen: null,
      firstLoudMs: null,
    },
    alternatives: [],
    nodes: [cat],
    agents: [
      { agent: 'falco', processes: 1 },
      { agent: 'hubble', processes: 0 },
    ],
    loose: {
      connections,
      connectionCount: connections.length,
      lookups: [],
      lookupCount: 0,
      alerts,
      alertCount: alerts.length,
      maxSeverity: alerts[0]?.severity ?? null,
    },
    totals: { all: 1, matched: 1, returned: 1, ghosts: 0, hidden: 0 },
    completeness: {
      complete: true,
      agentLoss: 'not monitored',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
  };
}
