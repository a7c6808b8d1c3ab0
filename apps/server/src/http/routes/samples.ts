import { sourceAnswer } from '@forebear/model/wire/sources';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { HttpProblem, valueOf } from '../problems.ts';
import { caseQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

/** `POST /api/v1/samples/:name`: takes one of our own generated logs in, like an upload. */
export function sampleRoutes(app: App, deps: HttpDeps): void {
  app.post(
    '/api/v1/samples/:name',
    {
      schema: {
        tags: ['sources'],
        params: z.object({ name: z.string().max(64) }),
        querystring: caseQuery,
        response: { 201: sourceAnswer },
      },
    },
    async (request, reply) => {
      const sample = deps.sample(request.params.name);
      if (sample === undefined)
        throw new HttpProblem({ code: 'unknown_source', message: 'There is no such sample.' });
      const source = valueOf(
        await deps.ingest.upload({
          case: request.query.case,
          id: undefined,
          name: sample.title,
          kind: 'upload',
          cluster: '',
          format: 'auto',
          bytesExpected: undefined,
          body: sample.body,
        }),
      );
      return reply.code(201).send({ source });
    },
  );
}
