import { eventsAnswer } from '@forebear/model/wire/events';
import type { HistogramAnswer } from './answers.ts';
import { ask } from './client.ts';

/** Times in RFC 3339; empty when nothing that was asked for has a time. */
export interface EventSpan {
  /** Of the axis, [from, to): wider than what happened, and no time of the log. */
  readonly axis: { readonly from?: string; readonly to?: string };
  /** Of the first and the last event, as the log has them. */
  readonly firstEvent?: string;
  readonly lastEvent?: string;
}

/** Events over time: the buckets lie on the axis, `firstEvent` and `lastEvent` are what to call its ends. */
export type EventHistogram = HistogramAnswer & Omit<EventSpan, 'axis'>;

const LEAST_AIR_MS = 1_000;
const MOST_AIR_MS = 30_000;
const AIR_SHARE = 0.02;

/**
 * The first and the last event that a filter asks for, and an axis with a little air about them. Asked of the events themselves: a process
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
  const [firstEvent = '', lastEvent = ''] = ends.map(({ items }) => items[0]?.time ?? '');
  const first = Date.parse(firstEvent);
  const last = Date.parse(lastEvent);
  if (Number.isNaN(first) || Number.isNaN(last)) return { axis: {} };
  const air = Math.min(MOST_AIR_MS, Math.max(LEAST_AIR_MS, (last - first) * AIR_SHARE));
  const textOf = (ms: number) => new Date(ms).toISOString();
  return {
    axis: { from: textOf(first - air), to: textOf(last + 1 + air) },
    firstEvent,
    lastEvent,
  };
}
