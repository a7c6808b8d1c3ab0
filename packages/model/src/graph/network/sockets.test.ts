import { describe, expect, it } from 'vitest';
import { at, listen, networkCase, socket } from '../testing/networkCase.ts';

const actors = {
  web: { pod: 'shop/web' },
  worker: { pod: 'shop/web' },
  db: { pod: 'shop/db' },
  far: { pod: 'shop/far', node: 'node-b' },
  host: {},
};
const here = '10.0.0.5:40000';
const there = '203.0.113.7:443';

function textsOf(...facts: readonly Parameters<typeof socket>[]): string[] {
  return networkCase(
    actors,
    facts.map((fact) => socket(...fact)),
  ).texts('web');
}

describe('a leaf', () => {
  it('is one process, direction, protocol, remote and remote port: sockets of it add up', () => {
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, '10.0.0.5:40000', there, { cookie: 'a' }),
      socket('web', 'close', 4, '10.0.0.5:40000', there, { cookie: 'a', sent: 10, received: 20 }),
      socket('web', 'connect', 5, '10.0.0.5:40002', there, { cookie: 'b' }),
      socket('web', 'close', 9, '10.0.0.5:40002', there, { cookie: 'b', sent: 1, received: 2 }),
    ]);
    expect(leaf('web')).toMatchObject({
      count: 2,
      bytesSent: 11n,
      bytesReceived: 22n,
      firstSeen: at(1),
      lastSeen: at(9),
    });
  });

  it('has no bytes when no counter was reported, and 0 when one said 0', () => {
    const quiet = networkCase(actors, [socket('web', 'connect', 1, here, there)]);
    expect(quiet.leaf('web')).toMatchObject({ bytesSent: undefined, bytesReceived: undefined });
    const counted = networkCase(actors, [
      socket('web', 'connect', 1, here, there),
      socket('web', 'close', 2, here, there, { sent: 0, received: 0 }),
    ]);
    expect(counted.leaf('web')).toMatchObject({ bytesSent: 0n, bytesReceived: 0n });
  });

  it('keeps processes, protocols, remotes and remote ports apart', () => {
    const { texts } = networkCase(actors, [
      socket('web', 'connect', 1, here, there),
      socket('web', 'connect', 2, here, there, { protocol: 'UDP' }),
      socket('web', 'connect', 3, here, '203.0.113.7:80'),
      socket('web', 'connect', 4, here, '203.0.113.8:443'),
      socket('worker', 'connect', 1, here, there),
    ]);
    expect(texts('web')).toEqual([
      'outbound TCP 203.0.113.7:443 public ×1 0/0',
      'outbound UDP 203.0.113.7:443 public ×1 0/0',
      'outbound TCP 203.0.113.7:80 public ×1 0/0',
      'outbound TCP 203.0.113.8:443 public ×1 0/0',
    ]);
    expect(texts('worker')).toHaveLength(1);
  });

  it('takes the local port for inbound: callers from many ports are one leaf', () => {
    const { texts } = networkCase(actors, [
      listen('web', 0, '0.0.0.0', 8080),
      socket('web', 'accept', 1, '192.168.7.9:51000', '10.0.0.5:8080', { cookie: 'a' }),
      socket('web', 'accept', 2, '192.168.7.9:51001', '10.0.0.5:8080', { cookie: 'b' }),
    ]);
    expect(texts('web')).toEqual([
      'listen TCP 0.0.0.0:8080 pod ×1 0/0',
      'inbound TCP 192.168.7.9:8080 private ×2 0/0',
    ]);
  });

  it('puts external ones first, then the first seen, those without a time last', () => {
    const { texts } = networkCase(actors, [
      socket('web', 'connect', 1, here, '10.9.9.9:80'),
      socket('web', 'connect', undefined, here, '203.0.113.1:80'),
      socket('web', 'connect', 3, here, '203.0.113.2:80'),
      socket('web', 'connect', 2, here, '203.0.113.3:80'),
    ]);
    expect(texts('web').map((text) => text.split(' ')[2])).toEqual([
      '203.0.113.3:80',
      '203.0.113.2:80',
      '203.0.113.1:80',
      '10.9.9.9:80',
    ]);
  });
});

describe('a socket', () => {
  it('has cumulative counters: the largest counts, they are not added', () => {
    const stats = [5, 9, 14].map(
      (sent, index) =>
        [
          'web',
          'sock_stats',
          index + 2,
          here,
          there,
          { cookie: 'a', sent, received: sent * 2 },
        ] as const,
    );
    expect(
      textsOf(
        ['web', 'connect', 1, here, there, { cookie: 'a' }],
        ...stats.map((s) => [...s] as Parameters<typeof socket>),
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 14/28']);
  });

  it('ends where a counter falls: the cookie is a reused pointer', () => {
    expect(
      textsOf(
        ['web', 'sock_stats', 1, here, there, { cookie: 'a', sent: 100, received: 10 }],
        ['web', 'sock_stats', 2, here, there, { cookie: 'a', sent: 30, received: 50 }],
        ['web', 'sock_stats', 3, here, there, { cookie: 'a', sent: 40, received: 60 }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×2 140/70']);
  });

  it.each(['connect', 'accept'] as const)('begins anew with a %s after a close', (kind) => {
    const ends: [string, string] =
      kind === 'connect' ? [here, there] : ['192.168.7.9:51000', '10.0.0.5:8080'];
    const [leaf] = textsOf(
      ['web', kind, 1, ...ends, { cookie: 'a' }],
      ['web', 'close', 2, ...ends, { cookie: 'a', sent: 5, received: 5 }],
      ['web', kind, 3, ...ends, { cookie: 'a' }],
      ['web', 'close', 4, ...ends, { cookie: 'a', sent: 7, received: 7 }],
    );
    expect(leaf).toMatch(/×2 12\/12$/);
  });

  it('takes the close last at equal times', () => {
    expect(
      textsOf(
        ['web', 'close', 1, here, there, { cookie: 'a', sent: 9, received: 9 }],
        ['web', 'connect', 1, here, there, { cookie: 'a' }],
        ['web', 'sock_stats', 1, here, there, { cookie: 'a', sent: 9, received: 9 }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 9/9']);
  });

  it('gives statistics after a close to the closed socket', () => {
    expect(
      textsOf(
        ['web', 'connect', 1, here, there, { cookie: 'a' }],
        ['web', 'close', 2, here, there, { cookie: 'a', sent: 5, received: 5 }],
        ['web', 'sock_stats', 3, here, there, { cookie: 'a', sent: 8, received: 5 }],
        ['web', 'connect', 4, here, there, { cookie: 'a' }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×2 8/5']);
  });

  it('is told apart by cookie, tuple, process and node', () => {
    const stats = { cookie: 'a', sent: 5, received: 5 };
    const { texts } = networkCase(
      {
        ...actors,
        other: { pod: 'shop/web', node: 'node-b' },
        later: { pod: 'shop/web', epoch: 1 },
      },
      [
        socket('web', 'sock_stats', 1, here, there, stats),
        socket('web', 'sock_stats', 1, here, there, { ...stats, cookie: 'b' }),
        socket('web', 'sock_stats', 1, '10.0.0.5:40009', there, stats),
        socket('worker', 'sock_stats', 1, here, there, stats),
        socket('other', 'sock_stats', 1, here, there, stats),
        socket('later', 'sock_stats', 1, here, there, stats),
      ],
    );
    expect(texts('web')).toEqual(['outbound TCP 203.0.113.7:443 public ×3 15/15']);
    for (const one of ['worker', 'other', 'later']) expect(texts(one)[0]).toMatch(/×1 5\/5$/);
  });

  it('without a cookie is the tuple of the process, whichever end is printed first', () => {
    expect(
      textsOf(
        ['web', 'connect', 1, here, there],
        ['web', 'sock_stats', 2, here, there, { sent: 5, received: 6 }],
        ['web', 'close', 3, there, here, { sent: 7, received: 8 }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 7/8']);
  });

  it('without a cookie keeps both ends apart when a process talks to itself', () => {
    const { texts } = networkCase(actors, [
      socket('web', 'connect', 1, '127.0.0.1:50000', '127.0.0.1:8080'),
      socket('web', 'accept', 1, '127.0.0.1:50000', '127.0.0.1:8080'),
      socket('web', 'close', 2, '127.0.0.1:50000', '127.0.0.1:8080', { sent: 3, received: 4 }),
      socket('web', 'close', 2, '127.0.0.1:8080', '127.0.0.1:50000', { sent: 4, received: 3 }),
    ]);
    expect(texts('web')).toEqual([
      'inbound TCP 127.0.0.1:8080 loopback ×1 4/3',
      'outbound TCP 127.0.0.1:8080 loopback ×1 3/4',
    ]);
  });

  it('takes names from tls and http of its tuple, which carry no cookie', () => {
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, here, there, { cookie: 'a' }),
      socket('web', 'tls', 1.1, here, there, {
        names: ['shop.example.com'],
        nameEvidence: 'sni',
        protocol: '',
      }),
      socket('web', 'close', 2, here, there, { cookie: 'a', sent: 1, received: 1 }),
      socket('web', 'connect', 50, here, there, { cookie: 'b' }),
      socket('web', 'tls', 50.1, there, here, {
        names: ['shop.example.com'],
        nameEvidence: 'sni',
        protocol: '',
      }),
    ]);
    expect(leaf('web')).toMatchObject({ name: 'shop.example.com', nameEvidence: 'sni', count: 2 });
  });

  it('does not count the same connection twice when one hook has cookies and another has none', () => {
    expect(
      textsOf(
        ['web', 'connect', 1, here, there],
        ['web', 'connect', 1.0002, here, there, { cookie: 'a' }],
        ['web', 'close', 2, here, there, { cookie: 'a', sent: 3, received: 4 }],
        ['web', 'close', 2.0002, here, there, { sent: 3, received: 4 }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 3/4']);
  });

  it('counts a connection that was open before observation began', () => {
    expect(
      textsOf(['web', 'close', 9, here, there, { cookie: 'a', sent: 500, received: 1 }]),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 500/1']);
  });

  it('works for UDP, and for one socket that talks to many', () => {
    expect(
      textsOf(
        [
          'web',
          'sock_stats',
          1,
          here,
          '203.0.113.7:123',
          { protocol: 'UDP', cookie: 'a', sent: 1, received: 1 },
        ],
        [
          'web',
          'sock_stats',
          2,
          here,
          '203.0.113.8:123',
          { protocol: 'UDP', cookie: 'a', sent: 2, received: 2 },
        ],
      ),
    ).toEqual([
      'outbound UDP 203.0.113.7:123 public ×1 1/1',
      'outbound UDP 203.0.113.8:123 public ×1 2/2',
    ]);
  });

  it('is seen by sends: their sizes count only where no counters are, and once each', () => {
    const one = ['web', 'send', 1, here, there, { sent: 100 }] as const;
    const two = ['web', 'send', 2, here, there, { sent: 50 }] as const;
    expect(textsOf([...one], [...two], [...one])).toEqual([
      'outbound TCP 203.0.113.7:443 public ×1 150/0',
    ]);
    expect(
      textsOf([...one], ['web', 'close', 3, here, there, { sent: 120, received: 7 }], [...two]),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 120/7']);
    expect(textsOf(['web', 'send', 1, here, there])).toEqual([
      'outbound TCP 203.0.113.7:443 public ×1 0/0',
    ]);
  });

  it('is one when one hook sees the call before its local end is chosen, and another after', () => {
    expect(
      textsOf(
        ['web', 'connect', 1, ':0', there, { protocol: '' }],
        ['web', 'connect', 1.0001, here, there],
        ['web', 'close', 2, here, there],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 0/0']);
  });

  it('is each call of its own when no hook gives a local end', () => {
    expect(
      textsOf(
        ['web', 'connect', 1, ':0', there, { protocol: '' }],
        ['web', 'connect', 2, '0.0.0.0:0', there, { protocol: '' }],
        ['web', 'connect', 3, ':0', there, { protocol: '' }],
        ['web', 'connect', 3, ':0', there, { protocol: '' }],
      ),
    ).toEqual(['outbound  203.0.113.7:443 public ×3 0/0']);
  });

  it('takes events without a time into the first socket of its identity', () => {
    expect(
      textsOf(
        ['web', 'connect', undefined, here, there, { cookie: 'a' }],
        ['web', 'close', undefined, here, there, { cookie: 'a', sent: 9, received: 1 }],
        ['web', 'sock_stats', 3, here, there, { cookie: 'a', sent: 4, received: 1 }],
      ),
    ).toEqual(['outbound TCP 203.0.113.7:443 public ×1 9/1']);
  });
});

describe('direction and ends', () => {
  const listening = listen('db', 0, '0.0.0.0', 5432);

  it.each([
    ['the caller first', '10.0.0.5:40000', '10.0.0.9:5432'],
    ['the listener first', '10.0.0.9:5432', '10.0.0.5:40000'],
  ])('reads an accept with %s by the listening port', (_, from, to) => {
    const { texts } = networkCase(actors, [listening, socket('db', 'accept', 1, from, to)]);
    expect(texts('db')[1]).toBe('inbound TCP 10.0.0.5:5432 private ×1 0/0');
  });

  it.each([
    ['the caller first', '10.0.0.5:40000', '10.0.0.9:5432'],
    ['the listener first', '10.0.0.9:5432', '10.0.0.5:40000'],
  ])("reads an accept with %s by the pod's own address", (_, from, to) => {
    const { texts } = networkCase(actors, [
      socket('db', 'connect', 0, '10.0.0.9:50000', '203.0.113.1:80'),
      socket('db', 'accept', 1, from, to),
    ]);
    expect(texts('db')[1]).toBe('inbound TCP 10.0.0.5:5432 private ×1 0/0');
  });

  it('reads an accept by its close, which prints the local end first, and else as the source being remote', () => {
    const { texts } = networkCase(actors, [
      socket('db', 'accept', 1, '10.0.0.9:5432', '10.0.0.5:40000', { cookie: 'a' }),
      socket('db', 'close', 2, '10.0.0.9:5432', '10.0.0.5:40000', { cookie: 'a' }),
    ]);
    expect(texts('db')).toEqual(['inbound TCP 10.0.0.5:5432 private ×1 0/0']);
    const alone = networkCase(actors, [
      socket('db', 'accept', 1, '10.0.0.5:40000', '10.0.0.9:5432'),
    ]);
    expect(alone.texts('db')).toEqual(['inbound TCP 10.0.0.5:5432 private ×1 0/0']);
    const swapped = networkCase(actors, [
      socket('db', 'accept', 1, '10.0.0.9:5432', '10.0.0.5:40000'),
    ]);
    expect(swapped.texts('db')).toEqual(['inbound TCP 10.0.0.5:5432 private ×1 0/0']);
    const high = networkCase(actors, [
      socket('db', 'accept', 1, '127.0.0.1:60794', '127.0.0.1:54321'),
    ]);
    expect(high.texts('db')).toEqual(['inbound TCP 127.0.0.1:54321 loopback ×1 0/0']);
  });

  it.each([
    [
      'a listening local port',
      [listening],
      '10.0.0.9:5432',
      '10.0.0.5:900',
      'inbound TCP 10.0.0.5:5432',
    ],
    [
      'an ephemeral remote port',
      [],
      '10.0.0.9:5432',
      '10.0.0.5:40000',
      'inbound TCP 10.0.0.5:5432',
    ],
    ['an ephemeral local port', [], '10.0.0.9:50000', '10.0.0.5:80', 'outbound TCP 10.0.0.5:80'],
    ['the lower port', [], '10.0.0.9:18083', '10.0.0.5:53', 'outbound TCP 10.0.0.5:53'],
    ['the lower port', [], '10.0.0.9:53', '10.0.0.5:18083', 'inbound TCP 10.0.0.5:53'],
    ['equal ports', [], '10.0.0.9:500', '10.0.0.5:500', 'outbound TCP 10.0.0.5:500'],
  ])('tells an orphan socket by %s', (_, before, from, to, expected) => {
    const { texts } = networkCase(actors, [
      ...before,
      socket('db', 'sock_stats', 1, from, to, { cookie: 'x' }),
    ]);
    expect(texts('db').some((text) => text.startsWith(expected))).toBe(true);
  });

  it('takes a socket without a remote for a listener', () => {
    const { texts } = networkCase(actors, [
      socket('db', 'sock_stats', 1, '0.0.0.0:5432', '0.0.0.0:0', { cookie: 'x' }),
      listen('db', 2, '127.0.0.1', 9999),
      socket('web', 'sock_stats', 1, '10.0.0.5:40000', '0.0.0.0:0', { cookie: 'y', sent: 5 }),
      { ...listen('host', 2, '', 0), destinationIp: '::', destinationPort: 22 },
    ]);
    expect(texts('db')).toEqual([
      'listen TCP 0.0.0.0:5432 pod ×1 0/0',
      'listen TCP 127.0.0.1:9999 loopback ×1 0/0',
    ]);
    expect(texts('web')).toEqual(['outbound TCP 0.0.0.0:0 private ×1 5/0']);
    expect(texts('host')).toEqual(['listen TCP :::22 node ×1 0/0']);
  });
});
