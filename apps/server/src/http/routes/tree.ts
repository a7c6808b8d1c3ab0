import { z } from 'zod';
import type { TreeQuery } from '../../store/ports.ts';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { HttpProblem, valueOf } from '../problems.ts';
import { agentQuery, caseQuery, lateLimitOf, lateQuery, rangeOf, rangeQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

const treeQuery = caseQuery.extend({
  ...rangeQuery.shape,
  ...lateQuery.shape,
  ...agentQuery.shape,
  namespace: z.string().optional(),
  pod: z.string().optional(),
  node: z.string().optional(),
  cluster: z.string().optional(),
  uid: z.string().optional(),
  container: z.string().optional(),
  format: z.enum(['columns', 'objects']).default('columns'),
  fold: z.enum(['true', 'false']).default('false'),
});

/**
 * The tree of a pod or a node. A hot route: the answer is the store's own shape, serialised as it is, without
 * validation on the way out.
 */
export function treeRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/tree',
    { schema: { tags: ['tree'], querystring: treeQuery } },
    async (request, reply) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      const asked: TreeQuery = {
        ...rangeOf(query),
        of: subjectOf(query),
        lateLimitMs: lateLimitOf(query),
        ...(query.container === undefined ? {} : { container: query.container }),
        ...(query.agent === undefined ? {} : { agent: query.agent }),
      };
      const answer =
        query.format === 'columns'
          ? await queries.tree(asked)
          : await queries.treeObjects({ ...asked, fold: query.fold === 'true' });
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(JSON.stringify(valueOf<unknown>(answer)));
    },
  );
}

function subjectOf(query: z.infer<typeof treeQuery>): TreeQuery['of'] {
  const cluster = query.cluster === undefined ? {} : { cluster: query.cluster };
  if (query.node !== undefined) return { kind: 'node', node: query.node, ...cluster };
  if (query.namespace === undefined || query.pod === undefined) {
    throw new HttpProblem({
      code: 'bad_request',
      message: 'Ask with `namespace` and `pod`, or with `node`.',
    });
  }
  return {
    kind: 'pod',
    namespace: query.namespace,
    pod: query.pod,
    ...cluster,
    ...(query.uid === undefined ? {} : { uid: query.uid }),
  };
}
