import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { address, ask, askLarge } from './client.ts';
import { ApiFailure, asFailure, failureOf, isCancelled } from './failure.ts';

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: string): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
}

async function failureIn(promise: Promise<unknown>): Promise<ApiFailure> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof ApiFailure) return error;
  throw new Error(`no ApiFailure: ${String(error)}`);
}

const schema = z.object({ n: z.number() });

describe('a question to the API', () => {
  it('answers what the schema says', async () => {
    answering(200, '{"n": 3, "later": true}');
    expect(await ask('/x', { schema })).toEqual({ n: 3 });
  });

  it('carries the client header, so that a page of another site cannot ask it', async () => {
    const seen: RequestInit[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      seen.push(init);
      return Promise.resolve(new Response('{"n":1}'));
    });
    await ask('/x', { schema });
    expect(new Headers(seen[0]?.headers).get('x-forebear-client')).toBe('web');
  });

  it('fails with the stable code, the message and the details of the server', async () => {
    answering(
      400,
      '{"error":{"code":"bad_filter","message":"expected a value","retryable":false,"details":{"position":7}}}',
    );
    const failure = await failureIn(ask('/x', { schema }));
    expect(failure).toMatchObject({ code: 'bad_filter', retryable: false, status: 400 });
    expect(failure.details).toEqual({ position: 7 });
  });

  it('fails in words when the answer is no answer of ours', async () => {
    answering(502, '<html>Bad gateway</html>');
    expect(await failureIn(ask('/x', { schema }))).toMatchObject({
      code: 'unexpected_answer',
      retryable: true,
    });
  });

  it('names the field when an answer is of another shape', async () => {
    answering(200, '{"n":"three"}');
    const failure = await failureIn(ask('/pods', { schema }));
    expect(failure.code).toBe('unexpected_answer');
    expect(failure.message).toContain('/pods: n');
  });

  it('fails for an answer that is no JSON', async () => {
    answering(200, 'oops');
    expect((await failureIn(ask('/x', { schema }))).code).toBe('unexpected_answer');
  });

  it('says that nobody answers when the connection is refused', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failureIn(ask('/x', { schema }))).toMatchObject({
      code: 'unreachable',
      retryable: true,
    });
  });

  it('lets a question that we stopped be told from one that failed', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('stopped', 'AbortError')));
    const error: unknown = await ask('/x', { schema }).catch((thrown: unknown) => thrown);
    expect(isCancelled(error)).toBe(true);
  });

  it('checks a large answer with the check it was given', async () => {
    answering(200, '{"nodes":[]}');
    const check = (answer: unknown): answer is string => typeof answer === 'string';
    expect((await failureIn(askLarge('/tree', { check }))).code).toBe('unexpected_answer');
  });
});

describe('an address', () => {
  it('leaves out what is not there and escapes what is', () => {
    expect(address('/pods', { case: 'a b', filter: '', cursor: undefined, n: 0 })).toBe(
      '/api/v1/pods?case=a+b&n=0',
    );
  });
});

describe('a failure', () => {
  it('may be tried again when the server is overloaded or down', () => {
    expect(failureOf(429, '').retryable).toBe(true);
    expect(failureOf(503, '').retryable).toBe(true);
    expect(failureOf(404, '').retryable).toBe(false);
  });

  it('is made of anything thrown', () => {
    expect(asFailure('boom')).toMatchObject({ code: 'internal', message: 'boom' });
    expect(asFailure(new Error('bug')).message).toBe('bug');
  });
});
