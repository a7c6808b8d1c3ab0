import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { casesAnswer } from '@forebear/model/wire/cases';
import { conversationsAnswer } from '@forebear/model/wire/conversations';
import { eventsAnswer, histogramAnswer } from '@forebear/model/wire/events';
import {
  clustersAnswer,
  namespacesAnswer,
  nodesAnswer,
  podsAnswer,
} from '@forebear/model/wire/inventory';
import { destinationsAnswer, lateralAnswer } from '@forebear/model/wire/network';
import { notALogBody, problemBody } from '@forebear/model/wire/problem';
import { ingestAnswer, sourceAnswer, sourcesAnswer } from '@forebear/model/wire/sources';
import {
  processAnswer,
  processesAnswer,
  treeColumns,
  treeObjects,
} from '@forebear/model/wire/tree';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeHere } from '../ingest/decoding.ts';
import { createIngestService } from '../ingest/service.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import { buildApp } from './app.ts';
import { allowedHosts } from './guard.ts';
import type { App } from './typedApp.ts';

const { lines, truth } = generateReverseShell(5);
const log = `${lines.join('\n')}\n`;
let app: App;
let port = 0;
let spoolDir = '';

beforeAll(async () => {
  spoolDir = await mkdtemp(join(tmpdir(), 'forebear-http-'));
  const now = () => nanos(BigInt(Date.now()) * 1_000_000n);
  const cases = openMemoryCases({ now });
  const ingest = createIngestService({
    cases,
    decoding: decodeHere,
    spoolDir,
    now,
    newId: randomUUID,
  });
  let hosts: ReadonlySet<string> = new Set();
  app = await buildApp({
    cases,
    ingest,
    hosts: () => hosts,
    now,
    newId: randomUUID,
    webRoot: undefined,
    sample: () => undefined,
    version: 'test',
    log: false,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  hosts = allowedHosts(port, []);
  const sent = await post('/api/v1/sources?name=lab.log', log, 'application/x-ndjson');
  if (sent.status !== 201) throw new Error(`the lab's log was refused: ${sent.text}`);
});

afterAll(async () => {
  await app.close();
  await rm(spoolDir, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  const headers = new Headers(init.headers);
  headers.set('x-forebear-client', 'test');
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const read = async (path: string): Promise<unknown> => JSON.parse((await ask(path)).text);

function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(path, { method: 'POST', body, headers: { 'content-type': type, ...headers } });
}

const crawler = `namespace=${truth.namespace}&pod=${truth.pod}`;

describe('every answer', () => {
  it.each([
    ['/api/v1/cases', casesAnswer],
    ['/api/v1/sources', sourcesAnswer],
    ['/api/v1/clusters', clustersAnswer],
    ['/api/v1/namespaces', namespacesAnswer],
    ['/api/v1/nodes', nodesAnswer],
    ['/api/v1/pods', podsAnswer],
    [`/api/v1/tree?${crawler}`, treeColumns],
    [`/api/v1/tree?${crawler}&agent=falco`, treeColumns],
    [`/api/v1/tree?${crawler}&format=objects`, treeObjects],
    [`/api/v1/tree?${crawler}&format=objects&fold=true`, treeObjects],
    [`/api/v1/tree?node=${truth.node}`, treeColumns],
    [`/api/v1/processes?execId=${encodeURIComponent(truth.lateShellExecId)}`, processesAnswer],
    ['/api/v1/events?limit=5', eventsAnswer],
    ['/api/v1/destinations', destinationsAnswer],
    ['/api/v1/lateral', lateralAnswer],
    ['/api/v1/conversations', conversationsAnswer],
    ['/api/v1/conversations?sort=-bytes&limit=7', conversationsAnswer],
    ['/api/v1/histogram?buckets=50', histogramAnswer],
  ])('of %s is what the contract says', async (path, schema) => {
    const { status, text } = await ask(path);
    expect(status).toBe(200);
    schema.parse(JSON.parse(text));
  });

  it('carries the security headers, whatever its status', async () => {
    for (const path of [
      '/',
      '/healthz',
      '/docs',
      '/api/v1/pods',
      '/api/v1/nothing',
      '/api/v1/tree',
      '/%zz',
      '/../etc/passwd',
    ]) {
      const { headers } = await ask(path);
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
      expect(headers.get('access-control-allow-origin'), path).toBeNull();
      expect(headers.get('server'), path).toBeNull();
    }
  });
});

describe('a tree that is cut', () => {
  it('says how many processes there are in all', async () => {
    const whole = treeColumns.parse(await read(`/api/v1/tree?${crawler}`));
    const last = whole.pod.lastSeen ?? '';
    const cut = treeColumns.parse(await read(`/api/v1/tree?${crawler}&from=${last}`));
    expect(cut.totals.returned).toBeLessThan(whole.totals.returned);
    expect(cut.totals.all).toBe(whole.totals.all);
  });
});

describe('a failure', () => {
  it.each([
    ['/api/v1/pods?case=nowhere', 404, 'unknown_case'],
    ['/api/v1/pods?case=../etc', 400, 'bad_request'],
    ['/api/v1/tree?namespace=a&pod=b', 404, 'unknown_pod'],
    ['/api/v1/tree?node=nowhere', 404, 'unknown_node'],
    ['/api/v1/tree', 400, 'bad_request'],
    [`/api/v1/tree?${crawler}&late=soon`, 400, 'bad_request'],
    [`/api/v1/tree?${crawler}&agent=spy`, 400, 'bad_request'],
    ['/api/v1/processes/nobody', 404, 'unknown_process'],
    ['/api/v1/events/nothing/raw', 404, 'unknown_event'],
    ['/api/v1/events?from=yesterday', 400, 'bad_request'],
    ['/api/v1/events?from=9999-01-01T00:00:00Z', 400, 'bad_request'],
    ['/api/v1/events?from=0001-01-01T00:00:00Z', 400, 'bad_request'],
    ['/api/v1/histogram?to=1500-01-01T00:00:00Z', 400, 'bad_request'],
    ['/api/v1/events?cursor=asc.9999999999999999999.1', 400, 'bad_request'],
    ['/api/v1/events?cursor=forged', 400, 'bad_request'],
    ['/api/v1/events?filter=proc.name%20=', 400, 'bad_filter'],
    ['/api/v1/pods?filter=proc.name%20!=%20nc', 400, 'not_supported_yet'],
    ['/api/v1/sources/nothing', 404, 'unknown_source'],
    ['/api/v1/sources/nothing/quarantine', 404, 'unknown_source'],
    ['/api/v1/horoscopes', 404, 'unknown_route'],
  ])('of %s is %i %s, and leaks nothing', async (path, status, code) => {
    const reply = await ask(path);
    expect([reply.status, problemBody.parse(JSON.parse(reply.text)).error.code]).toEqual([
      status,
      code,
    ]);
    expect(reply.text).not.toMatch(/node_modules|\.ts:|SQLITE|at Object/);
  });

  it('of a filter names the position', async () => {
    const { text } = await ask('/api/v1/pods?filter=proc.name%20=');
    expect(problemBody.parse(JSON.parse(text)).error.details).toEqual({ position: 11 });
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json\tx',
  ])('refuses a log sent as %s', async (type) => {
    const reply = await post('/api/v1/ingest', log.slice(0, 100), type);
    expect([reply.status, problemBody.parse(JSON.parse(reply.text)).error.code]).toEqual([
      415,
      'unsupported_content',
    ]);
  });

  it('tells what was found when a file is no log', async () => {
    const reply = await post(
      '/api/v1/sources?name=photo.jpg&case=photos',
      new Uint8Array(3000).fill(0xd8),
      'application/octet-stream',
    );
    const { error } = problemBody.parse(JSON.parse(reply.text));
    expect([reply.status, error.code]).toEqual([422, 'not_a_log']);
    expect(error.message).toContain('photo.jpg');
    expect(notALogBody.parse(JSON.parse(reply.text)).error.details.lines).toEqual([]);
  });
});

describe('a log on its way in', () => {
  it('adds only duplicates when it comes again', async () => {
    const { text } = await post('/api/v1/sources?name=again.log', log, 'application/x-ndjson');
    const { source } = sourceAnswer.parse(JSON.parse(text));
    expect(source.ledger).toMatchObject({ in: lines.length, duplicate: lines.length, stored: 0 });
  });

  it('has the id that its sender chose, once', async () => {
    const id = randomUUID();
    const first = await post(`/api/v1/sources?id=${id}&case=chosen`, log, 'application/x-ndjson');
    expect(sourceAnswer.parse(JSON.parse(first.text)).source.id).toBe(id);
    const second = await post(`/api/v1/sources?id=${id}&case=chosen`, log, 'application/x-ndjson');
    expect(second.status).toBe(409);
  });

  it('answers a push after commit, and the same key with the same answer', async () => {
    const body = `${lines[0]}\n`;
    const headers = { 'idempotency-key': 'k1' };
    const first = await post(
      '/api/v1/ingest?case=pushed&sender=node-1',
      body,
      'application/x-ndjson',
      headers,
    );
    expect(ingestAnswer.parse(JSON.parse(first.text)).ledger).toMatchObject({ in: 1, stored: 1 });
    const again = await post(
      '/api/v1/ingest?case=pushed&sender=node-1',
      body,
      'application/x-ndjson',
      headers,
    );
    expect(again.text).toBe(first.text);
    const other = await post(
      '/api/v1/ingest?case=pushed',
      `${lines[1]}\n`,
      'application/x-ndjson',
      headers,
    );
    expect(problemBody.parse(JSON.parse(other.text)).error.code).toBe('idempotency_mismatch');
  });
});

describe('evidence', () => {
  it('comes back byte for byte, as a download that no browser runs', async () => {
    const events = eventsAnswer.parse(await read('/api/v1/events?limit=1'));
    const id = events.items[0]?.id ?? '';
    const { headers, text } = await ask(`/api/v1/events/${id}/raw`);
    expect(lines).toContain(text);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(Number(headers.get('x-forebear-line'))).toBeGreaterThan(0);
  });

  it('leads from the late shell to its reason', async () => {
    const found = processesAnswer.parse(
      await read(`/api/v1/processes?execId=${encodeURIComponent(truth.lateShellExecId)}`),
    );
    const shell = processAnswer.parse(await read(`/api/v1/processes/${found.items[0]?.ref}`));
    expect(shell.flags.map(({ code }) => code)).toContain('late_new');
  });
});

describe('the guard before everything', () => {
  const raw = (headers: Record<string, string>, path = '/api/v1/pods') =>
    new Promise<number>((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port, path, headers, setHost: false },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      call.on('error', reject);
      call.end();
    });

  it('answers 421 to a foreign Host on every kind of route', async () => {
    for (const path of [
      '/',
      '/healthz',
      '/docs',
      '/assets/x.js',
      '/api/v1/pods',
      '/api/v1/stream',
      '/%zz',
    ]) {
      expect(await raw({ host: 'evil.test', 'x-forebear-client': '1' }, path), path).toBe(421);
    }
  });

  it('answers 403 to another site, another origin, and a caller without the header', async () => {
    const host = `127.0.0.1:${port}`;
    expect(await raw({ host, 'sec-fetch-site': 'cross-site', 'x-forebear-client': '1' })).toBe(403);
    expect(await raw({ host, origin: 'http://evil.test', 'x-forebear-client': '1' })).toBe(403);
    expect(await raw({ host })).toBe(403);
    expect(await raw({ host, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });
});

const openApi = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});
/** Pages and probes, and the document itself. */
const unpublished = new Set([
  'GET /',
  'GET /docs',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /api/v1/openapi.json',
]);

/** The calls in the router's own drawing of them: `└── /:case (GET, HEAD, DELETE)`, four columns a level. */
function routesOf(drawing: string): string[] {
  const path: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] =
      /^([│ ]*)[└├]── (\S+) \((.*)\)$/.exec(line) ?? [];
    if (part === '') return [];
    path.splice(indent.length / 4);
    path.push(part);
    const whole = path.join('').replaceAll(/:(\w+)/g, '{$1}');
    const named = methods.split(', ').filter((method) => method !== 'HEAD');
    return named.map((method) => `${method} ${whole}`);
  });
}

describe('the published contract', () => {
  it('is OpenAPI 3.1 with every call that exists, and no other', async () => {
    const document = openApi.parse(await read('/api/v1/openapi.json'));
    const published = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const existing = routesOf(app.printRoutes({ commonPrefix: false }));
    expect(existing).toContain('GET /api/v1/destinations');
    expect(existing.filter((call) => !unpublished.has(call)).sort()).toEqual(published.sort());
    expect([...unpublished].filter((call) => !existing.includes(call))).toEqual([]);
  });
});

describe('the stream', () => {
  it('tells the pulse at once and the open pod when it changes', async () => {
    await post(
      '/api/v1/ingest?case=live&sender=node-1',
      `${lines.slice(0, 400).join('\n')}\n`,
      'application/x-ndjson',
    );
    const pods = podsAnswer.parse(await read('/api/v1/pods?case=live'));
    const item = pods.items.find(({ kind }) => kind === 'pod');
    const abort = new AbortController();
    const response = await fetch(
      `http://127.0.0.1:${port}/api/v1/stream?case=live&namespace=${item?.namespace}&pod=${item?.pod}`,
      {
        headers: { 'x-forebear-client': 'test' },
        signal: abort.signal,
      },
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const sent = post(
      '/api/v1/ingest?case=live&sender=node-1',
      `${lines.slice(400).join('\n')}\n`,
      'application/x-ndjson',
    );
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: upsert')) break;
    }
    await sent;
    abort.abort();
    expect(text).toContain('event: stats');
    expect(text).toContain('event: upsert');
  });
});
