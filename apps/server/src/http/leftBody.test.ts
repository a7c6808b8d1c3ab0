import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { nanos } from '@forebear/model/event/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeHere } from '../ingest/decoding.ts';
import { createIngestService } from '../ingest/service.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import { buildApp } from './app.ts';
import { allowedHosts } from './guard.ts';
import type { App } from './typedApp.ts';

let app: App;
let port = 0;

beforeAll(async () => {
  const now = () => nanos(1_000_000_000n);
  const newId = () => '00000000-0000-4000-8000-000000000001';
  const cases = openMemoryCases({ now });
  const parts = { cases, decoding: decodeHere, spoolDir: tmpdir(), now, newId };
  let hosts: ReadonlySet<string> = new Set();
  app = await buildApp({
    cases,
    ingest: createIngestService(parts),
    hosts: () => hosts,
    now,
    newId,
    webRoot: undefined,
    sample: () => undefined,
    version: 'test',
    log: false,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  hosts = allowedHosts(port, []);
});

afterAll(() => app.close());

const mebibyte = 1024 * 1024;
const mostMebibytes = 64;

/** Sends a mebibyte and another and another, until the other end has enough; answers how many, and what came back. */
async function sendWithoutEnd(path: string, type: string, host = `127.0.0.1:${port}`) {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  await once(socket, 'connect');
  const headers = ['X-Forebear-Client: test', `Host: ${host}`, `Content-Type: ${type}`];
  const length = `Content-Length: ${mostMebibytes * mebibyte}`;
  socket.write(`POST ${path} HTTP/1.1\r\n${[...headers, length].join('\r\n')}\r\n\r\n`);
  const isGone = gone.then(() => true);
  let sent = 0;
  while (sent < mostMebibytes && !socket.destroyed) {
    sent += 1;
    if ((await Promise.race([written(socket), isGone])) === true) break;
  }
  socket.destroy();
  await gone;
  return { sent, answer };
}

function written(socket: Socket): Promise<undefined> {
  return new Promise((resolve) => {
    socket.write(Buffer.alloc(mebibyte, 0x20), () => resolve(undefined));
  });
}

describe('what is left of a body when its request was answered', () => {
  it.concurrent.each([
    ['its type is refused', '/api/v1/sources?name=a', 'text/plain', '415'],
    ['its format is unknown', '/api/v1/sources?name=a&format=x', 'application/json', '400'],
    ['its case has no name', '/api/v1/ingest?case=..%2F', 'application/json', '400'],
    ['there is no such call', '/api/v1/nothing', 'application/json', '413'],
    ['it is too large for its call', '/api/v1/cases', 'application/json', '413'],
  ])(
    'is read up to a bound, and its sender reads the answer: %s',
    async (_what, path, type, status) => {
      const { sent, answer } = await sendWithoutEnd(path, type);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
      // A mebibyte, and what lies in the buffers of the two ends.
      expect(sent).toBeLessThan(mostMebibytes / 2);
    },
  );

  it('does not keep a client of the usual kind from the answer', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/sources?format=x`, {
      method: 'POST',
      headers: { 'x-forebear-client': 'test', 'content-type': 'application/json' },
      body: Buffer.alloc(mostMebibytes * mebibyte, 0x20),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('There is no format called x.');
  });

  it('is read up to a bound for a stranger too', async () => {
    const { sent } = await sendWithoutEnd('/api/v1/sources', 'application/json', 'evil.test');
    expect(sent).toBeLessThan(mostMebibytes / 2);
  });

  it('is thrown away when it is little, and the connection serves the next request', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let answers = '';
    const second = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        answers += chunk.toString();
        if (answers.includes('HTTP/1.1 200')) resolve();
      });
    });
    const common = `X-Forebear-Client: test\r\nHost: 127.0.0.1:${port}\r\n`;
    const length = 300_000;
    socket.write(
      `POST /api/v1/sources HTTP/1.1\r\n${common}Content-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.write(Buffer.alloc(length, 0x20));
    socket.write(`GET /healthz HTTP/1.1\r\n${common}\r\n`);
    await second;
    socket.destroy();
    expect(answers).toMatch(/^HTTP\/1.1 415/);
  });
});
