import { byteWords } from '@forebear/model/words/byteWords';

const grouping = new Intl.NumberFormat('en-US');

/** `4.6 MiB`, from a count or the wire's decimal text: as in the page, with one decimal; a dash for what nobody counted. */
export function bytesText(count: number | string | null): string {
  return byteWords(count, 1);
}

/** What a connection carried, as in the page, with three decimals from a mebibyte on: `4.577 MiB`. */
export function trafficText(count: string | null): string {
  return byteWords(count, 3);
}

/** `8,640`. */
export function countText(count: number): string {
  return grouping.format(count);
}

/** `1 pod`, `3 pods`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `350ms`, `4.2s`, `5m02s`, `3h07m`, `2d04h`; a sign for what was before. */
export function durationText(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  if (size < 999.5) return `${sign}${Math.round(size)}ms`;
  if (size < 9_950) return `${sign}${(size / 1000).toFixed(1)}s`;
  const seconds = Math.round(size / 1000);
  if (seconds < 60) return `${sign}${seconds}s`;
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return `${sign}${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${Math.floor(hours / 24)}d${two(hours % 24)}h`;
}

/** `2026-03-04 07:06:18` of an RFC 3339 time; a dash for none. */
export function dateTimeText(time: string | null): string {
  return time === null ? '-' : time.slice(0, 19).replace('T', ' ');
}

/** The end of a span whose beginning is said before it: the time of day, with its date when that is another. */
export function untilText(time: string | null, from: string | null): string {
  if (time === null) return '-';
  const text = dateTimeText(time);
  return from !== null && from.slice(0, 10) === time.slice(0, 10) ? text.slice(11) : text;
}

/** `07:06:18.110` of an RFC 3339 time; a dash for none. */
export function clockText(time: string | null): string {
  return time === null ? '-' : time.slice(11, 23);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
