import { caseItem, caseName, casesAnswer, newCase } from '@forebear/model/wire/cases';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { HttpProblem, valueOf } from '../problems.ts';
import type { App } from '../typedApp.ts';

const named = z.object({ case: caseName });

/** Cases: bodies of evidence, one database each. */
export function caseRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/cases',
    { schema: { tags: ['cases'], response: { 200: casesAnswer } } },
    async () => {
      const items = [...(await deps.cases.list())];
      return { items, nextCursor: null, total: items.length };
    },
  );

  app.post(
    '/api/v1/cases',
    { schema: { tags: ['cases'], body: newCase, response: { 201: caseItem } } },
    async (request, reply) => {
      const item = valueOf(await deps.cases.create(request.body.name));
      return reply.code(201).send(item);
    },
  );

  app.get(
    '/api/v1/cases/:case',
    { schema: { tags: ['cases'], params: named, response: { 200: caseItem } } },
    async (request) => {
      const item = (await deps.cases.list()).find(({ name }) => name === request.params.case);
      if (item === undefined)
        throw new HttpProblem({
          code: 'unknown_case',
          message: `There is no case ${request.params.case}.`,
        });
      return item;
    },
  );

  app.delete(
    '/api/v1/cases/:case',
    { schema: { tags: ['cases'], params: named } },
    async (request, reply) => {
      valueOf(await deps.cases.remove(request.params.case));
      return reply.code(204).send();
    },
  );
}
