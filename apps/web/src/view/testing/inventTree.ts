import type { TreeColumns } from '@forebear/model/wire/tree';

/** A tree invented from a seed, for tests and for looking at big pages. Nothing in it is from a log. */
export interface InventedTree {
  readonly seed: number;
  readonly processes: number;
  readonly shape: 'mixed' | 'chain' | 'star';
  /** One in this many is loud; 0: none. */
  readonly loudEvery?: number;
  /** One in this many has connections; 0: none. */
  readonly leavesEvery?: number;
  readonly podName?: string;
  readonly longArguments?: boolean;
}

const START_US = Date.parse('2026-03-14T07:05:47.739Z') * 1000;
const PROGRAMS = [
  ['/usr/bin/make', '-j4 all'],
  ['/usr/bin/gcc', '-O2 -c src/part_#.c -o build/part_#.o'],
  ['/bin/sh', '-c "test -f /tmp/lock.#"'],
  ['/usr/bin/python3', 'worker.py --job #'],
  ['/usr/bin/curl', '-s http://10.0.0.#:8080/healthz'],
  ['/usr/sbin/cron', '-f'],
] as const;

/** A small generator of numbers in [0, 1): the same for the same seed everywhere. */
function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function inventTree(wish: InventedTree): TreeColumns {
  const { processes: count, shape, loudEvery = 0, leavesEvery = 0 } = wish;
  const random = seededNumbers(wish.seed);
  const strings: string[] = [''];
  const places = new Map<string, number>([['', 0]]);
  const dict = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, strings.length);
    strings.push(text);
    return strings.length - 1;
  };
  const filled = <T>(make: (row: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i));
  const programs = filled(
    (row) => PROGRAMS[row === 0 ? 3 : Math.floor(random() * PROGRAMS.length)],
  );
  const parent = filled((row) => parentFor(row, shape, random));
  const loud = filled((row) =>
    row > 0 && loudEvery > 0 && Math.floor(random() * loudEvery) === 0 ? 1 : 0,
  );
  const late = filled((row) => (row === 0 ? null : row * 37.5));
  const ended = filled(() => random() < 0.7);
  const connections = inventLeaves(count, leavesEvery, random, dict);
  const pod = wish.podName ?? 'batch-runner-6c9f8d7b5-x2x7q';
  const zeros = () => filled(() => 0);
  return {
    pod: {
      kind: 'pod',
      cluster: 'kind-lab',
      namespace: 'tenant-batch',
      pod,
      uid: 'a0b1',
      workload: 'batch-runner',
      node: 'kind-worker',
      labels: ['app=batch'],
      containers: [
        { id: 'containerd://0123456789ab', name: 'runner', image: 'registry.example/runner:1' },
      ],
      processes: count,
      executions: count,
      late: 0,
      lateNew: loud.filter((one) => one === 1).length,
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
      started: null,
      firstSeen: null,
      lastSeen: null,
      firstLoudMs: null,
    },
    alternatives: [],
    containers: [
      {
        id: 'containerd://0123456789ab',
        name: 'runner',
        image: 'registry.example/runner:1',
        imageId: '',
        startTime: null,
        kind: 'main',
        main: count > 0 ? 0 : -1,
      },
    ],
    strings,
    nodes: {
      count,
      ref: filled((row) => `r${row.toString(36).padStart(21, '0')}`),
      execId: filled((row) => dict(`x${row}`)),
      dialect: filled(() => dict('tetragon')),
      parent,
      kind: filled(() => 'exec'),
      binary: programs.map((program) => dict(program?.[0] ?? '')),
      arguments: programs.map((program, row) =>
        dict(
          wish.longArguments === true && row === 1
            ? `-c ${'echo AAAA; '.repeat(364)}`
            : (program?.[1] ?? '').replaceAll('#', String(row % 251)),
        ),
      ),
      cwd: filled(() => dict('/work')),
      pid: filled((row) => 1000 + row),
      nsPid: filled((row) => 1 + row),
      uid: zeros(),
      auid: filled(() => 4_294_967_295),
      user: filled(() => dict('root')),
      startTimeUs: filled((row) => START_US + row * 37_500),
      startTimeNs: filled((row) => (row * 137) % 1000),
      endTimeUs: filled((row) => (ended[row] === true ? START_US + row * 37_500 + 90_000 : null)),
      endTimeNs: zeros(),
      end: filled((row) => (ended[row] === true ? 'exited' : 'running')),
      exitCode: filled((row) => (ended[row] === true ? 0 : null)),
      signal: zeros(),
      container: zeros(),
      pod: zeros(),
      role: filled((row) => (row === 0 ? 'main' : '')),
      lateByMs: late,
      lateBase: filled(() => 'main'),
      isNew: loud.map((one) => (one === 1 ? 1 : 0)),
      loud,
      linkMethod: filled((row) => (row === 0 ? 'none' : 'exec_id')),
      linkReason: zeros(),
      images: filled(() => null),
      ids: filled(() => null),
      author: filled(() => null),
      policies: filled(() => 0),
      flags: loud.map((one) => (one === 1 ? ['late_new'] : [])),
      events: { exec: zeros(), network: zeros(), dns: zeros(), file: zeros(), other: zeros() },
      descendants: zeros(),
      loudBelow: zeros(),
      alerts: zeros(),
      maxSeverity: filled(() => null),
      rules: filled(() => null),
    },
    connections,
    images: {
      count: 0,
      execId: [],
      binary: [],
      arguments: [],
      startTimeUs: [],
      startTimeNs: [],
      lateByMs: [],
      isNew: [],
      alerts: [],
    },
    authors: [],
    rules: [],
    agents: [{ agent: 'tetragon', processes: count }],
    loose: {
      connections: [],
      connectionCount: 0,
      lookups: [],
      lookupCount: 0,
      alerts: [],
      alertCount: 0,
      maxSeverity: null,
    },
    totals: { all: count, matched: count, returned: count, ghosts: 0, hidden: 0 },
    completeness: {
      complete: true,
      agentLoss: 'none reported',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
  };
}

function parentFor(row: number, shape: InventedTree['shape'], random: () => number): number {
  if (row === 0) return -1;
  if (shape === 'chain') return row - 1;
  if (shape === 'star') return 0;
  // Mostly near the last ones, so that it grows deep; now and then a hub.
  const back = random() < 0.15 ? random() * row : random() * Math.min(row, 12);
  return row - 1 - Math.min(row - 1, Math.floor(back));
}

function inventLeaves(
  processes: number,
  every: number,
  random: () => number,
  dict: (text: string) => number,
): TreeColumns['connections'] {
  const owners: number[] = [];
  for (let row = 0; row < processes && every > 0; row += 1) {
    if (Math.floor(random() * every) !== 0) continue;
    for (let n = Math.floor(random() * 6); n >= 0; n -= 1) owners.push(row);
  }
  const each = <T>(make: (leaf: number) => T): T[] => owners.map((_, leaf) => make(leaf));
  return {
    count: owners.length,
    process: owners,
    direction: each(() => 'outbound'),
    protocol: each(() => dict('tcp')),
    name: each((leaf) => dict(`svc-${leaf % 97}.example.net`)),
    nameEvidence: each(() => dict('dns_process')),
    nameDetail: each(() => 0),
    ip: each((leaf) => dict(`203.0.113.${leaf % 250}`)),
    port: each(() => 443),
    scope: each((leaf) => (leaf % 3 === 0 ? 'public' : 'service')),
    randomName: each((leaf) => (leaf % 51 === 0 ? 1 : 0)),
    times: each((leaf) => 1 + (leaf % 40)),
    firstSeenUs: each((leaf) => START_US + leaf * 1000),
    lastSeenUs: each((leaf) => START_US + leaf * 2000),
    bytesSent: each((leaf) => String(leaf * 31)),
    bytesReceived: each((leaf) => String(leaf * 91)),
    verdict: each(() => 0),
    verdictReason: each(() => 0),
    peer: each(() => null),
    peerPod: each(() => 0),
    peerConfidence: each(() => null),
    peers: each(() => 0),
  };
}
