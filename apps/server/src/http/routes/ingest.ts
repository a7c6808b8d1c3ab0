import { ingestAnswer } from '@forebear/model/wire/sources';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { HttpProblem, valueOf } from '../problems.ts';
import { caseQuery } from '../query.ts';
import { bodyOf, takeRawBodies } from '../rawBody.ts';
import type { App } from '../typedApp.ts';

const pushQuery = caseQuery.extend({
  cluster: z.string().max(253).default(''),
  sender: z.string().max(253).default('push'),
  format: z.string().max(32).default('auto'),
});
const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/);

/** A key that we could not keep as it came is the sender's mistake: the same again would fail the same. */
function keyOf(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = idempotencyKey.safeParse(header);
  if (key.success) return key.data;
  throw new HttpProblem({
    code: 'bad_request',
    message: 'An Idempotency-Key is 1 to 200 characters of ASCII without spaces.',
  });
}

/** Agents push NDJSON or JSON; the answer comes after commit. */
export function ingestRoutes(app: App, deps: HttpDeps): void {
  takeRawBodies(app);
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(
      '/api/v1/ingest',
      { schema: { tags: ['ingest'], querystring: pushQuery, response: { 200: ingestAnswer } } },
      async (request) => {
        const answer = await deps.ingest.push({
          case: request.query.case,
          sender: request.query.sender,
          cluster: request.query.cluster,
          format: request.query.format,
          idempotencyKey: keyOf(request.headers['idempotency-key']),
          body: bodyOf(request.raw),
        });

        return { ledger: valueOf(answer) };
      },
    );
}
