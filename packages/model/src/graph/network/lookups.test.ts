import { describe, expect, it } from 'vitest';
import { answer, networkCase, question, socket } from '../testing/networkCase.ts';

const actors = { web: { pod: 'shop/web' }, cart: { pod: 'shop/cart' }, same: { pod: 'shop/web' } };
const ip = '203.0.113.7';
const search = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

function rowsOf(lookups: readonly ReturnType<typeof answer>[], actor = 'web'): string[] {
  const { result, indexOf } = networkCase(actors, [], lookups);
  return (result().lookupsByProcess.get(indexOf(actor)) ?? []).map(
    (row) =>
      `${row.name} ×${row.count} distinct ${row.distinct} bytes ${row.decodedBytes} failed ${row.failed} tries ${row.tries} ${row.resolver}`,
  );
}

/** What a resolver with search domains does: every expansion fails, then the name itself is found. */
function expand(actor: string, name: string, from: number) {
  const asked = [...search.map((suffix) => `${name}.${suffix}`), name];
  return asked.flatMap((one, index) => [
    question(actor, from + index, one),
    answer(actor, from + index + 0.5, one, one === name ? [ip] : []),
  ]);
}

describe('lookups', () => {
  it('fold by registrable parent, with distinct labels and the bytes they could carry', () => {
    expect(
      rowsOf([
        question('web', 1, 'www.example.co.uk'),
        answer('web', 1.1, 'www.example.co.uk', [ip]),
        question('web', 2, 'api.eu.example.co.uk'),
        question('web', 3, 'api.eu.example.co.uk'),
        question('web', 4, 'example.co.uk'),
        question('web', 5, 'other.example'),
      ]),
    ).toEqual([
      'example.co.uk ×4 distinct 2 bytes 4 failed 0 tries 0 10.96.0.10:53',
      'other.example ×1 distinct 0 bytes 0 failed 0 tries 0 10.96.0.10:53',
    ]);
  });

  it('bear the name that was asked, when it is the only one of its domain', () => {
    expect(rowsOf([question('web', 1, 'api.eu.example.co.uk')])).toEqual([
      'api.eu.example.co.uk ×1 distinct 0 bytes 0 failed 0 tries 0 10.96.0.10:53',
    ]);
  });

  it('of services in the cluster stand by their names and are no tunnel, however many', () => {
    const discover = (many: number) =>
      rowsOf(
        Array.from({ length: many }, (_, index) =>
          question('web', index, `s${index}.shop.svc.cluster.local`),
        ),
      );
    expect(discover(2)).toEqual([
      's0.shop.svc.cluster.local ×1 distinct 0 bytes 0 failed 0 tries 0 10.96.0.10:53',
      's1.shop.svc.cluster.local ×1 distinct 0 bytes 0 failed 0 tries 0 10.96.0.10:53',
    ]);
    expect(discover(17)).toEqual([
      'cluster.local ×17 distinct 17 bytes 0 failed 0 tries 0 10.96.0.10:53',
    ]);
  });

  it('below a registered domain are summed, though it is called as if it were a cluster', () => {
    const names = ['a1.svc.evil.example', 'a2.svc.evil.example'];
    expect(rowsOf(names.map((name, at) => question('web', at, name)))).toEqual([
      'evil.example ×2 distinct 2 bytes 6 failed 0 tries 0 10.96.0.10:53',
    ]);
  });

  it('of a group list the first names, and count all', () => {
    const { result, indexOf } = networkCase(
      actors,
      [],
      Array.from({ length: 9 }, (_, index) => question('web', index, `n${index}.a.example`)),
    );
    const [row] = result().lookupsByProcess.get(indexOf('web')) ?? [];
    expect(row).toMatchObject({ name: 'a.example', nameCount: 9, distinct: 9 });
    expect(row?.names).toHaveLength(8);
  });

  it('show a tunnel: many labels below one parent, and what they carry', () => {
    const tunnel = Array.from({ length: 50 }, (_, index) =>
      question(
        'web',
        index,
        `${'0123456789abcdef'.repeat(2)}${index.toString(16).padStart(2, '0')}.t.example.net`,
      ),
    );
    // 34 hexadecimal digits and the letter t: base32 for all, 35 characters of 5 bits
    expect(rowsOf(tunnel)).toEqual([
      'example.net ×50 distinct 50 bytes 1050 failed 0 tries 0 10.96.0.10:53',
    ]);
  });

  it('count a question and its answer once, and equal facts once', () => {
    const asked = question('web', 1, 'a.example');
    const heard = answer('web', 1.1, 'a.example', [ip]);
    expect(rowsOf([asked, heard, heard, asked])).toEqual(rowsOf([asked]).map((row) => row));
    expect(rowsOf([heard])[0]).toMatch(/^a\.example ×1 /);
  });

  it('say which addresses were answered, and how often each failure was', () => {
    const refused = answer('web', 3, 'a.example', [], { rcode: 5 });
    const many = Array.from({ length: 10 }, (_, at) =>
      answer('web', 10 + at, 'many.example', [`203.0.113.${10 + at}`]),
    );
    const { result, indexOf } = networkCase(
      actors,
      [],
      [
        question('web', 1, 'a.example'),
        answer('web', 1.1, 'a.example', [ip]),
        answer('web', 2, 'a.example', [], { rcode: 3 }),
        answer('web', 4, 'a.example', [], { rcode: 3 }),
        refused,
        refused,
        ...many,
      ],
    );
    expect(result().lookupsByProcess.get(indexOf('web'))).toMatchObject([
      {
        failed: 3,
        failures: [
          { rcode: 3, count: 2 },
          { rcode: 5, count: 1 },
        ],
        addresses: [ip],
        addressCount: 1,
      },
      { failures: [], addresses: many.slice(0, 8).map(({ ips }) => ips[0]), addressCount: 10 },
    ]);
  });

  it('keep resolvers apart', () => {
    const foreign = answer('web', 2, 'a.example', [ip], { resolverIp: '8.8.8.8' });
    const six = answer('web', 2, 'a.example', [ip], { resolverIp: 'fd00::a' });
    const untold = answer('web', 2, 'a.example', [ip], { resolverIp: '' });
    expect(
      rowsOf([foreign, question('web', 1, 'a.example'), six, untold]).map(
        (row) => row.split(' tries 0 ')[1],
      ),
    ).toEqual(['', '10.96.0.10:53', '8.8.8.8:53', '[fd00::a]:53']);
  });

  it('keep processes apart', () => {
    const facts = [question('web', 1, 'a.example'), question('cart', 1, 'b.example')];
    expect(rowsOf(facts)).toHaveLength(1);
    expect(rowsOf(facts, 'cart')).toHaveLength(1);
  });
});

describe('search suffixes', () => {
  it('that the log shows are noise: their failures stand with the name that was meant, apart from its own answers', () => {
    expect(
      rowsOf([...expand('web', 'api.shop.example', 0), ...expand('web', 'www.news.example', 20)]),
    ).toEqual([
      'api.shop.example ×1 distinct 0 bytes 0 failed 0 tries 3 10.96.0.10:53',
      'www.news.example ×1 distinct 0 bytes 0 failed 0 tries 3 10.96.0.10:53',
    ]);
  });

  it('are noise for all processes of the pod that showed them, and for no other pod', () => {
    const shown = [
      ...expand('web', 'api.shop.example', 0),
      ...expand('web', 'www.news.example', 20),
    ];
    const one = expand('same', 'x.y.example', 40);
    expect(rowsOf([...shown, ...one], 'same')).toHaveLength(1);
    const other = expand('cart', 'x.y.example', 40);
    expect(rowsOf([...shown, ...other], 'cart').map((row) => row.split(' ')[0])).toEqual([
      'x.y.example',
      'x.y.example.cluster.local',
      'x.y.example.shop.svc.cluster.local',
      'x.y.example.svc.cluster.local',
    ]);
  });

  it('need two names: one coincidence makes no noise', () => {
    expect(rowsOf(expand('web', 'api.shop.example', 0)).map((row) => row.split(' ')[0])).toEqual([
      'api.shop.example',
      'api.shop.example.cluster.local',
      'api.shop.example.shop.svc.cluster.local',
      'api.shop.example.svc.cluster.local',
    ]);
  });

  it('never hide what resolved', () => {
    const shown = [
      ...expand('web', 'api.shop.example', 0),
      ...expand('web', 'www.news.example', 20),
    ];
    const real = [
      question('web', 50, 'pay'),
      answer('web', 51, 'pay.shop.svc.cluster.local', ['10.96.7.7']),
    ];
    expect(rowsOf([...shown, ...real]).map((row) => row.split(' ')[0])).toContain(
      'pay.shop.svc.cluster.local',
    );
  });

  it('never hide labels that were not asked for by themselves', () => {
    const shown = [
      ...expand('web', 'api.shop.example', 0),
      ...expand('web', 'www.news.example', 20),
    ];
    const tunnel = answer('web', 60, 'c2VjcmV0.cluster.local', []);
    expect(rowsOf([...shown, tunnel])).toContain(
      'c2VjcmV0.cluster.local ×1 distinct 0 bytes 0 failed 1 tries 0 10.96.0.10:53',
    );
  });
});

describe('lookups to a resolver that is not the cluster’s', () => {
  it.each([
    ['53', '8.8.8.8:53', 'UDP'],
    ['853', '9.9.9.9:853', 'TCP'],
    ['DoH', '1.1.1.1:443', 'TCP'],
  ])('stay connections: %s', (_, to, protocol) => {
    const { leaf } = networkCase(actors, [
      socket('web', 'connect', 1, '10.0.0.5:4000', to, { protocol }),
    ]);
    expect(leaf('web')).toMatchObject({ external: true, scope: 'public' });
  });

  it('are connections also when only the lookup was seen, once', () => {
    const foreign = [1, 2, 3].map((time) =>
      answer('web', time, 'a.example', [ip], { resolverIp: '8.8.8.8' }),
    );
    const { texts } = networkCase(actors, [], foreign);
    expect(texts('web')).toEqual(['outbound UDP 8.8.8.8:53 public ×1 0/0']);
    const both = networkCase(
      actors,
      [socket('web', 'connect', 1, '10.0.0.5:4000', '8.8.8.8:53', { protocol: 'UDP' })],
      foreign,
    );
    expect(both.leaf('web').count).toBe(1);
  });

  it('and lookups inside make no connection of their own', () => {
    const { leaves } = networkCase(actors, [], [question('web', 1, 'a.example')]);
    expect(leaves('web')).toEqual([]);
  });
});
