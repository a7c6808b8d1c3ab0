import { formatExact, type Moment, parseMoment } from '../../kit/formatTime.ts';
import type { Bound, TimeRange } from '../../url/view.ts';

/** The two ends of a window as they are typed; empty: open. */
export interface WindowFields {
  readonly from: string;
  readonly to: string;
}

/** The window that is typed, undefined being all times; or what is wrong with it. */
export type ReadWindow =
  | { readonly ok: true; readonly range: TimeRange | undefined }
  | { readonly ok: false; readonly field: keyof WindowFields; readonly reason: string };

/** What the fields begin with: the window of the view. An end that is counted from main is none here. */
export function fieldsOf(range: TimeRange | undefined): WindowFields {
  return { from: textOf(range?.from), to: textOf(range?.to) };
}

/** Reads both ends, UTC unless they name an offset; the end must lie after the beginning. */
export function readWindow(fields: WindowFields): ReadWindow {
  const [from, to] = [momentOf(fields.from), momentOf(fields.to)];
  if (from === 'unread') return { ok: false, field: 'from', reason: noTime };
  if (to === 'unread') return { ok: false, field: 'to', reason: noTime };
  if (from !== undefined && to !== undefined && !isBefore(from, to))
    return { ok: false, field: 'to', reason: 'This must be later than the time above.' };
  if (from === undefined && to === undefined) return { ok: true, range: undefined };
  return { ok: true, range: { from: boundOf(from), to: boundOf(to) } };
}

const noTime = 'This is no time: write it as 2026-03-14 07:06:00, or leave it empty.';

function momentOf(text: string): Moment | undefined | 'unread' {
  const typed = text.trim();
  if (typed === '') return undefined;
  const withSeconds = typed.replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?=Z|[+-]|$)/i, '$1:00');
  return parseMoment(withSeconds) ?? 'unread';
}

function isBefore(a: Moment, b: Moment): boolean {
  return a.ms < b.ms || (a.ms === b.ms && a.ns < b.ns);
}

function textOf(bound: Bound | undefined): string {
  return bound !== undefined && 'at' in bound ? bound.at : '';
}

/** As an address has it, without digits that say nothing. */
function boundOf(at: Moment | undefined): Bound | undefined {
  if (at === undefined) return undefined;
  return { at: formatExact(at, 'utc').replace(/\.?0+Z$/, 'Z') };
}
