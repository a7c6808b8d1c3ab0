import { parseDuration } from '@forebear/model/query/duration';
import type { Bound, Expansion, Hop, TimeRange, ZoneChoice } from './view.ts';

/** Refs in an address are bounded: a link that is too long for a chat is no link. */
const MOST_REFS = 80;
const MOST_HOPS = 8;

/** `a,b,!c`: opened a and b, closed c. A ref never begins with an exclamation mark. */
export function parseExpansion(text: string): Expansion {
  const refs = text.split(',').filter((ref) => ref !== '' && ref !== '!');
  return {
    opened: refs.filter((ref) => !ref.startsWith('!')),
    closed: refs.filter((ref) => ref.startsWith('!')).map((ref) => ref.slice(1)),
  };
}

/** Writes the newest refs that fit; the rest falls back to the default expansion. */
export function formatExpansion({ opened, closed }: Expansion): string {
  const refs = [...opened, ...closed.map((ref) => `!${ref}`)];
  return refs.slice(-MOST_REFS).join(',');
}

/** The shortest text that `parseDuration` reads as this. */
export function formatLength(ms: number): string {
  if (ms % 1000 === 0) return `${ms / 1000}s`;
  return `${ms}ms`;
}

/** `+270s..+600s`, `2023-07-26T07:10:00Z..`: either end absolute or from main, either end open. */
export function parseRange(text: string): TimeRange | undefined {
  const at = text.indexOf('..');
  if (at === -1) return undefined;
  const from = parseBound(text.slice(0, at));
  const to = parseBound(text.slice(at + 2));
  return from === undefined && to === undefined ? undefined : { from, to };
}

export function formatRange(range: TimeRange | undefined): string {
  if (range === undefined || (range.from === undefined && range.to === undefined)) return '';
  return `${formatBound(range.from)}..${formatBound(range.to)}`;
}

/** `local`, `+02:00`; all else is UTC. */
export function parseZone(text: string): ZoneChoice {
  if (text === 'local') return 'local';
  const match = /^([+-])(\d\d):(\d\d)$/.exec(text);
  if (match === null) return 'utc';
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 14 * 60) return 'utc';
  return { offsetMinutes: match[1] === '-' ? 0 - minutes : minutes };
}

export function formatZone(zone: ZoneChoice): string {
  if (zone === 'utc') return '';
  if (zone === 'local') return 'local';
  const size = Math.abs(zone.offsetMinutes);
  const two = (value: number) => value.toString().padStart(2, '0');
  return `${zone.offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `namespace/pod/ref` of each hop, nearest last. None of the parts holds a slash or a comma. */
export function parseTrail(text: string): readonly Hop[] {
  const hops: Hop[] = [];
  for (const part of text.split(',')) {
    const [namespace, pod, ref, beyond] = part.split('/');
    if (namespace === undefined || !pod || !ref || beyond !== undefined) continue;
    hops.push({ namespace, pod, ref });
  }
  return hops.slice(-MOST_HOPS);
}

export function formatTrail(trail: readonly Hop[]): string {
  return trail
    .slice(-MOST_HOPS)
    .map(({ namespace, pod, ref }) => `${namespace}/${pod}/${ref}`)
    .join(',');
}

function parseBound(text: string): Bound | undefined {
  if (text.startsWith('+')) {
    const afterMs = parseDuration(text.slice(1));
    return afterMs === undefined ? undefined : { afterMs };
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) return undefined;
  return Number.isNaN(Date.parse(text)) ? undefined : { at: text };
}

function formatBound(bound: Bound | undefined): string {
  if (bound === undefined) return '';
  return 'at' in bound ? bound.at : `+${formatLength(bound.afterMs)}`;
}
