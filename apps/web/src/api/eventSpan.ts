import { eventsAnswer } from '@forebear/model/wire/events';
import { ask } from './client.ts';

/** [from, to), RFC 3339; empty when nothing that was asked for has a time. */
export interface EventSpan {
  readonly from?: string;
  readonly to?: string;
}

const LEAST_AIR_MS = 1_000;
const MOST_AIR_MS = 30_000;
const AIR_SHARE = 0.02;

/**
 * From the first to the last event that a filter asks for, with a little air. Asked of the events themselves: a process
 * may have started long before the log that tells of it.
 */
export async function eventSpan(
  caseName: string,
  filter: string | undefined,
  signal: AbortSignal,
): Promise<EventSpan> {
  const ends = await Promise.all(
    ['asc', 'desc'].map((order) =>
      ask('/events', {
        params: { case: caseName, filter, order, limit: 1 },
        schema: eventsAnswer,
        signal,
      }),
    ),
  );
  const [first = Number.NaN, last = Number.NaN] = ends.map(({ items }) =>
    Date.parse(items[0]?.time ?? ''),
  );
  if (Number.isNaN(first) || Number.isNaN(last)) return {};
  const air = Math.min(MOST_AIR_MS, Math.max(LEAST_AIR_MS, (last - first) * AIR_SHARE));
  const textOf = (ms: number) => new Date(ms).toISOString();
  return { from: textOf(first - air), to: textOf(last + 1 + air) };
}
