import { byteWords } from '@forebear/model/words/byteWords';

/** U+202F, a thin space that does not break the line. */
const THIN = '\u202f';

/** `1 204` with thin spaces; fractions are cut. */
export function formatCount(count: number | bigint): string {
  const whole = typeof count === 'bigint' ? count : Math.trunc(count);
  return whole.toString().replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
}

/** `1 process`, `3 processes`: the count in front of the right form of the noun. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * `512 B`, `4.8 MiB`: binary units, one decimal above a kibibyte. Takes the wire's decimal strings; a text
 * that is no number is answered as it came, and null, which nobody counted, with a dash.
 */
export function formatBytes(bytes: number | bigint | string | null): string {
  return byteWords(bytes, 1);
}

/**
 * What a connection carried, as `formatBytes`, but with three decimals from a mebibyte on: `4.577 MiB` was collected and `4.589 MiB`
 * sent on, which one decimal does not tell apart.
 */
export function formatTraffic(bytes: string | null): string {
  return byteWords(bytes, 3);
}

/** The exact figure behind `formatBytes`. */
export function exactBytes(bytes: string | null): string {
  if (bytes === null) return 'no counter of bytes in this log';
  return /^\d+$/.test(bytes) ? `${formatCount(BigInt(bytes))} bytes` : bytes;
}

/** What a connection carried with its exact number where units round it: `4.578 MiB (4 800 512 bytes)`. */
export function wholeTraffic(bytes: string | null): string {
  const shown = formatTraffic(bytes);
  return bytes === null || shown === bytes || shown.endsWith(' B')
    ? shown
    : `${shown} (${exactBytes(bytes)})`;
}

/** `412 ev/s`, `1.4 MiB/s`. */
export function formatRate(perSecond: number, unit: 'events' | 'bytes'): string {
  if (unit === 'bytes') return `${formatBytes(Math.round(perSecond))}/s`;
  const shown =
    perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));
  return `${shown} ev/s`;
}

/**
 * A difference as `+5 m 02.9 s`, below a second `+302 ms`, above an hour `+3 h 05 m 02 s`, above a day
 * `+2 d 03 h 05 m`. A figure is rounded once, so that 59.96 s is `+1 m 00.0 s`.
 */
export function formatDelta(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  return `${sign}${formatDuration(Math.abs(ms))}`;
}

/** A length of time in the same form, without a sign. */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms);
  if (length < 1) return length === 0 ? '0 ms' : `${length.toFixed(3)} ms`;
  if (length < 999.5) return `${length < 10 ? length.toFixed(1) : Math.round(length)} ms`;
  const tenths = Math.round(length / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  if (tenths < 36_000) {
    const rest = tenths % 600;
    return `${Math.floor(tenths / 600)} m ${Math.floor(rest / 10)
      .toString()
      .padStart(2, '0')}.${rest % 10} s`;
  }
  const seconds = Math.round(length / 1000);
  const two = (value: number) => value.toString().padStart(2, '0');
  if (seconds < 86_400) {
    const minutes = Math.floor((seconds % 3600) / 60);
    return `${Math.floor(seconds / 3600)} h ${two(minutes)} m ${two(seconds % 60)} s`;
  }
  const hours = Math.floor((seconds % 86_400) / 3600);
  return `${Math.floor(seconds / 86_400)} d ${two(hours)} h ${two(Math.floor((seconds % 3600) / 60))} m`;
}

/** Seconds as a limit is spoken of: `60 s`, `90 s`, `5 m`. */
export function formatLimit(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds >= 120 && seconds % 60 === 0) return `${formatCount(seconds / 60)} m`;
  return `${formatCount(seconds)} s`;
}

/** `26 %`: a share of 1, rounded down, so that 100 % means all. */
export function formatPercent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** `ONE 91 %, OTHER 9 %` of names of formats, a single one without its share: by events, the largest first; the shares are rounded down but never to 0. */
export function formatShares(formats: Readonly<Record<string, number>>): string {
  const entries = Object.entries(formats).toSorted(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return entries.map(([name]) => name).join(', ') || '–';
  if (entries.length === 1) return entries[0]?.[0] ?? '–';
  return entries
    .map(([name, count]) => {
      const share = Math.floor((count * 100) / total);
      return `${name} ${share === 0 ? '< 1' : share} %`;
    })
    .join(', ');
}
