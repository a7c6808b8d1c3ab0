import { matchAll } from '@forebear/model/query/filter';
import { eventsAnswer } from '@forebear/model/wire/events';
import { processAnswer, processesAnswer } from '@forebear/model/wire/tree';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { valueOf } from '../problems.ts';
import { agentQuery, caseQuery, lateLimitOf, lateQuery, pageQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

const byRef = z.object({ ref: z.string().max(64) });
const processQuery = caseQuery.extend(lateQuery.shape);
const eventsQuery = processQuery.extend({
  ...pageQuery.shape,
  kind: z.string().optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
});

/** One process, with everything known of it. */
export function processRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/processes',
    {
      schema: {
        tags: ['processes'],
        querystring: processQuery.extend({ execId: z.string().max(1024) }),
        response: { 200: processesAnswer },
      },
    },
    async (request) => {
      const { queries } = await openCase(deps, request.query);
      const items = [
        ...(await queries.processesByExecId(request.query.execId, lateLimitOf(request.query))),
      ];
      return {
        items,
        nextCursor: null,
        total: items.length,
        completeness: await queries.completeness(),
      };
    },
  );

  app.get(
    '/api/v1/processes/:ref',
    {
      schema: {
        tags: ['processes'],
        params: byRef,
        description:
          'One process with everything known of it. With `agent`, as `tree?agent=` tells it: what an agent alone tells has refs of its own.',
        querystring: processQuery.extend(agentQuery.shape),
        response: { 200: processAnswer },
      },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(await queries.process(request.params.ref, lateLimitOf(query), query.agent));
    },
  );

  app.get(
    '/api/v1/processes/:ref/events',
    {
      schema: {
        tags: ['processes'],
        params: byRef,
        querystring: eventsQuery,
        response: { 200: eventsAnswer },
      },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(
        await queries.events({
          filter: matchAll,
          process: request.params.ref,
          limit: query.limit,
          order: query.order,
          lateLimitMs: lateLimitOf(query),
          ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
          ...(query.kind === undefined ? {} : { kinds: query.kind.split(',') }),
        }),
      );
    },
  );
}
