import { describe, expect, it } from 'vitest';
import { answer, at, listen, networkCase, socket } from '../testing/networkCase.ts';

const actors = {
  web: { pod: 'shop/web', start: 0, end: 900 },
  db: { pod: 'shop/db', start: 0 },
  dbWorker: { pod: 'shop/db' },
  kubelet: {},
};
const client = '10.0.0.5:40000';
const server = '10.0.0.9:5432';
const service = '10.96.7.7:5000';
const dialled = socket('web', 'connect', 10, client, server, { cookie: 'c' });
const accepted = socket('db', 'accept', 10.001, client, server, { cookie: 's' });
const hungUp = socket('web', 'close', 20, client, server, { cookie: 'c', sent: 700, received: 30 });
const leftAlone = socket('db', 'close', 20.5, server, client, {
  cookie: 's',
  sent: 31,
  received: 701,
});

describe('a conversation', () => {
  it('is two sockets that were joined, as its caller saw it', () => {
    const { conversations, talks, indexOf } = networkCase(actors, [
      dialled,
      accepted,
      hungUp,
      leftAlone,
    ]);
    expect(talks()).toEqual([`web ${client} > db ${server} TCP 700/30`]);
    expect(conversations()[0]).toMatchObject({
      client: { process: indexOf('web'), pod: { namespace: 'shop', name: 'web' } },
      server: { process: indexOf('db'), pod: { namespace: 'shop', name: 'db' } },
      directionKnown: true,
      firstSeen: at(10),
      opened: at(10),
      lastSeen: at(20.5),
      closed: at(20.5),
      until: at(20.5),
      evidence: 'connect and accept with the same addresses and ports',
      confidence: 'certain',
      verdict: '',
    });
  });

  it("takes the server's counters, turned round, where the caller has none", () => {
    const { talks } = networkCase(actors, [dialled, accepted, leftAlone]);
    expect(talks()).toEqual([`web ${client} > db ${server} TCP 701/31`]);
  });

  it('is one socket when nobody knows the other end', () => {
    const outside = socket('web', 'connect', 1, '10.0.0.5:40001', '203.0.113.7:443');
    const inside = socket('db', 'accept', 2, '10.0.9.9:50000', server);
    const { talks, conversations } = networkCase(actors, [outside, inside]);
    expect(talks()).toEqual([
      'web 10.0.0.5:40001 > - 203.0.113.7:443 TCP ?/?',
      `- 10.0.9.9:50000 > db ${server} TCP ?/?`,
    ]);
    expect(conversations().map(({ evidence }) => evidence)).toEqual(['', '']);
    expect(conversations()[0]?.server).toMatchObject({ scope: 'public', nameEvidence: 'direct' });
  });

  it('is not a listener', () => {
    expect(networkCase(actors, [listen('db', 1, '0.0.0.0', 5432)]).talks()).toEqual([]);
  });

  it('goes to who listens when nobody was seen to accept', () => {
    const held = socket('db', 'connect', 0, '10.0.0.9:40002', '203.0.113.7:443');
    const { talks } = networkCase(actors, [held, listen('db', 1, '0.0.0.0', 5432), dialled]);
    expect(talks()[1]).toBe(`web ${client} > db ${server} TCP ?/?`);
  });

  it('is told by the address that was called, and where that led', () => {
    const { conversations, talks } = networkCase(actors, [
      socket('web', 'connect', 10, client, service),
      listen('db', 1, '0.0.0.0', 5432),
      accepted,
    ]);
    expect(talks()).toEqual([`web ${client} > db ${service} TCP ?/?`]);
    expect(conversations()[0]?.accepted).toEqual({ ip: '10.0.0.9', port: 5432 });
  });

  it('names its server as the connection does, and knows the pod of an address', () => {
    const { conversations } = networkCase(
      actors,
      [
        socket('web', 'connect', 10, client, '203.0.113.7:443'),
        socket('db', 'connect', 11, '10.0.0.9:40000', '203.0.113.7:443'),
        socket('web', 'connect', 12, '10.0.0.5:40003', '10.0.0.9:9999'),
      ],
      [answer('web', 1, 'c2.example', ['203.0.113.7'])],
    );
    expect(conversations()[0]?.server).toMatchObject({
      name: 'c2.example',
      nameEvidence: 'dns_process',
    });
    expect(conversations()[2]?.server).toMatchObject({
      process: undefined,
      pod: { namespace: 'shop', name: 'db' },
    });
  });

  it('does not know who called when it was open before anybody looked', () => {
    const counted = socket('web', 'sock_stats', 5, client, server, { sent: 4 });
    const { conversations } = networkCase(actors, [counted]);
    expect(conversations()[0]).toMatchObject({ directionKnown: false, opened: undefined });
  });
});

describe('a conversation is open', () => {
  it('until its process ended, when nobody tells that it was closed', () => {
    expect(networkCase(actors, [dialled]).conversations()[0]?.until).toEqual(at(900));
  });

  it('for all that is known, when nothing of it ended', () => {
    const held = socket('db', 'connect', 3, '10.0.0.9:40000', '203.0.113.7:443');
    expect(networkCase(actors, [held]).conversations()[0]?.until).toBeUndefined();
  });

  it('for as long as it was seen, when it is no TCP connection or never came about', () => {
    const asked = socket('db', 'send', 3, '10.0.0.9:40000', '10.96.0.10:53', { protocol: 'UDP' });
    const { input } = networkCase(actors, [asked]);
    expect(networkCase(actors, [asked]).conversations()[0]?.until).toEqual(at(3));
    const refused = { ...dialled, verdict: { verdict: 'BLOCKED', reason: 'no-egress' } };
    const [conversation] = networkCase(actors, [refused]).conversations();
    expect(conversation).toMatchObject({ verdict: 'BLOCKED', verdictReason: 'no-egress' });
    expect(conversation?.until).toEqual(at(10));
    expect(input.conversations).toBeUndefined();
  });
});

describe('conversations', () => {
  it('are told only when they are asked for', () => {
    expect(networkCase(actors, [dialled]).result().conversations).toBeUndefined();
  });

  it('are as many as there are connections, in a time that grows with them', () => {
    const many = 20_000;
    const facts = [];
    for (let n = 0; n < many; n += 1) {
      facts.push(
        socket('web', 'connect', n, client, server, { cookie: `c${n}` }),
        socket('db', 'accept', n, client, server, { cookie: `s${n}` }),
      );
    }
    expect(networkCase(actors, facts).conversations()).toHaveLength(many);
  }, 60_000);
});
