import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LookupFact, SocketFact } from '../../event/facts.ts';
import type { NetworkInput, NetworkResult } from '../networkContract.ts';
import { answer, listen, networkCase, question, socket } from '../testing/networkCase.ts';
import { deriveNetwork } from './network.ts';

const actors = {
  web: { pod: 'shop/web', start: 0, end: 30 },
  helper: { pod: 'shop/web', start: 1 },
  db: { pod: 'shop/db', start: 0, end: 20 },
  proxy: { pod: 'mesh/proxy', start: 5, end: 25 },
  kubelet: {},
  escaped: { parent: 'web' },
  west: { pod: 'shop/web', cluster: 'west' },
};

function digest(result: NetworkResult): unknown {
  const byNumber = <Value>(map: ReadonlyMap<number, Value>) => [...map].sort(([a], [b]) => a - b);
  return {
    leaves: byNumber(result.leavesByProcess),
    lookups: byNumber(result.lookupsByProcess),
    hops: result.hops,
    conversations: result.conversations,
  };
}

function everything(input: NetworkInput): NetworkResult {
  return deriveNetwork({ ...input, conversations: true });
}

/** Small pools, so that cookies, tuples and times collide all the time. */
const endpoints = [
  '10.0.0.5:40000',
  '10.0.0.9:5432',
  '10.0.0.9:40001',
  '10.96.7.7:80',
  '127.0.0.1:8080',
  '127.0.0.1:40000',
  '203.0.113.7:443',
  '::ffff:203.0.113.7:443',
  '10.96.0.10:53',
  '0.0.0.0:0',
  '::1:54321',
];
const ips = ['203.0.113.7', '10.96.7.7', '10.0.0.9'];
const someNames = [
  'a.example',
  'b.example',
  'pay.shop.svc.cluster.local',
  'kq7x2m9v4tz.net',
  'a.example.cluster.local',
];
const seconds = fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined });
const actor = fc.constantFrom(...Object.keys(actors));
const nameEvidence = fc.constantFrom('destination_names', 'sni', 'http_host');

const anySocket: fc.Arbitrary<SocketFact> = fc
  .record({
    actor,
    kind: fc.constantFrom(
      'connect',
      'accept',
      'listen',
      'close',
      'sock_stats',
      'send',
      'tls',
      'http',
    ),
    seconds,
    from: fc.constantFrom(...endpoints),
    to: fc.constantFrom(...endpoints),
    cookie: fc.constantFrom('', 'a', 'b'),
    sent: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    received: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    names: fc.uniqueArray(fc.constantFrom(...someNames), { maxLength: 2 }),
    nameEvidence,
    protocol: fc.constantFrom('TCP', 'UDP', ''),
    pod: fc.option(fc.constantFrom('web', 'db'), { nil: undefined }),
  })
  .map(({ sent, received, pod, ...rest }) =>
    socket(rest.actor, rest.kind, rest.seconds, rest.from, rest.to, {
      cookie: rest.cookie,
      protocol: rest.protocol,
      names: rest.names,
      ...(rest.names.length === 0 ? {} : { nameEvidence: rest.nameEvidence }),
      ...(sent === undefined ? {} : { sent }),
      ...(received === undefined ? {} : { received }),
      ...(pod === undefined ? {} : { peerPod: { namespace: 'shop', name: pod } }),
    }),
  );

const anyLookup: fc.Arbitrary<LookupFact> = fc
  .record({
    actor,
    seconds,
    name: fc.uniqueArray(fc.constantFrom(...someNames), { minLength: 1, maxLength: 2 }),
    ips: fc.uniqueArray(fc.constantFrom(...ips), { maxLength: 2 }),
    response: fc.boolean(),
    resolverIp: fc.constantFrom('10.96.0.10', '8.8.8.8', ''),
  })
  .map(({ response, resolverIp, ...rest }) =>
    answer(rest.actor, rest.seconds, rest.name, rest.ips, { response, resolverIp }),
  );

describe('deriveNetwork is a function of the set of facts', () => {
  it('gives the same for any order and any repetition', () => {
    fc.assert(
      fc.property(
        fc.array(anySocket, { maxLength: 24 }),
        fc.array(anyLookup, { maxLength: 8 }),
        fc.array(fc.nat(1e6), { minLength: 60, maxLength: 60 }),
        (sockets, lookups, order) => {
          const shuffle = <Fact>(facts: readonly Fact[]): Fact[] =>
            [...facts, ...facts.filter((_, index) => index % 3 === 0)]
              .map((fact, index) => ({ fact, key: order[index % order.length] ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ fact }) => fact);
          const straight = everything(networkCase(actors, sockets, lookups).input);
          const mixed = everything(networkCase(actors, shuffle(sockets), shuffle(lookups)).input);
          expect(digest(mixed)).toEqual(digest(straight));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('loses no socket: every fact of a known process is in a leaf of it', () => {
    fc.assert(
      fc.property(fc.array(anySocket, { minLength: 1, maxLength: 12 }), (sockets) => {
        const { result, indexOf } = networkCase(actors, sockets);
        for (const fact of sockets) {
          const leaves = result().leavesByProcess.get(indexOf(fact.process)) ?? [];
          expect(leaves.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('deriveNetwork on odd input', () => {
  it('answers nothing for nothing', () => {
    expect(digest(networkCase({}, []).result())).toEqual({ leaves: [], lookups: [], hops: [] });
  });

  it('passes over facts of processes that nobody knows', () => {
    const stranger = socket('nobody', 'connect', 1, '10.0.0.5:1', '203.0.113.7:443');
    expect(
      digest(networkCase(actors, [stranger], [question('nobody', 1, 'a.example')]).result()),
    ).toEqual({
      leaves: [],
      lookups: [],
      hops: [],
    });
  });

  it('keeps hostile names and ports as they are, or as nothing', () => {
    const fact = socket('web', 'connect', 1, '10.0.0.5:1', '203.0.113.7:443', {
      names: ['__proto__', '\u202egro.elpmaxe\u0000', ''],
      nameEvidence: 'destination_names',
    });
    const odd = { ...fact, destinationPort: Number.NaN, sourcePort: 1e9 };
    const { leaf } = networkCase(actors, [odd]);
    expect(leaf('web')).toMatchObject({
      name: '__proto__',
      port: 0,
      otherNames: ['\u202egro.elpmaxe\u0000'],
    });
  });
});

/** A thousand facts more must cost about a thousand facts: measured by counting, not by the clock. */
describe('deriveNetwork on hostile amounts', { timeout: 60_000 }, () => {
  const many = 100_000;

  it('bears 100,000 sockets on one tuple', () => {
    const facts: SocketFact[] = [];
    for (let n = 0; n < many / 2; n += 1) {
      facts.push(
        socket('web', 'connect', n, '10.0.0.5:40000', '10.0.0.9:5432', { cookie: `c${n}` }),
        socket('db', 'accept', n, '10.0.0.5:40000', '10.0.0.9:5432', { cookie: `s${n}` }),
      );
    }
    const { leaves, result } = networkCase(actors, facts);
    expect(leaves('web')[0]?.count).toBe(many / 2);
    expect(result().hops).toHaveLength(1);
  });

  it('bears 100,000 cookieless events on one tuple, opened and closed in turn', () => {
    const facts: SocketFact[] = [];
    for (let n = 0; n < many; n += 1) {
      facts.push(
        socket('web', n % 2 === 0 ? 'connect' : 'close', n, '10.0.0.5:40000', '203.0.113.7:443'),
      );
    }
    expect(networkCase(actors, facts).leaf('web').count).toBe(many / 2);
  });

  it('bears 100,000 names for one address', () => {
    const facts: SocketFact[] = [];
    const lookups: LookupFact[] = [];
    for (let n = 0; n < many; n += 1) {
      lookups.push(answer('web', n, `n${n}.example`, ['203.0.113.7']));
      if (n % 10 === 0)
        facts.push(
          socket('web', 'connect', n, '10.0.0.5:40000', '203.0.113.7:443', { cookie: `${n}` }),
        );
    }
    expect(networkCase(actors, facts, lookups).leaves('web')).toHaveLength(many / 10);
  });

  it('bears 100,000 listeners on one port, and callers of it', () => {
    const facts: SocketFact[] = [socket('db', 'connect', 0, '10.0.0.9:1', '203.0.113.7:443')];
    for (let n = 0; n < many; n += 1) {
      facts.push({ ...listen('db', n, '0.0.0.0', 5432), cookie: `${n}` });
      if (n % 10 === 0)
        facts.push(
          socket('web', 'connect', n, '10.0.0.5:40000', '10.0.0.9:5432', { cookie: `c${n}` }),
        );
    }
    expect(networkCase(actors, facts).result().hops).toHaveLength(1);
  });

  it('bears 20,000 pods that claim one address', () => {
    const crowd: Record<string, { pod: string; start: number; end: number }> = {};
    const facts: SocketFact[] = [];
    for (let n = 0; n < 20_000; n += 1) {
      crowd[`p${n}`] = { pod: `shop/p${n}`, start: n, end: n + 10_000 };
      facts.push(socket(`p${n}`, 'connect', n, '10.0.0.5:40000', '203.0.113.7:443'));
    }
    const names = Object.keys(crowd);
    const index = new Map(names.map((name, at) => [name, at]));
    const { input } = networkCase(crowd, facts);
    const quick = { ...input, resolve: (key: string) => index.get(key) };
    expect(deriveNetwork(quick).leavesByProcess.size).toBe(20_000);
  });

  it('bears one answer of 20,000 names and 20,000 addresses, all of them called', () => {
    const ipsOf = Array.from(
      { length: 20_000 },
      (_, n) => `203.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
    );
    const lookup = answer(
      'web',
      1,
      Array.from({ length: 20_000 }, (_, n) => `n${n}.example`),
      ipsOf,
    );
    const facts = ipsOf.map((ip, n) =>
      socket('web', 'connect', n + 2, '10.0.0.5:40000', `${ip}:443`),
    );
    const { leaf } = networkCase(actors, facts, [lookup]);
    expect(leaf('web')).toMatchObject({ name: 'n0.example', count: 20_000 });
  });

  it('bears 20,000 names on one socket, and says that it lists a few', () => {
    const many20 = Array.from({ length: 20_000 }, (_, n) => `n${n}.example`);
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, '10.0.0.5:40000', '203.0.113.7:443', {
        names: many20,
        nameEvidence: 'destination_names',
      }),
    ]);
    expect(leaf('web').otherNames).toHaveLength(32);
    expect(leaf('web').nameDetail).toContain('31 more names are not listed');
  });

  it('bears a storm of expansions', () => {
    const lookups: LookupFact[] = [];
    for (let n = 0; n < many; n += 1)
      lookups.push(answer('web', n, `${'a.'.repeat(100)}n${n}.example`, []));
    const rows = networkCase(actors, [], lookups).result().lookupsByProcess.get(0) ?? [];
    expect(rows).toHaveLength(many);
  });
});

describe('deriveNetwork at scale', () => {
  it('takes a million socket facts', () => {
    const processes = 2000;
    const input = bigInput(processes, 1_000_000);
    const before = Date.now();
    const { leavesByProcess, hops } = deriveNetwork(input);
    const took = Date.now() - before;
    let leaves = 0;
    for (const list of leavesByProcess.values()) leaves += list.length;
    console.log(
      `1,000,000 socket facts, 100,000 answers: ${leaves} leaves, ${hops.length} hops in ${took} ms`,
    );
    expect(leavesByProcess.size).toBe(processes);
  }, 120_000);
});

/** Pods that call each other and outside: connect, accept, two statistics and two closes per conversation. */
function bigInput(processes: number, facts: number): NetworkInput {
  const crowd: NetworkInput['processes'][number][] = [];
  const pods: NetworkInput['pods'][number][] = [];
  for (let n = 0; n < processes; n += 1) {
    const fact = { cluster: 'lab', namespace: 'shop', name: `p${n}`, uid: '', labels: [] };
    pods.push({ fact, cluster: 'lab', node: `node-${n % 50}` });
    crowd.push({
      cluster: 'lab',
      node: `node-${n % 50}`,
      epoch: 0,
      parent: -1,
      binary: '/app',
      arguments: '',
      pid: n,
      pod: n,
      container: undefined,
      startTime: undefined,
      endTime: undefined,
    });
  }
  const ip = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
  const sockets: SocketFact[] = [];
  const lookups: LookupFact[] = [];
  for (let n = 0; sockets.length < facts; n += 1) {
    const caller = n % processes;
    const called = (n * 7 + 1) % processes;
    const time = n / 10;
    const from = `${ip(caller)}:${32_768 + (Math.floor(n / processes) % 28_000)}`;
    const outside = n % 4 === 0;
    const to = outside ? `203.0.113.${n % 200}:443` : `${ip(called)}:8080`;
    const stats = { cookie: `c${n}`, sent: 100, received: 200 };
    sockets.push(
      socket(`${caller}`, 'connect', time, from, to, { cookie: `c${n}` }),
      socket(`${caller}`, 'sock_stats', time + 1, from, to, stats),
      socket(`${caller}`, 'close', time + 2, from, to, { ...stats, sent: 300 }),
    );
    if (outside) {
      if (lookups.length < 100_000) {
        lookups.push(
          answer(`${caller}`, time - 1, `h${n % 200}.example`, [`203.0.113.${n % 200}`]),
        );
      }
    } else {
      sockets.push(
        socket(`${called}`, 'accept', time, from, to, { cookie: `s${n}` }),
        socket(`${called}`, 'sock_stats', time + 1, to, from, { ...stats, cookie: `s${n}` }),
        socket(`${called}`, 'close', time + 2, to, from, { ...stats, cookie: `s${n}`, sent: 300 }),
      );
    }
  }
  return {
    processes: crowd,
    cardCount: crowd.length,
    pods,
    containers: [],
    sockets,
    lookups,
    resolve: (key) => Number(key),
  };
}
