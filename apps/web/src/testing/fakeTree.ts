import type { PodItem } from '@forebear/model/wire/inventory';
import { type TreeColumns, treeColumns } from '@forebear/model/wire/tree';

/** A process as one would tell it; `fakeTree` turns a list of them into columns. All of it is invented. */
export interface FakeProcess {
  readonly parent: number;
  readonly binary: string;
  readonly args?: string;
  readonly kind?: 'exec' | 'fork' | 'procfs' | 'ghost' | 'inferred';
  /** Milliseconds after main's start. */
  readonly at: number;
  /** Milliseconds of life; absent: running or unknown. */
  readonly life?: number;
  readonly exit?: number;
  readonly signal?: string;
  readonly uid?: number;
  readonly user?: string;
  readonly role?: 'main' | 'probe' | 'injected' | 'host' | '';
  readonly isNew?: 1 | 0 | null;
  readonly loud?: 1 | 0;
  readonly flags?: readonly string[];
  readonly linkMethod?: 'exec_id' | 'embedded' | 'ancestors' | 'pid_as_of' | 'name_chain' | 'none';
  readonly suspect?: string;
  readonly images?: readonly { binary: string; args: string; at: number }[];
  readonly host?: boolean;
}

export interface FakeConnection {
  readonly process: number;
  readonly name: string;
  readonly evidence: string;
  readonly ip: string;
  readonly port: number;
  readonly scope: TreeColumns['connections']['scope'][number];
  readonly direction?: 'outbound' | 'inbound' | 'listen';
  readonly random?: boolean;
  readonly times: number;
  readonly sent: string;
  readonly received: string;
  readonly at: number;
  readonly peer?: { ref: string; pod: string };
  /** Processes at the other end, when there are more than one. */
  readonly callers?: number;
}

export const mainStartUs = Date.parse('2026-03-14T07:05:47.739Z') * 1000;

/** The columns of an invented tree: checked against the schema, so that the fake cannot drift from the contract. */
export function fakeTree(
  pod: PodItem,
  processes: readonly FakeProcess[],
  connections: readonly FakeConnection[],
): TreeColumns {
  const strings: string[] = [''];
  const places = new Map<string, number>([['', 0]]);
  const dict = (text: string): number => {
    const place = places.get(text);
    if (place !== undefined) return place;
    places.set(text, strings.length);
    strings.push(text);
    return strings.length - 1;
  };
  const n = processes.length;
  const descendants = new Array<number>(n).fill(0);
  const loudBelow = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row -= 1) {
    const parent = processes[row]?.parent ?? -1;
    if (parent < 0) continue;
    descendants[parent] = (descendants[parent] ?? 0) + (descendants[row] ?? 0) + 1;
    loudBelow[parent] =
      (loudBelow[parent] ?? 0) + (loudBelow[row] ?? 0) + (processes[row]?.loud ?? 0);
  }
  const imageRows: { execId: number; binary: number; args: number; us: number }[] = [];
  const images = processes.map((one, row) => {
    if (one.images === undefined) return null;
    return one.images.map((image, step) => {
      imageRows.push({
        execId: dict(`fake-${row}-${step}`),
        binary: dict(image.binary),
        args: dict(image.args),
        us: mainStartUs + Math.round(image.at * 1000),
      });
      return imageRows.length - 1;
    });
  });
  const answer: TreeColumns = {
    pod,
    alternatives: [],
    containers: [
      {
        id: 'containerd://7a1f0c2b9d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f801234567',
        name: 'crawler',
        image: 'registry.example/jobs-app/crawler:v0.8.0',
        imageId: `registry.example/jobs-app/crawler@sha256:${'ab'.repeat(32)}`,
        startTime: new Date(mainStartUs / 1000 - 300).toISOString(),
        kind: 'main',
        main: processes.findIndex((one) => one.role === 'main'),
      },
    ],
    strings,
    nodes: {
      count: n,
      ref: processes.map((_, row) => refOf(pod.pod, row)),
      execId: processes.map((_, row) => dict(`ZmFrZTo${row}`)),
      dialect: processes.map(() => dict('tetragon')),
      parent: processes.map((one) => one.parent),
      kind: processes.map((one) => one.kind ?? 'exec'),
      binary: processes.map((one) => dict(one.binary)),
      arguments: processes.map((one) => dict(one.args ?? '')),
      cwd: processes.map(() => dict('/usr/src/app')),
      pid: processes.map((_, row) => 21_000 + row * 7),
      nsPid: processes.map((one, row) => (one.host === true ? null : row + 1)),
      uid: processes.map((one) => one.uid ?? 1000),
      auid: processes.map(() => 4_294_967_295),
      user: processes.map((one) => dict(one.user ?? '')),
      startTimeUs: processes.map((one) => mainStartUs + Math.round(one.at * 1000)),
      startTimeNs: processes.map((_, row) => (row * 137) % 1000),
      endTimeUs: processes.map((one) =>
        one.life === undefined ? null : mainStartUs + Math.round((one.at + one.life) * 1000),
      ),
      endTimeNs: processes.map(() => 0),
      end: processes.map((one) => (one.life === undefined ? 'unknown' : 'exited')),
      exitCode: processes.map((one) => one.exit ?? (one.life === undefined ? null : 0)),
      signal: processes.map((one) => dict(one.signal ?? '')),
      container: processes.map((one) => (one.host === true ? -1 : 0)),
      pod: processes.map((one) => dict(one.host === true ? '' : `${pod.namespace}/${pod.pod}`)),
      role: processes.map((one) => one.role ?? (one.host === true ? 'host' : '')),
      lateByMs: processes.map((one) => (one.host === true || one.role === 'main' ? null : one.at)),
      lateBase: processes.map((one) => (one.host === true ? null : 'main')),
      isNew: processes.map((one) => (one.isNew === undefined ? 0 : one.isNew)),
      loud: processes.map((one) => one.loud ?? 0),
      linkMethod: processes.map((one) => one.linkMethod ?? (one.parent < 0 ? 'none' : 'exec_id')),
      linkReason: processes.map((one) => dict(one.suspect ?? '')),
      images,
      ids: processes.map((_, row) => [['tetragon', dict(`ZmFrZTo${row}`)] as [string, number]]),
      author: processes.map(() => null),
      policies: processes.map(() => 0),
      flags: processes.map((one) => [...(one.flags ?? (one.loud === 1 ? ['late_new'] : []))]),
      events: {
        exec: processes.map(() => 2),
        network: processes.map((_, row) => connections.filter((c) => c.process === row).length),
        dns: processes.map(() => 0),
        file: processes.map(() => 0),
        other: processes.map(() => 0),
      },
      descendants,
      loudBelow,
      alerts: processes.map((one) => (one.loud === 1 && one.binary.endsWith('nc') ? 2 : 0)),
      maxSeverity: processes.map((one) =>
        one.loud === 1 && one.binary.endsWith('nc') ? 'Critical' : null,
      ),
      rules: processes.map((one) => (one.loud === 1 && one.binary.endsWith('nc') ? [0] : null)),
    },
    connections: {
      count: connections.length,
      process: connections.map((c) => c.process),
      direction: connections.map((c) => c.direction ?? 'outbound'),
      protocol: connections.map(() => dict('tcp')),
      name: connections.map((c) => dict(c.name)),
      nameEvidence: connections.map((c) => dict(c.evidence)),
      nameDetail: connections.map((c) => dict(c.name === '' ? '' : 'answered 29 ms before')),
      ip: connections.map((c) => dict(c.ip)),
      port: connections.map((c) => c.port),
      scope: connections.map((c) => c.scope),
      randomName: connections.map((c) => (c.random === true ? 1 : 0)),
      times: connections.map((c) => c.times),
      firstSeenUs: connections.map((c) => mainStartUs + c.at * 1000),
      lastSeenUs: connections.map((c) => mainStartUs + c.at * 1000 + 20_000_000),
      bytesSent: connections.map((c) => c.sent),
      bytesReceived: connections.map((c) => c.received),
      verdict: connections.map(() => 0),
      verdictReason: connections.map(() => 0),
      peer: connections.map((c) => c.peer?.ref ?? null),
      peerPod: connections.map((c) => dict(c.peer?.pod ?? '')),
      peerConfidence: connections.map((c) => (c.peer === undefined ? null : 'likely')),
      peers: connections.map((c) => (c.peer === undefined ? 0 : (c.callers ?? 1))),
    },
    images: {
      count: imageRows.length,
      execId: imageRows.map((row) => row.execId),
      binary: imageRows.map((row) => row.binary),
      arguments: imageRows.map((row) => row.args),
      startTimeUs: imageRows.map((row) => row.us),
      startTimeNs: imageRows.map(() => 332),
      lateByMs: imageRows.map(() => 0),
      isNew: imageRows.map(() => 0),
      alerts: imageRows.map(() => 0),
    },
    authors: [],
    rules: [{ source: 'falco', rule: 'Netcat in a container', severity: 'Critical', tags: [] }],
    agents: [{ agent: 'tetragon', processes: n }],
    loose: {
      connections: [],
      connectionCount: 0,
      lookups: [],
      lookupCount: 0,
      alerts: [],
      alertCount: 0,
      maxSeverity: null,
    },
    totals: {
      all: n,
      matched: n,
      returned: n,
      ghosts: processes.filter((one) => one.kind === 'ghost').length,
      hidden: 0,
    },
    completeness: {
      complete: true,
      agentLoss: 'none reported',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
  };
  return treeColumns.parse(answer);
}

/** A ref of the contract's form: 22 characters, the same for the same place. */
export function refOf(pod: string, row: number): string {
  return Buffer.from(`${pod.slice(0, 8)}#${row}................`)
    .toString('base64url')
    .slice(0, 22);
}
