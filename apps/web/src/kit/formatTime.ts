/** A point in time without loss: whole milliseconds since 1970 and the nanoseconds beyond them. */
export interface Moment {
  readonly ms: number;
  /** 0 to 999 999. */
  readonly ns: number;
}

/** UTC, the reader's own zone, or a fixed offset such as the log's. Order and differences never change. */
export type Zone = 'utc' | 'local' | { readonly offsetMinutes: number };

const RFC3339 = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)?$/i;
const THIN = '\u202f';

/** Reads an RFC 3339 time with all its digits; undefined for anything else. */
export function parseMoment(text: string): Moment | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, toSecond = '', fraction = '', zone = 'Z'] = match;
  const ms = Date.parse(`${toSecond.replace(' ', 'T')}${zone.toUpperCase()}`);
  if (Number.isNaN(ms)) return undefined;
  const digits = fraction.padEnd(9, '0');
  return { ms: ms + Number(digits.slice(0, 3)), ns: Number(digits.slice(3)) };
}

/** Joins the wire's microseconds and its 0-999 nanoseconds beyond them. */
export function momentOfMicros(us: number, ns: number): Moment {
  const ms = Math.floor(us / 1000);
  return { ms, ns: (us - ms * 1000) * 1000 + ns };
}

/** The difference `later - earlier` in milliseconds, exact to the nanosecond below 104 days. */
export function millisBetween(earlier: Moment, later: Moment): number {
  return later.ms - earlier.ms + (later.ns - earlier.ns) / 1e6;
}

/** `07:10:50.112 381 321`, or `07:10:50.112` where milliseconds are enough. */
export function formatClock(at: Moment, zone: Zone, digits: 'ms' | 'ns' | 's' = 'ns'): string {
  const text = wallClock(at, zone);
  if (digits === 's') return text.slice(11, 19);
  const toMs = text.slice(11, 23);
  if (digits === 'ms') return toMs;
  const beyond = at.ns.toString().padStart(6, '0');
  return `${toMs}${THIN}${beyond.slice(0, 3)}${THIN}${beyond.slice(3)}`;
}

/** `2023-07-26`, the day in that zone. */
export function formatDay(at: Moment, zone: Zone): string {
  return wallClock(at, zone).slice(0, 10);
}

/** `2023-07-26 07:10:50`: for lists where a line must stand for itself. */
function formatDayClock(at: Moment, zone: Zone): string {
  return `${formatDay(at, zone)} ${formatClock(at, zone, 's')}`;
}

/** `2026-03-14 07:05:47 – 07:20:47`: the second day is said when it is another. */
export function formatSpan(from: Moment, to: Moment, zone: Zone): string {
  const end = formatDayClock(to, zone);
  const sameDay = formatDay(from, zone) === formatDay(to, zone);
  return `${formatDayClock(from, zone)} – ${sameDay ? end.slice(11) : end}`;
}

/** The exact value for a tooltip or the clipboard: RFC 3339 with nine digits and the zone's offset. */
export function formatExact(at: Moment, zone: Zone): string {
  const offset = offsetMinutes(at, zone);
  const beyond = at.ns.toString().padStart(6, '0');
  return `${wallClock(at, zone)}${beyond}${zone === 'utc' ? 'Z' : formatOffset(offset)}`;
}

/** `UTC`, `local (+02:00)`, `+02:00`: what a column of times is headed with. */
export function zoneName(zone: Zone, at: Moment): string {
  if (zone === 'utc') return 'UTC';
  const offset = formatOffset(offsetMinutes(at, zone));
  return zone === 'local' ? `local ${offset}` : offset;
}

/** `+02:00` of 120 minutes. */
export function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const size = Math.abs(minutes);
  const two = (value: number) => value.toString().padStart(2, '0');
  return `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetMinutes(at: Moment, zone: Zone): number {
  if (zone === 'utc') return 0;
  return zone === 'local' ? -new Date(at.ms).getTimezoneOffset() : zone.offsetMinutes;
}

/** `2023-07-26T07:10:50.112` in that zone. */
function wallClock(at: Moment, zone: Zone): string {
  const shifted = at.ms + offsetMinutes(at, zone) * 60_000;
  if (!Number.isFinite(shifted) || Math.abs(shifted) > 8.64e15) return '????-??-??T??:??:??.???';
  return new Date(shifted).toISOString().slice(-24, -1);
}
