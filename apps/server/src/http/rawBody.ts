import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problems.ts';

/** What a log may come as (api.md). Anything else, forms and plain text above all, could be another site's doing. */
const logTypes: ReadonlySet<string> = new Set([
  'application/x-ndjson',
  'application/json',
  'application/gzip',
  'application/zstd',
  'application/x-tar',
  'application/zip',
  'application/octet-stream',
]);

/** Hands the routes of a scope their body as a raw stream, for the content types of logs exactly and no other. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  // Decided on the header's text before any parser: tricks with tabs, cases of parameters and duplicates end here.
  scope.addHook('onRequest', async (request) => {
    if (!isLogType(request.raw.rawHeaders)) {
      throw new HttpProblem({
        code: 'unsupported_content',
        message: `A log is sent as one of ${[...logTypes].join(', ')}.`,
      });
    }
  });
  scope.addContentTypeParser('*', (_request, _payload, done) => {
    done(null, undefined);
  });
}

/**
 * Lets `take` read the body, and throws away what it leaves. Whoever stops in the middle (a full disk, a body too large)
 * would otherwise break the connection off, and its sender would never see the answer.
 */
export async function withBody<T>(
  raw: IncomingMessage,
  take: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  try {
    return await take(raw.iterator({ destroyOnReturn: false }));
  } finally {
    raw.resume();
  }
}

/** One Content-Type header, a known type, nothing but an optional `charset=utf-8` after it. */
export function isLogType(rawHeaders: readonly string[]): boolean {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === 'content-type') values.push(rawHeaders[i + 1] ?? '');
  }
  const match = /^([a-z0-9/+.-]+)(?:; ?charset=utf-8)?$/.exec(
    values.length === 1 ? (values[0] ?? '').toLowerCase() : '',
  );
  return match !== null && logTypes.has(match[1] ?? '');
}
