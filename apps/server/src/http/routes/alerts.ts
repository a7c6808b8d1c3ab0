import { dialects } from '@forebear/model/event/dialects';
import { severityOf } from '@forebear/model/event/severity';
import { alertsAnswer } from '@forebear/model/wire/alerts';
import { z } from 'zod';
import type { AlertQuery } from '../../store/ports.ts';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { HttpProblem, valueOf } from '../problems.ts';
import { askedList, listQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

/** Names of a rule, tag, pod, namespace. */
const name = z.string().max(1024).optional();

const alertsQuery = listQuery.extend({
  /** `Critical,Error`. */
  severity: z.string().max(256).optional(),
  /** `falco,kubearmor`. */
  source: z.string().max(256).optional(),
  rule: name,
  tag: name,
  namespace: name,
  pod: name,
  /** A ref. */
  process: z.string().max(64).optional(),
  order: z.enum(['severity', 'time']).default('severity'),
  /** 0: they are counted only. */
  limit: z.coerce.number().int().min(0).max(1000).default(200),
});

/** What agents' rules and policies said. */
export function alertRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/alerts',
    { schema: { tags: ['alerts'], querystring: alertsQuery, response: { 200: alertsAnswer } } },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(await queries.alerts(askedBy(query)));
    },
  );
}

function askedBy(query: z.infer<typeof alertsQuery>): AlertQuery {
  const { severity, source, rule, tag, namespace, pod, process } = query;
  return {
    ...askedList(query),
    order: query.order,
    ...(severity === undefined ? {} : { severities: severity.split(',').map(knownSeverity) }),
    ...(source === undefined ? {} : { sources: source.split(',').map(knownDialect) }),
    ...(rule === undefined ? {} : { rule }),
    ...(tag === undefined ? {} : { tag }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(pod === undefined ? {} : { pod }),
    ...(process === undefined ? {} : { process }),
  };
}

function knownSeverity(word: string) {
  const severity = severityOf(word);
  if (severity !== undefined) return severity;
  throw badRequest('`severity` is a list of severities such as Critical,Error.');
}

function knownDialect(word: string) {
  const dialect = dialects.find((each) => each === word);
  if (dialect !== undefined) return dialect;
  throw badRequest(`\`source\` is a list of agents: ${dialects.join(', ')}.`);
}

function badRequest(message: string): HttpProblem {
  return new HttpProblem({ code: 'bad_request', message });
}
