import { notALogBody } from '@forebear/model/wire/problem';
import { quarantineAnswer, sourceAnswer, sourcesAnswer } from '@forebear/model/wire/sources';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { valueOf } from '../problems.ts';
import { caseQuery, pageQuery } from '../query.ts';
import { bodyOf, takeRawBodies } from '../rawBody.ts';
import type { App } from '../typedApp.ts';

const byId = z.object({ id: z.string().max(64) });
const uploadQuery = caseQuery.extend({
  name: z.string().max(1024).default('upload'),
  format: z.string().max(32).default('auto'),
  cluster: z.string().max(253).default(''),
  id: z.uuid().optional(),
  bytes: z.coerce.number().int().nonnegative().optional(),
});

/** Uploads and what became of them. */
export async function sourceRoutes(app: App, deps: HttpDeps): Promise<void> {
  app.get(
    '/api/v1/sources',
    { schema: { tags: ['sources'], querystring: caseQuery, response: { 200: sourcesAnswer } } },
    async (request) => {
      const { queries } = await openCase(deps, request.query);
      const items = [...(await queries.sources())];
      return {
        items,
        nextCursor: null,
        total: items.length,
        completeness: await queries.completeness(),
      };
    },
  );

  app.get(
    '/api/v1/sources/:id',
    {
      schema: {
        tags: ['sources'],
        params: byId,
        querystring: caseQuery,
        response: { 200: sourceAnswer },
      },
    },
    async (request) => {
      const { queries } = await openCase(deps, request.query);
      return { source: valueOf(await queries.source(request.params.id)) };
    },
  );

  app.post(
    '/api/v1/sources/:id/cancel',
    {
      schema: {
        tags: ['sources'],
        params: byId,
        querystring: caseQuery,
        response: { 200: sourceAnswer },
      },
    },
    async (request) => {
      return { source: valueOf(await deps.ingest.cancel(request.query.case, request.params.id)) };
    },
  );

  app.get(
    '/api/v1/sources/:id/quarantine',
    {
      schema: {
        tags: ['sources'],
        params: byId,
        querystring: caseQuery.extend(pageQuery.shape),
        response: { 200: quarantineAnswer },
      },
    },
    async (request) => {
      const { evidence } = await openCase(deps, request.query);
      const { limit, cursor } = request.query;
      const page = valueOf(
        await evidence.quarantine(request.params.id, {
          limit,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      return { items: [...page.items], nextCursor: page.nextCursor ?? null, total: page.total };
    },
  );

  await app.register(async (raw) => {
    takeRawBodies(raw);
    raw.withTypeProvider<ZodTypeProvider>().post(
      '/api/v1/sources',
      {
        schema: {
          tags: ['sources'],
          querystring: uploadQuery,
          response: { 201: sourceAnswer, 422: notALogBody },
        },
      },
      async (request, reply) => {
        const { query } = request;
        const length = Number(request.headers['content-length']);
        const answer = await deps.ingest.upload({
          case: query.case,
          id: query.id,
          name: query.name,
          kind: 'upload',
          cluster: query.cluster,
          format: query.format,
          bytesExpected:
            query.bytes ?? (Number.isSafeInteger(length) && length > 0 ? length : undefined),
          body: bodyOf(request.raw),
          ownsChunks: true,
        });

        const source = valueOf(answer);
        // Its sender is to stop sending; whoever cancelled it has the answer.
        if (source.state === 'cancelled') request.raw.destroy();
        return reply.code(201).send({ source });
      },
    );
  });
}
