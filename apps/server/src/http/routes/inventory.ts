import {
  clustersAnswer,
  namespacesAnswer,
  nodesAnswer,
  podsAnswer,
} from '@forebear/model/wire/inventory';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import {
  caseQuery,
  filterOf,
  filterQuery,
  lateLimitOf,
  lateQuery,
  patienceOf,
  patienceQuery,
  rangeOf,
  rangeQuery,
} from '../query.ts';
import type { App } from '../typedApp.ts';

const podsQuery = caseQuery.extend({
  ...rangeQuery.shape,
  ...filterQuery.shape,
  ...lateQuery.shape,
  ...patienceQuery.shape,
  cluster: z.string().optional(),
  namespace: z.string().optional(),
  sort: z.enum(['name', 'processes', 'alerts', 'firstSeen', 'lastSeen']).optional(),
});

/** What is stored, and who reported it. */
export function inventoryRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/clusters',
    { schema: { tags: ['inventory'], querystring: caseQuery, response: { 200: clustersAnswer } } },
    async (request) => (await openCase(deps, request.query)).queries.clusters(),
  );

  app.get(
    '/api/v1/namespaces',
    {
      schema: { tags: ['inventory'], querystring: caseQuery, response: { 200: namespacesAnswer } },
    },
    async (request) => (await openCase(deps, request.query)).queries.namespaces(),
  );

  app.get(
    '/api/v1/nodes',
    { schema: { tags: ['inventory'], querystring: caseQuery, response: { 200: nodesAnswer } } },
    async (request) => (await openCase(deps, request.query)).queries.nodes(),
  );

  app.get(
    '/api/v1/pods',
    {
      schema: {
        tags: ['inventory'],
        description:
          'Pods, then hosts. Without `sort` those with the most different grave signs (`grave`) come first, then by `lateNew`, most first.',
        querystring: podsQuery,
        response: { 200: podsAnswer },
      },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return queries.pods({
        ...rangeOf(query),
        ...patienceOf(query),
        filter: filterOf(query),
        lateLimitMs: lateLimitOf(query),
        ...(query.cluster === undefined ? {} : { cluster: query.cluster }),
        ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
        ...(query.sort === undefined ? {} : { sort: query.sort }),
      });
    },
  );
}
