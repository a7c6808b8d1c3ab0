import { describe, expect, it } from 'vitest';
import { listen, networkCase, socket } from '../testing/networkCase.ts';

const actors = {
  web: { pod: 'shop/web', start: 0 },
  helper: { pod: 'shop/web' },
  db: { pod: 'shop/db', start: 0 },
  dbWorker: { pod: 'shop/db' },
  westDb: { pod: 'shop/db', cluster: 'west' },
  kubelet: {},
};
const client = '10.0.0.5:40000';
const server = '10.0.0.9:5432';
const service = '10.96.7.7:5000';
const dialled = socket('web', 'connect', 10, client, server, { cookie: 'c' });
const accepted = socket('db', 'accept', 10.001, client, server, { cookie: 's' });
const closed = [
  socket('web', 'close', 20, client, server, { cookie: 'c', sent: 700, received: 30 }),
  socket('db', 'close', 20, server, client, { cookie: 's', sent: 31, received: 701 }),
];

describe('a hop', () => {
  it('joins a connect and an accept of one conversation; bytes are as the caller saw them', () => {
    const { hops, leaves, indexOf } = networkCase(actors, [dialled, accepted, ...closed]);
    expect(hops()).toEqual(['web > db:5432 certain 700/30']);
    expect(leaves('web')[0]).toMatchObject({ peer: indexOf('db') });
    expect(leaves('web')[0]?.peerEvidence).toBe(
      'connect and accept with the same addresses and ports',
    );
    expect(leaves('db')[0]).toMatchObject({ peer: indexOf('web'), direction: 'inbound' });
  });

  it('compares tuples unordered: agents print accept in either order', () => {
    const swapped = socket('db', 'accept', 10.001, server, client, { cookie: 's' });
    expect(networkCase(actors, [dialled, swapped]).hops()).toEqual(['web > db:5432 certain 0/0']);
  });

  it('needs overlapping time', () => {
    const later = socket('db', 'accept', 500, client, server, { cookie: 's' });
    expect(networkCase(actors, [dialled, ...closed.slice(0, 1), later]).hops()).toEqual([]);
    const early = [
      socket('db', 'accept', 1, client, server, { cookie: 's' }),
      socket('db', 'close', 2, server, client, { cookie: 's' }),
    ];
    expect(networkCase(actors, [dialled, ...early]).hops()).toEqual([]);
  });

  it('bears clocks that differ by a moment', () => {
    const quick = [
      socket('web', 'connect', 10, client, server, { cookie: 'c' }),
      socket('web', 'close', 10.01, client, server, { cookie: 'c', sent: 1, received: 1 }),
      socket('db', 'accept', 9.5, client, server, { cookie: 's' }),
      socket('db', 'close', 9.52, server, client, { cookie: 's' }),
    ];
    expect(networkCase(actors, quick).hops()).toEqual(['web > db:5432 certain 1/1']);
  });

  it('takes the nearest of several conversations on one tuple', () => {
    const facts = [10, 100, 1000].flatMap((time, index) => [
      socket('web', 'connect', time, client, server, { cookie: `c${index}` }),
      socket('web', 'close', time + 5, client, server, { cookie: `c${index}`, sent: 10 ** index }),
      socket(index === 1 ? 'dbWorker' : 'db', 'accept', time, client, server, {
        cookie: `s${index}`,
      }),
      socket(index === 1 ? 'dbWorker' : 'db', 'close', time + 5, server, client, {
        cookie: `s${index}`,
      }),
    ]);
    expect(networkCase(actors, facts).hops()).toEqual([
      'web > db:5432 certain 101/0',
      'web > dbWorker:5432 certain 10/0',
    ]);
  });

  it('prefers the owner of the listening socket over the process that accept names', () => {
    const wrong = socket('dbWorker', 'accept', 10.001, client, server, { cookie: 's' });
    const { hops, leaves, indexOf } = networkCase(actors, [
      listen('db', 1, '0.0.0.0', 5432),
      dialled,
      wrong,
    ]);
    expect(hops()).toEqual(['web > db:5432 certain 0/0']);
    expect(leaves('web')[0]?.peer).toBe(indexOf('db'));
    expect(leaves('web')[0]?.peerEvidence).toContain('owner of the listening socket');
    const both = [listen('db', 1, '0.0.0.0', 5432), listen('dbWorker', 2, '0.0.0.0', 5432)];
    expect(networkCase(actors, [...both, dialled, wrong]).hops()).toEqual([
      'web > dbWorker:5432 certain 0/0',
    ]);
  });

  it('does not go to a listener that had ended, nor to one that came later', () => {
    const wrong = socket('dbWorker', 'accept', 10.001, client, server, { cookie: 's' });
    const ended = { ...actors, db: { pod: 'shop/db', start: 0, end: 3 } };
    expect(networkCase(ended, [listen('db', 1, '0.0.0.0', 5432), dialled, wrong]).hops()).toEqual([
      'web > dbWorker:5432 certain 0/0',
    ]);
    expect(networkCase(actors, [listen('db', 60, '0.0.0.0', 5432), dialled, wrong]).hops()).toEqual(
      ['web > dbWorker:5432 certain 0/0'],
    );
  });

  it("goes through a service by the caller's address and port", () => {
    const { hops, leaf } = networkCase(actors, [
      socket('web', 'connect', 10, client, service),
      listen('db', 1, '0.0.0.0', 5432),
      accepted,
    ]);
    expect(hops()).toEqual(['web > db:5000 likely 0/0']);
    expect(leaf('web').peerEvidence).toContain(
      "through 10.96.7.7:5000: accepted with the caller's address and port",
    );
    expect(leaf('web').scope).toBe('service');
  });

  it("is not stitched when the caller's address or port was changed (SNAT, mesh, gateway)", () => {
    const dial = socket('web', 'connect', 10, client, service);
    const snat = socket('db', 'accept', 10.001, '10.0.0.1:40000', server);
    const otherPort = socket('db', 'accept', 10.001, '10.0.0.5:40009', server);
    expect(networkCase(actors, [dial, snat]).hops()).toEqual([]);
    expect(networkCase(actors, [dial, otherPort]).hops()).toEqual([]);
  });

  it('does not take another conversation of a reused port for a translated one', () => {
    const elsewhere = socket('helper', 'connect', 1, '10.0.0.77:1', '10.9.9.9:1');
    const held = { ...elsewhere, process: 'kubelet' };
    const dial = socket('web', 'connect', 10, client, '10.0.0.88:5000');
    const holder = socket('dbWorker', 'connect', 1, '10.0.0.88:6000', '10.9.9.9:1');
    expect(networkCase(actors, [held, holder, dial, accepted]).hops()).toEqual([]);
  });

  it('is never across clusters', () => {
    const west = { ...accepted, process: 'westDb' };
    expect(networkCase(actors, [dialled, west]).hops()).toEqual([]);
    expect(
      networkCase(actors, [socket('web', 'connect', 10, client, service), west]).hops(),
    ).toEqual([]);
  });

  it('is never over loopback, which still joins two processes inside one pod', () => {
    const inside = [
      socket('web', 'connect', 1, '127.0.0.1:50000', '127.0.0.1:8080'),
      socket('helper', 'accept', 1, '127.0.0.1:50000', '127.0.0.1:8080'),
    ];
    const { hops, leaves, indexOf } = networkCase(actors, inside);
    expect(hops()).toEqual([]);
    expect(leaves('web')[0]?.peer).toBe(indexOf('helper'));
    const across = networkCase(actors, [
      inside[0] ?? dialled,
      socket('db', 'accept', 1, '127.0.0.1:50000', '127.0.0.1:8080'),
      listen('db', 0, '127.0.0.1', 8080),
    ]);
    expect(across.hops()).toEqual([]);
    expect(across.leaves('web')[0]?.peer).toBeUndefined();
  });

  it('is between processes of different pods, not of one, nor of the host', () => {
    const sameNode = socket('kubelet', 'accept', 10.001, client, server);
    expect(networkCase(actors, [dialled, sameNode]).hops()).toEqual([]);
    const inPod = [
      socket('web', 'connect', 10, client, '10.0.0.5:5432'),
      socket('helper', 'accept', 10.001, client, '10.0.0.5:5432'),
    ];
    const { hops, leaves, indexOf } = networkCase(actors, inPod);
    expect(hops()).toEqual([]);
    expect(leaves('web')[0]?.peer).toBe(indexOf('helper'));
  });

  it('is likely when the connection was already open and both ends still report it', () => {
    const { hops } = networkCase(actors, [
      listen('db', 1, '0.0.0.0', 5432),
      socket('web', 'sock_stats', 50, client, server, { cookie: 'c', sent: 5, received: 6 }),
      socket('db', 'sock_stats', 55, server, client, { cookie: 's', sent: 6, received: 5 }),
    ]);
    expect(hops()).toEqual(['web > db:5432 likely 5/6']);
  });

  it('is inferred when nobody was seen to accept but the called pod listens on the port', () => {
    const facts = [
      socket('db', 'connect', 1, '10.0.0.9:6000', '10.9.9.9:1'),
      listen('db', 1, '0.0.0.0', 5432),
      dialled,
    ];
    expect(networkCase(actors, facts).hops()).toEqual(['web > db:5432 inferred 0/0']);
    expect(networkCase(actors, facts.slice(1)).hops()).toEqual([]); // whose address it is, is not known
  });

  it('does not exist without evidence', () => {
    expect(networkCase(actors, [dialled]).hops()).toEqual([]);
    expect(networkCase(actors, [accepted]).hops()).toEqual([]);
  });

  it('adds up: one per caller, peer and port, graded by its best evidence', () => {
    const again = [
      socket('web', 'connect', 30, '10.0.0.5:40002', server, { cookie: 'c2' }),
      socket('db', 'accept', 30, '10.0.0.5:40002', server, { cookie: 's2' }),
      socket('web', 'close', 31, '10.0.0.5:40002', server, { cookie: 'c2', sent: 1, received: 2 }),
    ];
    expect(networkCase(actors, [dialled, accepted, ...closed, ...again]).hops()).toEqual([
      'web > db:5432 certain 701/32',
    ]);
  });

  it('works for UDP', () => {
    const udp = { protocol: 'UDP' } as const;
    const { hops } = networkCase(actors, [
      socket('web', 'connect', 10, client, '10.0.0.9:53', { ...udp, cookie: 'c' }),
      socket('db', 'sock_stats', 11, '10.0.0.9:53', client, {
        ...udp,
        cookie: 's',
        sent: 2,
        received: 1,
      }),
    ]);
    expect(hops()).toEqual(['web > db:53 likely 0/0']);
  });

  it('tells how many more processes stand behind one leaf', () => {
    const { leaves, indexOf } = networkCase(actors, [
      ...[1, 2].map((n) => socket('web', 'connect', n, `10.0.0.5:4000${n}`, service)),
      socket('web', 'connect', 3, '10.0.0.5:40003', service),
      socket('db', 'accept', 1, '10.0.0.5:40001', server),
      socket('dbWorker', 'accept', 2, '10.0.0.5:40002', server),
      socket('dbWorker', 'accept', 3, '10.0.0.5:40003', server),
    ]);
    expect(leaves('web')[0]?.peer).toBe(indexOf('dbWorker'));
    expect(leaves('web')[0]?.peerEvidence).toContain('1 more process');
  });
});
