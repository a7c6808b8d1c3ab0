import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Composed } from '../compose.ts';
import { CommandEnd, exitCodes } from './exit.ts';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array>;
}

export interface Reply {
  readonly status: number;
  readonly body: Uint8Array;
}

/** One call to the API, wherever it runs. Throws `CommandEnd` when nobody answers. */
export type Transport = (call: Call) => Promise<Reply>;

const clientHeader = { 'x-forebear-client': 'cli' };

/** The API of a running server. */
export function overHttp(base: URL): Transport {
  const request = base.protocol === 'https:' ? requestHttps : requestHttp;
  return (call) =>
    new Promise((resolve, reject) => {
      const url = new URL(call.target, base);
      const sent = request(url, { method: call.method, headers: headersOf(call) });
      let answered = false;
      sent.on('response', (response) => {
        answered = true;
        const parts: Uint8Array[] = [];
        response.on('data', (part: Uint8Array) => parts.push(part));
        response.on('error', (error) => reject(unreachable(base, error)));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) });
        });
      });
      sent.on('error', (error) => {
        // A server that refuses a body answers while it is still being sent: the answer counts.
        if (!answered) reject(unreachable(base, error));
      });
      if (call.body === undefined) sent.end();
      else {
        pipeline(Readable.from(call.body, { objectMode: false }), sent).catch((error: unknown) => {
          if (!answered) reject(error instanceof Error ? error : new Error(String(error)));
        });
      }
    });
}

/** The same API in this process. */
export function inProcess({ app }: Pick<Composed, 'app'>): Transport {
  return async (call) => {
    const reply = await app.inject({
      method: call.method,
      url: call.target,
      headers: headersOf(call),
      ...(call.body === undefined
        ? {}
        : { payload: Readable.from(call.body, { objectMode: false }) }),
    });
    return { status: reply.statusCode, body: reply.rawPayload };
  };
}

function headersOf(call: Call): Record<string, string> {
  return {
    ...clientHeader,
    ...call.headers,
    ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
  };
}

function unreachable(base: URL, error: Error): CommandEnd {
  return new CommandEnd(
    exitCodes.unusableInput,
    `No answer from ${base.origin} (${error.message}). Is the server running there?`,
  );
}
