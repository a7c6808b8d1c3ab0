import type { EventView } from '@forebear/model/answer/eventView';
import { isWithinReach, type Nanos, nanos } from '@forebear/model/event/time';
import type { EventQuery, TimeRange } from './ports.ts';

/**
 * A place in the list of events: after (or, descending, before) this one. Events without a time stand at the end of
 * both orders, as the log had them.
 */
export interface EventPlace {
  readonly time: Nanos | undefined;
  readonly seq: number;
}

/** The opaque cursor of a place: `asc.1784-57`. It holds for one order. */
export function formatCursor(order: 'asc' | 'desc', { time, seq }: EventPlace): string {
  return `${order}.${time === undefined ? '' : time}.${seq}`;
}

/** Undefined: not one of ours, or of the other order. */
export function parseCursor(order: 'asc' | 'desc', cursor: string): EventPlace | undefined {
  const match = /^(asc|desc)\.(-?\d{1,19})?\.(\d{1,16})$/.exec(cursor);
  if (match === null || match[1] !== order) return undefined;
  const [, , time, seq = ''] = match;
  return readPlace(time, seq);
}

/** The place of a cursor's digits; undefined: no event has such a time or number. */
export function readPlace(
  timeDigits: string | undefined,
  seqDigits: string,
): EventPlace | undefined {
  const time = timeDigits === undefined ? undefined : nanos(BigInt(timeDigits));
  const seq = Number(seqDigits);
  if (!Number.isSafeInteger(seq) || (time !== undefined && !isWithinReach(time))) return undefined;
  return { time, seq };
}

/** An event with the number that orders it among equals; `EventView.id` names the same. */
export interface NumberedEvent extends EventView {
  readonly seq: number;
}

/** The opaque, stable id of an event. */
export function eventIdOf(seq: number): string {
  return `e${seq.toString(36)}`;
}

/** Reads what `eventIdOf` wrote; undefined: foreign. */
export function seqOf(eventId: string): number | undefined {
  if (!/^e[1-9a-z][0-9a-z]{0,10}$/.test(eventId)) return undefined;
  const seq = Number.parseInt(eventId.slice(1), 36);
  return Number.isSafeInteger(seq) ? seq : undefined;
}

/** [from, to); an event without a time lies in no bounded range. */
export function isInRange(time: Nanos | undefined, { from, to }: TimeRange): boolean {
  if (time === undefined) return from === undefined && to === undefined;
  return (from === undefined || time >= from) && (to === undefined || time < to);
}

/** The order of lists: by time, then as the log had it; those without a time last in both orders. */
export function comparePlaces(order: 'asc' | 'desc', a: EventPlace, b: EventPlace): number {
  if (a.time !== b.time) {
    if (a.time === undefined) return 1;
    if (b.time === undefined) return -1;
    return a.time < b.time === (order === 'asc') ? -1 : 1;
  }
  return order === 'asc' || a.time === undefined ? a.seq - b.seq : b.seq - a.seq;
}

/** Whether a question is for every event of the case: of those there is a count without looking at any. */
export function asksForAll({ filter, process, kinds, from, to }: EventQuery): boolean {
  return filter.kind === 'all' && [process, kinds, from, to].every((one) => one === undefined);
}
