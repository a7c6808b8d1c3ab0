import { dialects } from '@forebear/model/event/dialects';
import { isWithinReach, type Nanos, parseTime } from '@forebear/model/event/time';
import { defaultLateMs, parseDuration } from '@forebear/model/query/duration';
import type { Filter } from '@forebear/model/query/filter';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { caseName } from '@forebear/model/wire/cases';
import { z } from 'zod';
import type { Page, TimeRange } from '../store/ports.ts';
import { HttpProblem } from './problems.ts';

/** `case=`, on every read and write. */
export const caseQuery = z.object({ case: caseName.default('default') });

/** `[from, to)`, RFC 3339. */
export const rangeQuery = z.object({ from: z.string().optional(), to: z.string().optional() });

/** `late=60s`, `late=5m`, `late=1500ms`, `late=90` (seconds). */
export const lateQuery = z.object({ late: z.string().optional() });

/** `agent=falco`: as one agent alone tells it. */
export const agentQuery = z.object({ agent: z.enum(dialects).optional() });

/** `patience=2s`: a list of a large case is then given as far as it has come; absent: it is waited for. */
export const patienceQuery = z.object({ patience: z.string().optional() });

export const filterQuery = z.object({ filter: z.string().max(4096).default('') });

/** Pages of at most 1,000. */
export const pageQuery = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** What every list that comes in pages may be asked with. */
export const listQuery = caseQuery.extend({
  ...rangeQuery.shape,
  ...filterQuery.shape,
  ...lateQuery.shape,
  ...pageQuery.shape,
});

/** What such a list is asked with, as the store takes it. Throws `bad_request`, `bad_filter`, `not_supported_yet`. */
export function askedList(
  query: z.infer<typeof listQuery>,
): TimeRange & Page & { readonly filter: Filter; readonly lateLimitMs: number } {
  return {
    ...rangeOf(query),
    filter: filterOf(query),
    limit: query.limit,
    lateLimitMs: lateLimitOf(query),
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  };
}

/** The late limit in milliseconds. Throws `bad_request`. */
export function lateLimitOf(query: { late?: string | undefined }): number {
  if (query.late === undefined) return defaultLateMs;
  const ms = parseDuration(query.late);
  if (ms === undefined) throw badRequest('`late` is a duration such as 60s, 5m or 1500ms.');
  return ms;
}

/** How long an answer is waited for. Throws `bad_request`. */
export function patienceOf(query: { patience?: string | undefined }): { patienceMs?: number } {
  if (query.patience === undefined) return {};
  const patienceMs = parseDuration(query.patience);
  if (patienceMs === undefined) throw badRequest('`patience` is a duration such as 2s or 500ms.');
  return { patienceMs };
}

/** The time range. Throws `bad_request` for what is no RFC 3339 time, or one that 64 bits of nanoseconds do not hold. */
export function rangeOf(query: { from?: string | undefined; to?: string | undefined }): {
  from?: Nanos;
  to?: Nanos;
} {
  return {
    ...(query.from === undefined ? {} : { from: timeOf('from', query.from) }),
    ...(query.to === undefined ? {} : { to: timeOf('to', query.to) }),
  };
}

/** The filter. Throws `bad_filter` or `not_supported_yet` with the position. */
export function filterOf(query: { filter: string }): Filter {
  const parsed = parseFilter(query.filter);
  if (parsed.ok) return parsed.filter;
  throw new HttpProblem({
    code: parsed.code,
    message: parsed.message,
    details: { position: parsed.position },
  });
}

function timeOf(name: string, text: string): Nanos {
  const time = parseTime(text);
  if (time === undefined) {
    throw badRequest(`\`${name}\` is an RFC 3339 time such as 2026-07-26T07:06:18.110Z.`);
  }
  if (!isWithinReach(time)) {
    throw badRequest(
      `\`${name}\` is a time from 1677-09-21 to 2262-04-11: no clock of 64 bits tells others.`,
    );
  }
  return time;
}

function badRequest(message: string): HttpProblem {
  return new HttpProblem({ code: 'bad_request', message });
}
