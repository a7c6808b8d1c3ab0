import { describe, expect, it } from 'vitest';
import type { Scope } from '../leafWords.ts';
import { answer, listen, networkCase, socket } from '../testing/networkCase.ts';
import { readAddress } from './address.ts';
import { type ScopeEvidence, scopeOf } from './scope.ts';

const nothing: ScopeEvidence = {
  holder: { kind: 'none', netspace: -1, shared: false },
  peerPod: false,
  answersLookups: false,
  isService: false,
  isApiServer: false,
};

describe('scopeOf, by the digits alone', () => {
  it.each<[Scope, string]>([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.8.9.10'],
    ['loopback', '::1'],
    ['loopback', '::1%lo'],
    ['loopback', '::ffff:127.0.0.1'],
    ['loopback', '0.0.0.0'],
    ['metadata', '169.254.169.254'],
    ['metadata', '::ffff:169.254.169.254'],
    ['metadata', 'fd00:ec2::254'],
    ['metadata', 'fd00:0ec2:0:0:0:0:0:254'],
    ['metadata', '169.254.170.2'],
    ['metadata', '169.254.170.23'],
    ['metadata', '168.63.129.16'],
    ['metadata', '100.100.100.200'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['private', '100.64.0.1'],
    ['private', '100.127.255.255'],
    ['private', '169.254.20.20'],
    ['private', 'fc00::1'],
    ['private', 'fd12:3456::1'],
    ['private', 'fe80::1%eth0'],
    ['private', '::ffff:10.0.0.1'],
    ['private', ''],
    ['private', '::1:54321'],
    ['private', 'not an address'],
    ['public', '8.8.8.8'],
    ['public', '172.32.0.1'],
    ['public', '100.128.0.1'],
    ['public', '192.0.2.1'],
    ['public', '198.51.100.1'],
    ['public', '203.0.113.1'],
    ['public', '2001:db8::1'],
    ['public', '2606:4700::1111'],
    ['public', '::ffff:203.0.113.1'],
  ])('%s: %s', (scope, text) => {
    expect(scopeOf(readAddress(text), 443, nothing)).toBe(scope);
  });

  it('never calls a public address dns, service or api_server', () => {
    const all = { ...nothing, answersLookups: true, isService: true, isApiServer: true };
    expect(scopeOf(readAddress('8.8.8.8'), 53, all)).toBe('public');
  });

  it('calls a public address the pod that holds it: some clusters number pods so', () => {
    const holder = { kind: 'pod', netspace: 1, shared: false } as const;
    expect(scopeOf(readAddress('2606:4700::5'), 443, { ...nothing, holder })).toBe('pod');
  });
});

const actors = {
  web: { pod: 'shop/web', start: 0, end: 100 },
  cart: { pod: 'shop/cart', start: 0, end: 100 },
  proxy: { pod: 'mesh/proxy', start: 0, end: 100 },
  kubelet: {},
  otherWeb: { pod: 'shop/web', cluster: 'west', start: 0 },
};
const mine = '10.0.0.5:40000';
const outside = '203.0.113.7:443';

/** The scope of what `web` calls at 50 s. */
function scopeOfCall(
  to: string,
  before: readonly ReturnType<typeof socket>[] = [],
  lookups: readonly ReturnType<typeof answer>[] = [],
): string {
  const { leaves } = networkCase(
    actors,
    [...before, socket('web', 'connect', 50, mine, to)],
    lookups,
  );
  const port = Number(to.slice(to.lastIndexOf(':') + 1));
  return leaves('web').find((leaf) => leaf.port === port)?.scope ?? '';
}

describe('scope, learned', () => {
  it('external is public, and nothing else', () => {
    const { leaves } = networkCase(actors, [
      socket('web', 'connect', 1, mine, outside),
      socket('web', 'connect', 2, mine, '10.1.1.1:80'),
      socket('web', 'connect', 3, mine, '169.254.169.254:80'),
    ]);
    expect(leaves('web').map(({ scope, external }) => [scope, external])).toEqual([
      ['public', true],
      ['private', false],
      ['metadata', false],
    ]);
  });

  it('pod: an address that a pod used as its own end of a connect or a listen', () => {
    expect(scopeOfCall('10.0.0.9:80')).toBe('private');
    expect(
      scopeOfCall('10.0.0.9:80', [socket('cart', 'connect', 1, '10.0.0.9:5000', outside)]),
    ).toBe('pod');
    expect(scopeOfCall('10.0.0.9:80', [listen('cart', 1, '10.0.0.9', 80)])).toBe('pod');
  });

  it('never from an accept: its ends may be swapped', () => {
    const swapped = socket('cart', 'accept', 1, '10.0.0.77:50000', '10.0.0.78:80');
    expect(scopeOfCall('10.0.0.77:80', [swapped])).toBe('private');
    expect(scopeOfCall('10.0.0.78:80', [swapped])).toBe('private');
  });

  it('never from a loopback or wildcard listener', () => {
    expect(scopeOfCall('127.0.0.1:80', [listen('cart', 1, '127.0.0.1', 80)])).toBe('loopback');
    expect(scopeOfCall('10.0.0.9:80', [listen('cart', 1, '0.0.0.0', 80)])).toBe('private');
  });

  it('pod: what the agent says is a pod', () => {
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, mine, '10.0.0.99:80', {
        peerPod: { namespace: 'shop', name: 'pay' },
      }),
    ]);
    expect(leaf('web')).toMatchObject({
      scope: 'pod',
      name: 'shop/pay',
      nameEvidence: 'pod_address',
    });
  });

  it('pod: by its name alone where its namespace is not told', () => {
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, mine, '10.0.0.99:80', {
        peerPod: { namespace: '', name: 'pay' },
      }),
    ]);
    expect(leaf('web')).toMatchObject({ name: 'pay', nameEvidence: 'pod_address' });
  });

  it('node: an address of a host process', () => {
    expect(
      scopeOfCall('172.18.0.2:10250', [
        socket('kubelet', 'connect', 1, '172.18.0.2:5000', outside),
      ]),
    ).toBe('node');
  });

  it('node: an address local to two pods at once, whose legs add no bytes', () => {
    const { texts, leaves } = networkCase(actors, [
      socket('cart', 'connect', 1, '10.0.0.9:5000', outside, { cookie: 'a' }),
      socket('cart', 'close', 2, '10.0.0.9:5000', outside, { cookie: 'a', sent: 10, received: 10 }),
      socket('proxy', 'connect', 1, '10.0.0.9:5000', outside, { cookie: 'b' }),
      socket('proxy', 'close', 2, '10.0.0.9:5000', outside, {
        cookie: 'b',
        sent: 10,
        received: 10,
      }),
      socket('web', 'connect', 3, mine, '10.0.0.9:80'),
    ]);
    expect(leaves('web')[0]?.scope).toBe('node');
    expect(texts('cart')).toEqual(['outbound TCP 203.0.113.7:443 public ×1 0/0']);
    expect(texts('proxy')).toEqual(['outbound TCP 203.0.113.7:443 public ×1 0/0']);
    expect(leaves('cart')[0]?.nameDetail).toContain('bytes of 1 not added');
  });

  it('node: pods on the host network keep their bytes, for host processes have the address too', () => {
    const { texts } = networkCase(actors, [
      socket('kubelet', 'connect', 1, '172.18.0.2:4000', outside),
      socket('cart', 'close', 2, '172.18.0.2:5000', outside, {
        cookie: 'a',
        sent: 10,
        received: 10,
      }),
      socket('cart', 'connect', 1, '172.18.0.2:5000', outside, { cookie: 'a' }),
      socket('proxy', 'connect', 1, '172.18.0.2:5001', outside, { cookie: 'b' }),
    ]);
    expect(texts('cart')).toEqual(['outbound TCP 203.0.113.7:443 public ×1 10/10']);
  });

  it('as of the time: an address passes from a pod that ended to the next', () => {
    const { leaves } = networkCase(
      {
        ...actors,
        old: { pod: 'shop/old', start: 0, end: 10 },
        young: { pod: 'shop/young', start: 20, end: 90 },
      },
      [
        socket('old', 'connect', 5, '10.0.0.9:5000', outside),
        socket('young', 'connect', 25, '10.0.0.9:5000', outside),
        socket('web', 'connect', 6, mine, '10.0.0.9:81'),
        socket('web', 'connect', 15, mine, '10.0.0.9:82'),
        socket('web', 'connect', 30, mine, '10.0.0.9:83'),
      ],
    );
    expect(leaves('web').map((leaf) => leaf.name)).toEqual(['shop/old', 'shop/old', 'shop/young']);
  });

  it('per cluster: the same address elsewhere says nothing', () => {
    const held = socket('otherWeb', 'connect', 1, '10.0.0.9:5000', outside);
    expect(scopeOfCall('10.0.0.9:80', [held])).toBe('private');
  });

  it('dns: port 53 in the cluster, or where the log shows answers coming from', () => {
    expect(scopeOfCall('10.96.0.10:53')).toBe('dns');
    expect(scopeOfCall('8.8.8.8:53')).toBe('public');
    expect(scopeOfCall('10.96.0.10:5353')).toBe('private');
    const heard = answer('web', 1, 'a.example', ['203.0.113.7'], { resolverPort: 5353 });
    expect(scopeOfCall('10.96.0.10:5353', [], [heard])).toBe('dns');
  });

  it('service: a cluster name was answered with an address that is never local to anything', () => {
    const named = answer('cart', 1, 'pay.shop.svc.cluster.local', ['10.96.7.7']);
    expect(scopeOfCall('10.96.7.7:80', [], [named])).toBe('service');
    const own = socket('cart', 'connect', 1, '10.96.7.7:5000', outside);
    expect(scopeOfCall('10.96.7.7:80', [own], [named])).toBe('pod');
  });

  it('service: not by the word of a resolver outside, nor of a name that only holds `svc`', () => {
    const foreign = answer('cart', 1, 'pay.shop.svc.cluster.local', ['10.96.7.7'], {
      resolverIp: '8.8.8.8',
    });
    expect(scopeOfCall('10.96.7.7:80', [], [foreign])).toBe('private');
    const other = answer('cart', 1, 'svc.shop.example', ['10.96.7.7']);
    expect(scopeOfCall('10.96.7.7:80', [], [other])).toBe('private');
    const outsideIp = answer('cart', 1, 'pay.shop.svc.cluster.local', ['203.0.113.9']);
    expect(scopeOfCall('203.0.113.9:80', [], [outsideIp])).toBe('public');
  });

  it('service: conversations with it are accepted elsewhere', () => {
    expect(
      scopeOfCall('10.96.7.7:80', [
        listen('cart', 0, '0.0.0.0', 8080),
        socket('cart', 'accept', 50.001, mine, '10.0.0.9:8080'),
      ]),
    ).toBe('service');
  });

  it('api_server: named so, or port 443 of the block where the resolver is the tenth', () => {
    const named = answer('web', 1, 'kubernetes.default.svc.cluster.local', ['10.43.0.1']);
    expect(scopeOfCall('10.43.0.1:443', [], [named])).toBe('api_server');
    expect(scopeOfCall('10.96.0.1:443')).toBe('private');
    const asked = socket('cart', 'connect', 1, '10.0.0.9:5000', '10.96.0.10:53', {
      protocol: 'UDP',
    });
    expect(scopeOfCall('10.96.0.1:443', [asked])).toBe('api_server');
    expect(scopeOfCall('10.96.0.1:80', [asked])).toBe('private');
    expect(scopeOfCall('10.96.1.1:443', [asked])).toBe('private');
  });

  it('does not let a process that left its container turn the pod address into the node', () => {
    const { leaves } = networkCase({ ...actors, escaped: { parent: 'cart' } }, [
      socket('cart', 'connect', 1, '10.0.0.9:5000', outside),
      socket('escaped', 'connect', 2, '10.0.0.9:5001', outside),
      socket('web', 'connect', 3, mine, '10.0.0.9:80'),
    ]);
    expect(leaves('web')[0]?.scope).toBe('pod');
  });
});
