import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { problemBody } from '@forebear/model/wire/problem';
import { sourcesAnswer } from '@forebear/model/wire/sources';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Decoding, openStream, reportOf } from '../ingest/decoding.ts';
import { createIngestService } from '../ingest/service.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import {
  type Cases,
  type EvidenceStore,
  type FactStore,
  type Queries,
  StorageFull,
} from '../store/ports.ts';
import { buildApp } from './app.ts';
import { allowedHosts } from './guard.ts';
import type { App } from './typedApp.ts';

const now = () => nanos(1_000_000_000n);
const log = `${generateReverseShell(5).lines.join('\n')}\n`;
const apps: App[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

interface Served {
  readonly app: App;
  readonly port: number;
  readonly ask: (method: string, path: string, body?: string) => Promise<Response>;
  /** The server's own log. */
  readonly lines: readonly string[];
}

/** Each chunk is a batch: the store is asked while the body is still on its way. */
const decodeAtOnce: Decoding = {
  async *decode(chunks, options) {
    const stream = openStream(options);
    for await (const chunk of chunks) {
      const batches = [...stream.push(chunk), ...stream.flush()];
      yield { batches, isLast: false, report: reportOf(stream) };
    }
    yield { batches: stream.end(), isLast: true, report: reportOf(stream) };
  },
  async close() {},
};

/** The application over these cases, on a socket: only there everything stands that a caller meets. */
async function serve(cases: Cases): Promise<Served> {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  };
  const ingest = createIngestService({
    cases,
    decoding: decodeAtOnce,
    spoolDir: tmpdir(),
    now,
    newId,
  });
  let hosts: ReadonlySet<string> = new Set();
  const lines: string[] = [];
  const app = await buildApp({
    cases,
    ingest,
    hosts: () => hosts,
    now,
    newId,
    webRoot: undefined,
    sample: () => ({ title: 'x', body: once(log) }),
    version: 'test',
    log: true,
    logTo: { write: (line) => lines.push(line) },
  });
  apps.push(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  hosts = allowedHosts(port, []);
  const ask: Served['ask'] = (method, path, body) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        'x-forebear-client': 'test',
        ...(body === undefined ? {} : { 'content-type': bodyType(body) }),
      },
      ...(body === undefined ? {} : { body }),
    });
  return { app, port, ask, lines };
}

function bodyType(body: string): string {
  return body.includes('\n') ? 'application/x-ndjson' : 'application/json';
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** What must not get out: a path, a code, a statement, a name of ours. */
const secret = '/srv/forebear-secret/cases/default.db';
const broken = (): never => {
  throw new Error(`SQLITE_IOERR: disk I/O error at ${secret}: SELECT * FROM processes`);
};

/** Whatever is called of it throws. */
function brokenMethods<T extends object>(): T {
  const methods: unknown = new Proxy({}, { get: () => broken });
  // Stands for any port: every name it is asked for is a method that throws.
  return methods as T;
}

/** A shelf of which everything fails, or only what is asked of a case. */
function brokenCases(where: 'shelf' | 'case'): Cases {
  const facts: FactStore = brokenMethods();
  const evidence: EvidenceStore = brokenMethods();
  const queries: Queries = brokenMethods();
  const open: Cases['open'] = async () => {
    if (where === 'shelf') return broken();
    return { ok: true, value: { facts, evidence, queries } };
  };
  const shelf: Omit<Cases, 'close' | 'open'> = brokenMethods();
  return {
    list: shelf.list,
    create: shelf.create,
    remove: shelf.remove,
    open,
    close: async () => {},
  };
}

const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
/** What a call needs to get as far as the store. */
const query = 'case=default&namespace=n&pod=p&execId=x&name=a.log&sender=s';

describe('when the store fails', () => {
  it.each(['shelf', 'case'] as const)(
    'every call answers the same silent 500, and only the log says why: the %s',
    async (where) => {
      const { app, ask, lines } = await serve(brokenCases(where));
      const { paths } = openApi.parse(app.swagger());
      const calls = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
      );
      expect(calls.length).toBeGreaterThan(20);
      for (const [method, path] of [...calls, ['GET', '/metrics'] as const]) {
        // Open before it asks a case anything.
        if (path === '/api/v1/stream' && where === 'case') continue;
        const begun = lines.length;
        const body = method === 'POST' ? bodyFor(path) : undefined;
        const response = await ask(
          method,
          `${path.replaceAll(/\{\w+\}/g, 'default')}?${query}`,
          body,
        );
        const text = await response.text();
        expect([method, path, response.status]).toEqual([method, path, 500]);
        expect(JSON.parse(text)).toEqual({
          error: {
            code: 'internal',
            message: 'The server failed. Its log says why.',
            retryable: true,
          },
        });
        expect(JSON.stringify([...response.headers])).not.toMatch(/secret|fastify|express/i);
        expect(lines.slice(begun).join('')).toContain(secret);
      }
    },
  );
});

function bodyFor(path: string): string | undefined {
  if (path.endsWith('/cases')) return '{"name":"x"}';
  return path.endsWith('/sources') || path.endsWith('/ingest') ? log : undefined;
}

describe('an open stream', () => {
  it('outlives a store that cannot answer it', async () => {
    const shelf = openMemoryCases({ now });
    const opened = await shelf.open('default', { create: true });
    if (!opened.ok) throw new Error(opened.problem.message);
    const { facts, evidence, queries } = opened.value;
    const { ask, lines } = await serve({
      ...brokenCases('shelf'),
      open: async () => ({
        ok: true,
        value: {
          facts,
          evidence,
          queries: {
            ...brokenMethods<Queries>(),
            version: () => queries.version(),
            watch: (listener) => queries.watch(listener),
            tree: async () => broken(),
          },
        },
      }),
    });
    const response = await ask('GET', '/api/v1/stream?namespace=n&pod=p');
    expect((await ask('POST', '/api/v1/ingest', log)).status).toBe(200);
    let text = '';
    // How often it had failed, by the second.
    const failures: number[] = [];
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      failures[text.split('event: stats').length] = lines.join('').split(secret).length - 1;
      if (failures.length > 6) break;
    }
    expect(text).not.toContain('secret');
    // Once a change, not once a moment.
    expect(failures.at(-1)).toBeGreaterThan(0);
    expect(failures.at(-1)).toBe(failures.at(-3));
  });
});

/** A shelf whose cases take so many batches more. */
function limitedCases(shelf: Cases, disk: { room: number }): Cases {
  return {
    list: () => shelf.list(),
    create: (name) => shelf.create(name),
    remove: (name) => shelf.remove(name),
    close: () => shelf.close(),
    open: async (name, options) => {
      const opened = await shelf.open(name, options);
      if (!opened.ok) return opened;
      const { facts, evidence, queries } = opened.value;
      const limited: FactStore = {
        recordKey: facts.recordKey,
        beginSource: (source) => facts.beginSource(source),
        endSource: (id, end) => facts.endSource(id, end),
        rememberPush: (...kept) => facts.rememberPush(...kept),
        recallPush: (...asked) => facts.recallPush(...asked),
        append: async (...batch) => {
          disk.room -= 1;
          if (disk.room < 0) throw new StorageFull(`database or disk is full: ${secret}`);
          return facts.append(...batch);
        },
      };
      return { ok: true, value: { facts: limited, evidence, queries } };
    },
  };
}

describe('a full disk', () => {
  it('is answered while the log is still being sent, on a connection that stays whole', async () => {
    const { port } = await serve(limitedCases(openMemoryCases({ now }), { room: 0 }));
    const sending = request({
      port,
      path: '/api/v1/sources?name=a.log',
      method: 'POST',
      headers: { 'x-forebear-client': 'test', 'content-type': 'application/x-ndjson' },
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sending.on('response', resolve);
      sending.on('error', reject);
    });
    // The end comes only after the answer.
    sending.write(log.slice(0, 200_000));
    const answer = await answered;
    expect(answer.statusCode).toBe(507);
    const text = Buffer.concat(await answer.toArray()).toString();
    expect(problemBody.parse(JSON.parse(text)).error.code).toBe('storage_full');
    const sent = new Promise((resolve, reject) => {
      sending.on('finish', resolve);
      sending.on('error', reject);
    });
    sending.end(log.slice(0, 200_000));
    await sent;
  });

  it('answers the coded problem, keeps what is committed, and takes the rest once there is room', async () => {
    const shelf = openMemoryCases({ now });
    const disk = { room: 1_000 };
    const { ask, lines } = await serve(limitedCases(shelf, disk));
    const half = log.slice(0, log.indexOf('\n', log.length / 2) + 1);
    expect((await ask('POST', '/api/v1/ingest?sender=s', half)).status).toBe(200);
    for (const path of ['/api/v1/ingest?sender=s', '/api/v1/sources?name=a.log']) {
      disk.room = 0;
      const response = await ask('POST', path, log);
      const { error } = problemBody.parse(await response.json());
      expect([response.status, error.code, error.retryable]).toEqual([507, 'storage_full', true]);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(error.message).not.toContain('secret');
      expect(error.message).toContain('Free space');
    }
    const ledgers = async () => {
      const { items } = sourcesAnswer.parse(await (await ask('GET', '/api/v1/sources')).json());
      return items.map(({ kind, state, ledger }) => [kind, state, ledger.stored]);
    };
    const kept = half.split('\n').length - 1;
    expect(await ledgers()).toEqual(
      expect.arrayContaining([
        ['push', 'live', kept],
        ['upload', 'failed', 0],
      ]),
    );
    disk.room = 1_000;
    expect((await ask('POST', '/api/v1/ingest?sender=s', log)).status).toBe(200);
    const all = log.split('\n').length - 1;
    expect(await ledgers()).toEqual(expect.arrayContaining([['push', 'live', all]]));
    expect(lines.join('')).not.toContain('unhandled');
  });
});

describe('a refused upload', () => {
  it('begins no case', async () => {
    const { port, ask } = await serve(openMemoryCases({ now }));
    const before = await (await ask('GET', '/api/v1/cases')).text();
    const calls = [
      ['/api/v1/sources?case=refused', 'text/plain', log.slice(0, 100), 415],
      ['/api/v1/sources?case=refused&format=nothing', 'application/json', '{}', 400],
      ['/api/v1/sources?case=refused', 'application/json', '\n\n', 422],
      ['/api/v1/sources?case=refused', 'application/json', '{"a":1}', 422],
      ['/api/v1/ingest?case=refused', 'text/plain', '{}', 415],
    ] as const;
    for (const [path, type, body, status] of calls) {
      const headers = { 'x-forebear-client': 'test', 'content-type': type };
      const url = `http://127.0.0.1:${port}${path}`;
      const response = await fetch(url, { method: 'POST', headers, body });
      expect([path, type, response.status]).toEqual([path, type, status]);
    }
    expect(await (await ask('GET', '/api/v1/cases')).text()).toBe(before);
  });
});

describe('a refused push', () => {
  it.each([
    ['empty', ''],
    ['with a space', 'two words'],
    ['too long', 'k'.repeat(201)],
  ])('whose key is %s is not asked for again', async (_, key) => {
    const { port } = await serve(openMemoryCases({ now }));
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/ingest`, {
      method: 'POST',
      headers: {
        'x-forebear-client': 'test',
        'content-type': 'application/x-ndjson',
        'idempotency-key': key,
      },
      body: log,
    });
    expect(response.status).toBe(400);
    const { error } = problemBody.parse(await response.json());
    expect(error).toMatchObject({ code: 'bad_request', retryable: false });
  });
});
