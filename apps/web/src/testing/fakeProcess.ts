import { type ProcessAnswer, processAnswer } from '@forebear/model/wire/tree';
import { crawlerConnections, crawlerProcesses } from './fakeCrawler.ts';
import { at, complete, crawler } from './fakeData.ts';
import { refOf } from './fakeTree.ts';

/** Everything known of one invented process of the crawler. */
export function fakeProcess(ref: string): ProcessAnswer {
  const row = Math.max(
    0,
    crawlerProcesses.findIndex((_, i) => refOf(crawler.pod, i) === ref),
  );
  const one = crawlerProcesses[row];
  if (one === undefined) throw new Error('no process');
  const brief = (i: number) => ({
    ref: refOf(crawler.pod, i),
    binary: crawlerProcesses[i]?.binary ?? '',
    arguments: crawlerProcesses[i]?.args ?? '',
    pid: 21_000 + i * 7,
    kind: crawlerProcesses[i]?.kind ?? ('exec' as const),
  });
  const line: number[] = [];
  for (let up = one.parent; up >= 0; up = crawlerProcesses[up]?.parent ?? -1) line.push(up);
  return processAnswer.parse({
    ...brief(row),
    parentRef: one.parent < 0 ? null : refOf(crawler.pod, one.parent),
    depth: line.length,
    execId: `ZmFrZTo${row}`,
    dialect: 'tetragon',
    cwd: '/usr/src/app',
    nsPid: row + 1,
    uid: one.uid ?? 1000,
    auid: 4_294_967_295,
    user: one.user ?? '',
    startTime: at(one.at),
    end: one.life === undefined ? 'unknown' : 'exited',
    endTime: one.life === undefined ? null : at(one.at + one.life),
    exit: one.life === undefined ? null : { code: one.exit ?? 0, signal: one.signal ?? null },
    container: {
      id: 'containerd://7a1f0c2b9d3e4f5a',
      name: 'crawler',
      image: 'registry.example/jobs-app/crawler:v0.8.0',
      imageId: `registry.example/jobs-app/crawler@sha256:${'ab'.repeat(32)}`,
      docker: '7a1f0c2b9d3e4f5',
      startTime: at(-300),
      pidInside: row + 1,
    },
    pod: { namespace: crawler.namespace, name: crawler.pod },
    role: one.role ?? '',
    lateByMs: one.role === 'main' ? null : one.at,
    lateBase: 'main',
    isNew: (one.isNew ?? 0) === 1,
    loud: one.loud === 1,
    linkMethod: one.linkMethod ?? 'exec_id',
    suspect: one.suspect ?? null,
    images: (one.images ?? []).map((image, i) => ({
      execId: `fake-${row}-${i}`,
      binary: image.binary,
      arguments: image.args,
      startTime: at(image.at),
      lateByMs: 0,
      isNew: false,
      alerts: 0,
    })),
    ids: [{ dialect: 'tetragon', id: `ZmFrZTo${row}`, evidence: 'own' }],
    lookups: [],
    connections: crawlerConnections
      .filter((c) => c.process === row)
      .map((c) => ({
        name: c.name === '' ? null : c.name,
        nameEvidence: c.evidence,
        nameDetail: 'answered 29 ms before',
        otherNames: [],
        ip: c.ip,
        port: c.port,
        protocol: 'tcp',
        direction: c.direction ?? 'outbound',
        scope: c.scope,
        external: c.scope === 'public',
        randomName: c.random === true,
        randomDetail: c.random === true ? '42 % digits, 5 letter-digit switches' : '',
        count: c.times,
        bytesSent: c.sent,
        bytesReceived: c.received,
        firstSeen: at(c.at),
        lastSeen: at(c.at + 20_000),
        verdict: null,
        verdictReason: '',
        peer:
          c.peer === undefined
            ? null
            : {
                ref: c.peer.ref,
                namespace: c.peer.pod.split('/')[0] ?? '',
                pod: c.peer.pod.split('/')[1] ?? '',
                binary: '/usr/share/elasticsearch/jdk/bin/java',
                evidence: 'connect and accept of one conversation',
              },
        peers:
          c.peer === undefined
            ? []
            : [
                {
                  ref: c.peer.ref,
                  namespace: c.peer.pod.split('/')[0] ?? '',
                  pod: c.peer.pod.split('/')[1] ?? '',
                  binary: '/usr/share/elasticsearch/jdk/bin/java',
                  pid: 3_120,
                  lateNew: false,
                  lateByMs: 60,
                  count: c.times,
                  bytesSent: c.sent,
                  bytesReceived: c.received,
                  firstSeen: at(c.at),
                  evidence: 'connect and accept of one conversation',
                  confidence: 'likely',
                },
              ],
        peerCount: c.peer === undefined ? 0 : 1,
      })),
    alerts: [],
    alertCount: 0,
    maxSeverity: null,
    author: null,
    count: 1,
    members: [],
    periodMs: null,
    cluster: 'kind-lab',
    node: 'kind-control-plane',
    flagsText: 'execve rootcwd clone',
    capabilities: '',
    startDerived: one.kind === 'ghost',
    firstSeen: at(one.at),
    lastSeen: at(one.at + 1000),
    labels: crawler.labels,
    workload: crawler.workload,
    flags:
      one.loud === 1
        ? [
            {
              code: 'late_new',
              reason: 'started 5 m 02.4 s after main by a command that is new there',
              inputs: { lateByMs: one.at, limitMs: 60_000, base: 'main' },
            },
          ]
        : [],
    parent:
      one.parent < 0
        ? null
        : { ...brief(one.parent), linkMethod: one.linkMethod ?? 'exec_id', suspect: null },
    ancestors: line.map((i) => ({ ...brief(i), pod: null })),
    eventKinds: ['exec'],
    children: crawlerProcesses.filter((p) => p.parent === row).length,
    events: { exec: 2, network: 3, dns: 1, file: 0, other: 0 },
    completeness: complete,
  });
}
