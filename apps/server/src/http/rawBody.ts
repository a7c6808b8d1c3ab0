import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problems.ts';

/** What a log may come as. Anything else, forms and plain text above all, could be another site's doing. */
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
 * The body, to be read as far as one likes. Whoever stops in the middle (a full disk, a body too large) does not break
 * the connection off: its sender could not see the answer. What is left is `boundLeftBody`'s.
 */
export function bodyOf(raw: IncomingMessage): AsyncIterable<Uint8Array> {
  return raw.iterator({ destroyOnReturn: false });
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
