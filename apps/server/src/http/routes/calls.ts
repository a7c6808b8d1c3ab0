import { callsAnswer } from '@forebear/model/wire/calls';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { caseQuery, lateLimitOf, lateQuery, rangeOf, rangeQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

const callsQuery = caseQuery.extend({
  ...rangeQuery.shape,
  ...lateQuery.shape,
  namespace: z.string().max(1024).optional(),
  pod: z.string().max(1024).optional(),
});

/** Calls to the Kubernetes API that are marks on a timeline. */
export function callRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/calls',
    { schema: { tags: ['calls'], querystring: callsQuery, response: { 200: callsAnswer } } },
    async (request) => {
      const { query } = request;
      const { namespace, pod } = query;
      const { queries } = await openCase(deps, query);
      return queries.calls({
        ...rangeOf(query),
        lateLimitMs: lateLimitOf(query),
        ...(namespace === undefined ? {} : { namespace }),
        ...(pod === undefined ? {} : { pod }),
      });
    },
  );
}
