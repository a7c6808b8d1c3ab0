import { eventsAnswer, histogramAnswer } from '@forebear/model/wire/events';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { evidenceHeaders } from '../headers.ts';
import { openCase } from '../openCase.ts';
import { valueOf } from '../problems.ts';
import {
  askedList,
  caseQuery,
  filterOf,
  filterQuery,
  lateLimitOf,
  lateQuery,
  listQuery,
  patienceOf,
  patienceQuery,
  rangeOf,
  rangeQuery,
} from '../query.ts';
import type { App } from '../typedApp.ts';

const eventsQuery = listQuery.extend({
  kind: z.string().optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
});
const histogramQuery = caseQuery.extend({
  ...patienceQuery.shape,
  ...rangeQuery.shape,
  ...filterQuery.shape,
  ...lateQuery.shape,
  buckets: z.coerce.number().int().min(1).max(2000).default(200),
});

/** Events, the bytes behind each, and their density over time. */
export function eventRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/events',
    { schema: { tags: ['events'], querystring: eventsQuery, response: { 200: eventsAnswer } } },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(
        await queries.events({
          ...askedList(query),
          order: query.order,
          ...(query.kind === undefined ? {} : { kinds: query.kind.split(',') }),
        }),
      );
    },
  );

  app.get(
    '/api/v1/events/:id/raw',
    {
      schema: {
        tags: ['events'],
        params: z.object({ id: z.string().max(64) }),
        querystring: caseQuery,
      },
    },
    async (request, reply) => {
      const { evidence } = await openCase(deps, request.query);
      const record = valueOf(await evidence.raw(request.params.id));
      return reply
        .headers(evidenceHeaders)
        .header('x-forebear-source', headerText(record.source))
        .header('x-forebear-member', headerText(record.member))
        .header('x-forebear-line', String(record.line))
        .header('x-forebear-offset', String(record.offset))
        .send(Buffer.from(record.bytes));
    },
  );

  app.get(
    '/api/v1/histogram',
    {
      schema: { tags: ['events'], querystring: histogramQuery, response: { 200: histogramAnswer } },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return queries.histogram({
        ...rangeOf(query),
        ...patienceOf(query),
        filter: filterOf(query),
        buckets: query.buckets,
        lateLimitMs: lateLimitOf(query),
      });
    },
  );
}

/** File names are data: what no header can hold is percent-encoded. */
function headerText(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', ' ').slice(0, 1024);
}
