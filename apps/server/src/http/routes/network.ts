import { destinationsAnswer, lateralAnswer } from '@forebear/model/wire/network';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
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
} from '../query.ts';
import type { App } from '../typedApp.ts';

const destinationsQuery = listQuery.extend(patienceQuery.shape);
const lateralQuery = caseQuery.extend({
  ...filterQuery.shape,
  ...lateQuery.shape,
  ...patienceQuery.shape,
  namespace: z.string().optional(),
  pod: z.string().optional(),
});

/** Who was called, by whom; and from which pod into which. */
export function networkRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/destinations',
    {
      schema: {
        tags: ['network'],
        querystring: destinationsQuery,
        response: { 200: destinationsAnswer },
      },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(await queries.destinations({ ...askedList(query), ...patienceOf(query) }));
    },
  );

  app.get(
    '/api/v1/lateral',
    { schema: { tags: ['network'], querystring: lateralQuery, response: { 200: lateralAnswer } } },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return queries.lateral({
        ...patienceOf(query),
        filter: filterOf(query),
        lateLimitMs: lateLimitOf(query),
        ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
        ...(query.pod === undefined ? {} : { pod: query.pod }),
      });
    },
  );
}
