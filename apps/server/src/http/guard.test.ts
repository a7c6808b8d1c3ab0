import { describe, expect, it } from 'vitest';
import { allowedHosts, guardRequest } from './guard.ts';

const rules = { hosts: allowedHosts(4747, ['forebear.lab']) };

function verdictOf(
  headers: readonly (readonly [string, string])[],
  { method = 'GET', target = '/api/v1/pods' } = {},
) {
  const verdict = guardRequest({ method, target, rawHeaders: headers.flat() }, rules);
  return verdict.ok ? 'pass' : verdict.code;
}

const own: readonly [string, string] = ['Host', '127.0.0.1:4747'];
const client: readonly [string, string] = ['X-Forebear-Client', 'test'];

describe('the Host allow-list', () => {
  it.each([
    '127.0.0.1:4747',
    'localhost:4747',
    'LOCALHOST:4747',
    '[::1]:4747',
    'forebear.lab:4747',
  ])('knows itself as %s', (host) => {
    expect(verdictOf([['Host', host], client])).toBe('pass');
  });

  it.each([
    'evil.test:4747',
    'evil.test',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:80',
    '127.0.0.1:47470',
    '127.0.0.1:4747.',
    '127.0.0.1.:4747',
    'localhost.:4747',
    'localhost.evil.test:4747',
    '127.0.0.1.nip.io:4747',
    '127.0.0.1.evil.test:4747',
    '0.0.0.0:4747',
    '127.1:4747',
    '127.0.1:4747',
    '2130706433:4747',
    '0x7f000001:4747',
    '0177.0.0.1:4747',
    '127.0.0.2:4747',
    '[::]:4747',
    '[::ffff:127.0.0.1]:4747',
    '[::1%lo]:4747',
    '[0:0:0:0:0:0:0:1]:4747',
    '::1:4747',
    ' 127.0.0.1:4747',
    '127.0.0.1:4747 ',
    '127.0.0.1:4747,evil.test',
    'evil.test@127.0.0.1:4747',
    '127.0.0.1:4747/evil',
    'localhost:04747',
    'xn--lcalhost-fsd:4747',
    '',
  ])('refuses the foreign form %j', (host) => {
    expect(verdictOf([['Host', host], client])).toBe('wrong_host');
  });

  it('refuses a missing and a doubled Host', () => {
    expect(verdictOf([client])).toBe('wrong_host');
    expect(verdictOf([own, own, client])).toBe('wrong_host');
    expect(verdictOf([own, ['host', 'evil.test'], client])).toBe('wrong_host');
  });

  it('refuses an absolute request target, whatever Host says', () => {
    expect(verdictOf([own, client], { target: 'http://evil.test/api/v1/pods' })).toBe('wrong_host');
    expect(verdictOf([own, client], { target: '//evil.test/api' })).toBe('wrong_host');
    expect(verdictOf([own, client], { target: '*', method: 'OPTIONS' })).toBe('wrong_host');
  });
});

describe('calls from other pages', () => {
  it.each(['cross-site', 'same-site', 'none', 'Same-Origin', ''])(
    'are refused under /api when Sec-Fetch-Site says %j',
    (site) => {
      expect(verdictOf([own, client, ['Sec-Fetch-Site', site]])).toBe('cross_site');
    },
  );

  it('pass from our own page without the client header', () => {
    expect(verdictOf([own, ['Sec-Fetch-Site', 'same-origin']])).toBe('pass');
  });

  it('need the client header when no browser vouches for them', () => {
    expect(verdictOf([own])).toBe('missing_client_header');
    expect(verdictOf([own], { target: '/%61pi/v1/pods' })).toBe('missing_client_header');
    expect(verdictOf([own], { target: '/API/v1/pods' })).toBe('missing_client_header');
    expect(verdictOf([own], { target: '/%zz' })).toBe('missing_client_header');
  });

  it('are refused with a foreign, opaque or doubled Origin', () => {
    expect(verdictOf([own, client, ['Origin', 'http://evil.test']])).toBe('cross_site');
    expect(verdictOf([own, client, ['Origin', 'null']])).toBe('cross_site');
    expect(verdictOf([own, client, ['Origin', 'https://127.0.0.1:4747']])).toBe('cross_site');
    const mine: readonly [string, string] = ['Origin', 'http://127.0.0.1:4747'];
    expect(verdictOf([own, client, mine])).toBe('pass');
    expect(verdictOf([own, client, mine, mine])).toBe('cross_site');
  });
});

describe('opening the page', () => {
  const typed: readonly (readonly [string, string])[] = [
    own,
    ['Sec-Fetch-Site', 'none'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Dest', 'document'],
  ];

  it('works from the address bar and bookmarks, deep links too', () => {
    expect(verdictOf(typed, { target: '/' })).toBe('pass');
    expect(verdictOf(typed, { target: '/c/default/p/ns/pod?n=abc' })).toBe('pass');
  });

  it('never serves data to a navigation', () => {
    expect(verdictOf(typed, { target: '/api/v1/pods' })).toBe('cross_site');
  });

  it('does not let another site link, frame or embed anything', () => {
    for (const dest of ['document', 'iframe', 'image', 'script']) {
      const headers: readonly (readonly [string, string])[] = [
        own,
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'navigate'],
        ['Sec-Fetch-Dest', dest],
      ];
      expect(verdictOf(headers, { target: '/' })).toBe('cross_site');
    }
  });

  it('answers probes that no browser sends', () => {
    expect(verdictOf([own], { target: '/healthz' })).toBe('pass');
    expect(verdictOf([own, ['Sec-Fetch-Site', 'cross-site']], { target: '/metrics' })).toBe(
      'cross_site',
    );
  });
});
