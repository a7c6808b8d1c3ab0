import { connect } from 'node:net';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Page } from '@playwright/test';
import { attack } from './harness/attack.ts';
import { type ForeignSite, openForeignSite } from './harness/foreignSite.ts';
import { openRebinder } from './harness/rebinder.ts';
import { allCalls } from './harness/routes.ts';
import { test as base, expect, serveThisFile } from './harness/test.ts';

/** A page of another browser, in which names lead where a resolver rule says. It is no page of ours: nobody watches it. */
const test = base.extend<{ browserThatBelieves: (rule: string) => Promise<Page> }>({
  browserThatBelieves: async ({ playwright, launchOptions }, provide) => {
    const closing: (() => Promise<void>)[] = [];
    await provide(async (rule) => {
      const args = [...(launchOptions.args ?? []), rule];
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      closing.push(() => browser.close());
      return browser.newPage();
    });
    for (const close of closing) await close();
  },
});

const serving = serveThisFile();
const line = generateReverseShell(7).lines.find((one) => one.startsWith('{"process_exec"')) ?? '';

let elsewhere: ForeignSite;
test.beforeAll(async () => {
  await serving().loadSample('default', 'reverse-shell');
  elsewhere = await openForeignSite();
});
test.afterAll(() => elsewhere.close());

/** All that a stranger could have changed. */
async function stored(): Promise<string> {
  const cases = await serving().read('/api/v1/cases');
  return cases + (await serving().read('/api/v1/sources'));
}

/**
 * What the server has answered to each request of a page so far. From below the page: the browser hides from it, and from
 * its console, the answers that it blocks.
 */
async function answersTo(page: Page, origin: string): Promise<() => readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const asked = new Map<string, string>();
  const statuses: { readonly id: string; readonly status: number }[] = [];
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith(origin)) asked.set(requestId, `${request.method} ${request.url}`);
  });
  // The two kinds of message come in any order.
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    statuses.push({ id: requestId, status: statusCode });
  });
  return () =>
    statuses.flatMap(({ id, status }) => {
      const what = asked.get(id);
      return what === undefined ? [] : [`${status} ${what}`];
    });
}

for (const host of ['127.0.0.1', 'evil.test']) {
  test(`a page of ${host} on another port can change nothing and read nothing`, async ({
    browserThatBelieves,
  }) => {
    const { origin } = serving();
    const before = await stored();
    const page = await browserThatBelieves('--host-resolver-rules=MAP evil.test 127.0.0.1');
    const answers = await answersTo(page, origin);
    await page.goto(`http://${host}:${elsewhere.port}/`);
    const read = await page.evaluate(attack, { server: origin, body: line });
    expect(read).toEqual([]);
    const answered = answers();
    // It did reach the server: with reads, and with writes that ask nobody first.
    expect(answered.filter((one) => one.includes(' GET ')).length).toBeGreaterThan(5);
    expect(answered.filter((one) => one.includes(' POST ')).length).toBeGreaterThan(15);
    expect(answered.filter((one) => !one.startsWith('403 '))).toEqual([]);
    expect(await stored()).toBe(before);
  });
}

test('a rebound name gets nothing but a refusal, on every call there is', async ({
  browserThatBelieves,
}) => {
  const calls = await allCalls(serving());
  expect(calls.length).toBeGreaterThan(30);
  const before = await stored();
  const rebinder = await openRebinder('evil.test', serving().server.port);
  try {
    const page = await browserThatBelieves(rebinder.resolverRule);
    await page.goto(`${rebinder.origin}/`);
    await expect(page).toHaveTitle('evil');
    rebinder.rebind();
    const answers = await page.evaluate(async (all) => {
      const got: string[] = [];
      for (const { method, path } of all) {
        const headers = { 'x-forebear-client': 'evil', 'content-type': 'application/json' };
        const answer = await fetch(path, { method, headers, body: method === 'GET' ? null : '{}' });
        got.push(`${answer.status} ${await answer.text()}`);
      }
      return got;
    }, calls);
    expect(answers).toHaveLength(calls.length);
    // One sentence, the same for all: not a byte of what is stored, nor whether anything is.
    const refusal = JSON.stringify({
      error: {
        code: 'wrong_host',
        message: 'This server answers only under its own address.',
        retryable: false,
      },
    });
    expect([...new Set(answers)]).toEqual([`421 ${refusal}`]);
    const document = await page.goto(`${rebinder.origin}/`);
    expect(document?.status()).toBe(421);
  } finally {
    await rebinder.close();
  }
  expect(await stored()).toBe(before);
});

test('thirty foreign ways to write the host are refused over a plain socket', async () => {
  const { port } = serving().server;
  const foreign = [
    [],
    ['Host:'],
    ['Host: '],
    [`Host: evil.test:${port}`],
    ['Host: evil.test'],
    ['Host: 127.0.0.1'],
    ['Host: localhost'],
    [`Host: 127.0.0.1:${port + 1}`],
    ['Host: 127.0.0.1:80'],
    [`Host: 127.0.0.1:0${port}`],
    [`Host: 127.0.0.1:${port}.evil.test`],
    [`Host: evil.test@127.0.0.1:${port}`],
    [`Host: 127.0.0.1:${port}@evil.test`],
    [`Host: 127.0.0.1:${port}, evil.test`],
    [`Host: 127.0.0.1:${port}/`],
    [`Host: http://127.0.0.1:${port}`],
    [`Host: 127.1:${port}`],
    [`Host: 0.0.0.0:${port}`],
    [`Host: 2130706433:${port}`],
    [`Host: 0x7f000001:${port}`],
    [`Host: 0177.0.0.1:${port}`],
    [`Host: 127.0.0.2:${port}`],
    [`Host: 127.0.0.1.:${port}`],
    [`Host: localhost.:${port}`],
    [`Host: localhost.localdomain:${port}`],
    [`Host: 127.0.0.1.nip.io:${port}`],
    [`Host: [::1%25lo]:${port}`],
    [`Host: [::]:${port}`],
    [`Host: [::ffff:127.0.0.1]:${port}`],
    [`Host: ::1:${port}`],
    [`Host: [::1]`],
    [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`],
    [`Host: 127.0.0.1:${port}`, 'Host: evil.test'],
    ['Host: evil.test', `Host: 127.0.0.1:${port}`],
    [`Host: evil.test:${port}`, `X-Forwarded-Host: 127.0.0.1:${port}`],
    [`Host: ſocalhost:${port}`],
  ];
  expect(foreign.length).toBeGreaterThanOrEqual(30);
  for (const headers of foreign) {
    for (const path of ['/', '/api/v1/cases', '/metrics']) {
      const answer = await rawRequest(port, `GET ${path} HTTP/1.1`, headers);
      // Two hosts or none are malformed to the parser itself, before any code of ours.
      expect(answer, `${path} with ${headers.join(' and ')}`).toMatch(/^HTTP\/1\.1 4(?:21|00) /);
      expect(answer).not.toContain('Forebear');
      expect(answer).not.toContain('events');
    }
  }
  const absolute = await rawRequest(port, `GET http://evil.test:${port}/ HTTP/1.1`, [
    `Host: 127.0.0.1:${port}`,
  ]);
  expect(absolute).toMatch(/^HTTP\/1\.1 4(?:21|00) /);
  for (const own of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
    const answer = await rawRequest(port, 'GET / HTTP/1.1', [`Host: ${own}:${port}`]);
    expect(answer, own).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test('every answer carries the security headers, refusals included', async () => {
  const { origin, server } = serving();
  const calls = [
    ...(await allCalls(serving())),
    { method: 'GET', path: '/nothing/here.js' },
    { method: 'GET', path: '/api/v1/nothing' },
    { method: 'GET', path: '/api/v1/tree?namespace=%00&pod=x' },
    { method: 'GET', path: '/api/v1/pods?filter=(' },
    { method: 'PATCH', path: '/api/v1/cases' },
    { method: 'OPTIONS', path: '/api/v1/ingest' },
    { method: 'GET', path: '/%2e%2e/%2e%2e/etc/passwd' },
  ];
  const seen = new Set<number>();
  for (const { method, path } of calls) {
    const abort = new AbortController();
    const answer = await fetch(origin + path, {
      method,
      headers: { 'x-forebear-client': 'e2e', 'content-type': 'application/json' },
      ...(method === 'GET' || method === 'OPTIONS' ? {} : { body: '{}' }),
      signal: abort.signal,
    });
    seen.add(answer.status);
    expectSecure(`${method} ${path} (${answer.status})`, answer.headers);
    // The stream never ends by itself.
    abort.abort();
  }
  const bare = await fetch(`${origin}/api/v1/cases`);
  seen.add(bare.status);
  expectSecure('without the client header', bare.headers);
  const [head = ''] = (await rawRequest(server.port, 'GET / HTTP/1.1', ['Host: evil.test'])).split(
    '\r\n\r\n',
  );
  const refused = new Headers(
    head
      .split('\r\n')
      .slice(1)
      .map((one): [string, string] => [
        one.slice(0, one.indexOf(':')),
        one.slice(one.indexOf(':') + 1).trim(),
      ]),
  );
  expectSecure('of a foreign host', refused);
  for (const status of [200, 400, 403, 404]) expect([...seen]).toContain(status);
});

function expectSecure(what: string, headers: Headers): void {
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy, what).toContain("default-src 'none'");
  expect(policy, what).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get('x-content-type-options'), what).toBe('nosniff');
  expect(headers.get('referrer-policy'), what).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy'), what).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy'), what).toBe('same-origin');
  expect(headers.get('x-frame-options'), what).toBe('DENY');
  expect(headers.get('access-control-allow-origin'), what).toBeNull();
  expect(headers.get('server'), what).toBeNull();
  expect(headers.get('x-powered-by'), what).toBeNull();
}

/** Sends a request as it is written, and answers with all that came back before the server closed. */
function rawRequest(port: number, request: string, headers: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(10_000, () => socket.destroy(new Error(`No answer to ${headers.join()}`)));
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write([request, ...headers, 'Connection: close', '', ''].join('\r\n'));
  });
}
