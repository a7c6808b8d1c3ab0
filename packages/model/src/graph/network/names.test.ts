import { describe, expect, it } from 'vitest';
import { answer, at, networkCase, socket } from '../testing/networkCase.ts';

const actors = {
  web: { pod: 'shop/web', start: 0, end: 100 },
  helper: { pod: 'shop/web' },
  cart: { pod: 'shop/cart', start: 0, end: 100 },
  far: { pod: 'shop/far', node: 'node-b' },
};
const mine = '10.0.0.5:40000';
const ip = '203.0.113.7';
const there = `${ip}:443`;
const sni = { names: ['sni.example'], nameEvidence: 'sni' } as const;
const host = { names: ['host.example:8443'], nameEvidence: 'http_host' } as const;
const told = { names: ['told.example'], nameEvidence: 'destination_names' } as const;

const connect = socket('web', 'connect', 50, mine, there);
const evidence = {
  told: [socket('web', 'connect', 50, mine, there, told)],
  sni: [connect, socket('web', 'tls', 50.1, mine, there, sni)],
  host: [connect, socket('web', 'http', 50.1, mine, there, host)],
  bare: [connect],
};
const dnsOwn = answer('web', 40, 'own.example', [ip]);
const dnsPod = answer('helper', 45, 'pod.example', [ip]);
const dnsNode = answer('cart', 49, 'elsewhere.example', [ip]);
const heldByCart = socket('cart', 'connect', 1, `${ip}:9999`, '10.9.9.9:1');

describe('the name of a leaf, the first that applies', () => {
  it.each([
    [
      'destination_names before SNI',
      [...evidence.told, ...evidence.sni],
      [dnsOwn],
      'told.example',
      'destination_names',
    ],
    [
      'SNI before the HTTP host',
      [...evidence.sni, ...evidence.host],
      [dnsOwn],
      'sni.example',
      'sni',
    ],
    [
      'the HTTP host, without its port, before DNS',
      evidence.host,
      [dnsOwn],
      'host.example',
      'http_host',
    ],
    [
      'DNS of the process before DNS of the pod',
      evidence.bare,
      [dnsOwn, dnsPod],
      'own.example',
      'dns_process',
    ],
    [
      'DNS of the pod before the pod that holds the address',
      [heldByCart, ...evidence.bare],
      [dnsPod],
      'pod.example',
      'dns_pod',
    ],
    [
      'the pod that holds the address',
      [heldByCart, ...evidence.bare],
      [dnsNode],
      'shop/cart',
      'pod_address',
    ],
    [
      'nothing: a public address never looked up is direct',
      evidence.bare,
      [dnsNode],
      undefined,
      'direct',
    ],
  ] as const)('%s', (_, sockets, lookups, name, from) => {
    const { leaves } = networkCase(actors, sockets, lookups);
    expect(leaves('web')[0]).toMatchObject({ name, nameEvidence: from });
  });

  it('names an address inside without evidence not at all', () => {
    const { leaf } = networkCase(actors, [socket('web', 'connect', 1, mine, '10.9.9.9:80')]);
    expect(leaf('web')).toMatchObject({ name: undefined, nameEvidence: '', nameDetail: '' });
  });

  it('names a service by what the resolver answered another pod', () => {
    const lookup = answer('far', 5, 'pay.shop.svc.cluster.local', ['10.96.7.7']);
    const { leaf } = networkCase(
      actors,
      [socket('web', 'connect', 9, mine, '10.96.7.7:80')],
      [lookup],
    );
    expect(leaf('web')).toMatchObject({
      name: 'pay.shop.svc.cluster.local',
      nameEvidence: 'service_address',
      scope: 'service',
    });
  });

  it('names a service by what the agent put on another socket to it', () => {
    const names = ['pay.shop.svc.cluster.local'];
    const { leaf } = networkCase(actors, [
      socket('far', 'connect', 5, '10.0.1.9:1', '10.96.7.7:80', {
        names,
        nameEvidence: 'destination_names',
      }),
      socket('web', 'connect', 9, mine, '10.96.7.7:80'),
    ]);
    expect(leaf('web')).toMatchObject({ name: names[0], nameEvidence: 'service_address' });
  });

  it('an HTTP host that is an address names nothing', () => {
    const bare = { names: ['203.0.113.7:443'], nameEvidence: 'http_host' } as const;
    const { leaf } = networkCase(actors, [connect, socket('web', 'http', 50.1, mine, there, bare)]);
    expect(leaf('web').nameEvidence).toBe('direct');
  });

  it('names a caller by its pod only: the names on an accepted socket are the own ones', () => {
    const { leaves } = networkCase(actors, [
      socket('cart', 'connect', 1, '10.0.0.9:5000', '10.9.9.9:1'),
      socket('web', 'accept', 5, '10.0.0.9:51000', '10.0.0.5:8443'),
      socket('web', 'tls', 5.1, '10.0.0.9:51000', '10.0.0.5:8443', sni),
    ]);
    expect(leaves('web')[0]).toMatchObject({ name: 'shop/cart', direction: 'inbound', port: 8443 });
  });
});

describe('DNS answers', () => {
  it('count as of the connection: the latest before it, with its age', () => {
    const { leaf } = networkCase(
      actors,
      [connect],
      [
        answer('web', 10, 'old.example', [ip]),
        answer('web', 46.8, 'fresh.example', [ip]),
        answer('web', 60, 'later.example', [ip]),
      ],
    );
    expect(leaf('web').name).toBe('fresh.example');
    expect(leaf('web').nameDetail).toMatch(/^answered at 00:00:46\.800, 3\.200 s before/);
    expect(leaf('web').otherNames).toEqual(['old.example']);
  });

  it('never rename an earlier connection: the later one is another leaf', () => {
    const { texts } = networkCase(
      actors,
      [connect, socket('web', 'connect', 70, '10.0.0.5:40001', there)],
      [answer('web', 60, 'later.example', [ip])],
    );
    expect(texts('web')).toEqual([
      'outbound TCP 203.0.113.7:443 public ×1 0/0',
      'outbound TCP later.example:443 public ×1 0/0',
    ]);
  });

  it('of the own process win over a later one of the pod', () => {
    const { leaf } = networkCase(actors, [connect], [dnsOwn, dnsPod]);
    expect(leaf('web')).toMatchObject({ name: 'own.example', otherNames: ['pod.example'] });
    expect(leaf('web').nameDetail).toContain('2 names were answered with this address');
  });

  it('seen elsewhere on the node are possible, never the label; of other nodes nothing', () => {
    const { leaf } = networkCase(
      actors,
      [connect],
      [dnsNode, answer('far', 40, 'far.example', [ip])],
    );
    expect(leaf('web')).toMatchObject({ name: undefined, otherNames: ['elsewhere.example'] });
    expect(leaf('web').nameDetail).toContain(
      'possible, seen elsewhere on the node: elsewhere.example',
    );
  });

  it('are possible too when another socket to the address was named, of this process or another', () => {
    const named = socket('cart', 'connect', 40, '10.0.0.6:1', there, told);
    const { leaf } = networkCase(actors, [connect, named]);
    expect(leaf('web')).toMatchObject({ nameEvidence: 'direct', otherNames: ['told.example'] });
    const later = { ...named, time: at(60) };
    expect(networkCase(actors, [connect, later]).leaf('web').otherNames).toEqual([]);
  });

  it('may give several names: all are kept and flagged', () => {
    const { leaf } = networkCase(
      actors,
      [connect],
      [
        answer('web', 20, 'b.example', [ip]),
        answer('web', 30, 'a.example', [ip]),
        answer('web', 25, 'c.example', [ip]),
      ],
    );
    expect(leaf('web').name).toBe('a.example');
    expect(leaf('web').otherNames).toEqual(['b.example', 'c.example']);
    expect(leaf('web').nameDetail).toContain(
      '3 names were answered with this address: a.example, c.example, b.example',
    );
  });

  it('that SNI is unlike are shown and flagged', () => {
    const { leaf } = networkCase(actors, evidence.sni, [dnsOwn]);
    expect(leaf('web')).toMatchObject({ name: 'sni.example', otherNames: ['own.example'] });
    expect(leaf('web').nameDetail).toContain('SNI sni.example is unlike DNS own.example');
    const agreeing = networkCase(actors, evidence.sni, [answer('web', 40, 'sni.example', [ip])]);
    expect(agreeing.leaf('web').nameDetail).toBe('');
  });

  it('that follow a chain of names carry all of them, without a flag', () => {
    const chain = answer('web', 40, ['www.example', 'edge.cdn.example'], [ip]);
    const { leaf } = networkCase(actors, [connect], [chain]);
    expect(leaf('web')).toMatchObject({ name: 'www.example', otherNames: ['edge.cdn.example'] });
    expect(leaf('web').nameDetail).not.toContain('names were answered');
  });

  it('hold for every text of one address', () => {
    const { leaf } = networkCase(
      actors,
      [socket('web', 'connect', 50, '::ffff:10.0.0.5:40000', `::ffff:${ip}:443`)],
      [dnsOwn],
    );
    expect(leaf('web')).toMatchObject({ name: 'own.example', ip });
  });

  it('that failed or came in a question name nothing', () => {
    const { leaf } = networkCase(
      actors,
      [connect],
      [
        answer('web', 40, 'asked.example', [ip], { response: false }),
        answer('web', 41, 'nx.example', []),
      ],
    );
    expect(leaf('web').nameEvidence).toBe('direct');
  });

  it('are said to be missing when the node reports none', () => {
    const { leaf } = networkCase(actors, [connect]);
    expect(leaf('web')).toMatchObject({ nameEvidence: 'direct' });
    expect(leaf('web').nameDetail).toContain('no DNS answers of this node');
    expect(networkCase(actors, [connect], [dnsNode]).leaf('web').nameDetail).not.toContain(
      'no DNS answers',
    );
  });

  it('say when the connection was open already, or has no time', () => {
    const open = networkCase(
      actors,
      [socket('web', 'sock_stats', 50, mine, there, { cookie: 'a' })],
      [dnsOwn],
    );
    expect(open.leaf('web').nameDetail).toContain('already open when first seen');
    const undated = networkCase(
      actors,
      [socket('web', 'connect', undefined, mine, there)],
      [dnsOwn],
    );
    expect(undated.leaf('web').nameDetail).toContain('the connection has no time');
  });
});

describe('leaves and names', () => {
  it('fold the addresses of one name into one leaf that shows the first', () => {
    const { leaf } = networkCase(
      actors,
      [
        socket('web', 'connect', 51, '10.0.0.5:40001', '203.0.113.9:443'),
        socket('web', 'connect', 50, mine, there),
      ],
      [answer('web', 40, 'own.example', [ip, '203.0.113.9'])],
    );
    expect(leaf('web')).toMatchObject({ name: 'own.example', ip, count: 2 });
  });

  it('stay external when the name also led inside (DNS rebinding)', () => {
    const { leaf } = networkCase(
      actors,
      [
        socket('web', 'connect', 50, mine, '10.9.9.9:443'),
        socket('web', 'connect', 51, mine, there),
      ],
      [answer('web', 40, 'own.example', ['10.9.9.9', ip])],
    );
    expect(leaf('web')).toMatchObject({ external: true, scope: 'public', ip });
  });

  it('flag a random name with its figures, also when a candidate is the random one', () => {
    const { leaf } = networkCase(actors, [connect], [answer('web', 40, 'kq7x2m9v4tz.net', [ip])]);
    expect(leaf('web')).toMatchObject({ randomName: true });
    expect(leaf('web').randomDetail).toContain('36 % digits');
    const fronted = networkCase(actors, evidence.sni, [answer('web', 40, 'kq7x2m9v4tz.net', [ip])]);
    expect(fronted.leaf('web')).toMatchObject({ name: 'sni.example', randomName: true });
    expect(fronted.leaf('web').randomDetail).toMatch(/^candidate "kq7x2m9v4tz"/);
  });

  it('do not judge the generated names of pods', () => {
    const peerPod = { namespace: 'shop', name: 'zq7xkv4wj2bqxk9v' };
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, mine, '10.0.0.99:80', { peerPod }),
    ]);
    expect(leaf('web').randomName).toBe(false);
  });
});
