import { ingestAnswer } from '@forebear/model/wire/sources';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { valueOf } from '../problems.ts';
import { caseQuery } from '../query.ts';
import { bodyOf, takeRawBodies } from '../rawBody.ts';
import type { App } from '../typedApp.ts';

const pushQuery = caseQuery.extend({
  cluster: z.string().max(253).default(''),
  sender: z.string().max(253).default('push'),
});
const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/);

/** Agents push NDJSON or JSON; the answer comes after commit. */
export function ingestRoutes(app: App, deps: HttpDeps): void {
  takeRawBodies(app);
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(
      '/api/v1/ingest',
      { schema: { tags: ['ingest'], querystring: pushQuery, response: { 200: ingestAnswer } } },
      async (request) => {
        const key = request.headers['idempotency-key'];
        const answer = await deps.ingest.push({
          case: request.query.case,
          sender: request.query.sender,
          cluster: request.query.cluster,
          idempotencyKey: key === undefined ? undefined : idempotencyKey.parse(key),
          body: bodyOf(request.raw),
        });

        return { ledger: valueOf(answer) };
      },
    );
}
