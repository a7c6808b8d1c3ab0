import type { FieldName } from '@forebear/model/query/filter';
import { matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { narrowedTo } from '@forebear/model/query/scope';
import { processSubject, type SeenCard } from '@forebear/model/query/subject';
import { standsOut } from '@forebear/model/words/flagMark';
import type { HopItem } from '../../api/answers.ts';
import type { SortKey } from '../../kit/sortRows.ts';

/** One row: a hop, or all that are alike. */
export interface HopRow {
  /** The first of them. */
  readonly hop: HopItem;
  readonly all: readonly HopItem[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Decimal; null: no counter was reported. */
  readonly bytesSent: string | null;
  readonly bytesReceived: string | null;
}

/** What makes a row itself: its first hop. */
export function hopKey({ hop: { from, to, port, protocol } }: HopRow): string {
  return `${from.ref}>${to.ref}:${port}/${protocol}`;
}

/**
 * Hops from one pod's binary into another pod's, on one port and known in one way, as one row; each alone when `fold` is false.
 * What stands out is always a row of its own. Rows are in the order of their first hops.
 */
export function foldHops(hops: readonly HopItem[], fold: boolean): readonly HopRow[] {
  const rows: HopItem[][] = [];
  const alike = new Map<string, HopItem[]>();
  for (const hop of hops) {
    const { from, to, port, protocol, confidence } = hop;
    const isOwn = !fold || standsOut(from) || standsOut(to);
    const key = JSON.stringify([endOf(from), endOf(to), port, protocol, confidence]);
    const known = isOwn ? undefined : alike.get(key);
    if (known !== undefined) {
      known.push(hop);
      continue;
    }
    const row = [hop];
    rows.push(row);
    if (!isOwn) alike.set(key, row);
  }
  return rows.flatMap(rowOf);
}

function rowOf(all: readonly HopItem[]): HopRow[] {
  const [hop] = all;
  if (hop === undefined) return [];
  let { firstSeen, lastSeen } = hop;
  for (const one of all) {
    if (one.firstSeen !== null && (firstSeen === null || one.firstSeen < firstSeen))
      firstSeen = one.firstSeen;
    if (one.lastSeen !== null && (lastSeen === null || one.lastSeen > lastSeen))
      lastSeen = one.lastSeen;
  }
  const bytesSent = sumOf(all.map((one) => one.bytesSent));
  const bytesReceived = sumOf(all.map((one) => one.bytesReceived));
  return [{ hop, all, firstSeen, lastSeen, bytesSent, bytesReceived }];
}

function endOf({ namespace, pod, binary }: HopItem['from']): readonly string[] {
  return [namespace, pod, binary];
}

function sumOf(counters: readonly (string | null)[]): string | null {
  const known = counters.flatMap((text) => (text === null ? [] : [BigInt(text)]));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0n).toString();
}

/** What stands out first: callers that do, then such callees, then by time, as the API answers. */
export function loudFirst(hops: readonly HopItem[]): readonly HopItem[] {
  const weight = ({ from, to }: HopItem) => (standsOut(from) ? 2 : 0) + (standsOut(to) ? 1 : 0);
  return hops.toSorted((a, b) => weight(b) - weight(a));
}

/** How each column is compared. */
export const hopSortKeys: ReadonlyMap<string, SortKey<HopRow>> = new Map<string, SortKey<HopRow>>([
  ['from', ({ hop: { from } }) => `${from.namespace}/${from.pod} ${from.binary}`],
  ['to', ({ hop: { to } }) => `${to.namespace}/${to.pod} ${to.binary}`],
  ['times', ({ all }) => all.length],
  ['port', ({ hop }) => hop.port],
  ['firstSeen', ({ firstSeen }) => firstSeen ?? undefined],
  ['lastSeen', ({ lastSeen }) => lastSeen ?? undefined],
  ['confidence', ({ hop }) => ['certain', 'likely', 'inferred'].indexOf(hop.confidence)],
  ['sent', ({ bytesSent }) => Number(bytesSent ?? -1)],
  ['received', ({ bytesReceived }) => Number(bytesReceived ?? -1)],
]);

export interface AskedHops {
  readonly hops: readonly HopItem[];
  /** Fields of the filter that hops do not have: their clauses are left out. */
  readonly unknown: readonly string[];
}

/**
 * The hops that a filter asks for: one of whose ends matches all of it. The call takes no filter, and hops hold less than
 * processes: what they do not have cannot decide, and is said. A filter that does not parse asks for nothing.
 */
export function askedHops(hops: readonly HopItem[], text: string): AskedHops {
  const parsed = parseFilter(text);
  if (!parsed.ok || parsed.filter.kind === 'all') return { hops, unknown: [] };
  const { filter, leftOut } = narrowedTo(parsed.filter, (field) => fieldsOfHops.has(field));
  const keeps = (hop: HopItem) =>
    [hop.from, hop.to].some((end) => matches(filter, subjectOf(hop, end)));
  return { hops: hops.filter(keeps), unknown: leftOut };
}

const fieldsOfHops: ReadonlySet<FieldName> = new Set<FieldName>([
  'proc.name',
  'proc.exepath',
  'proc.pid',
  'k8s.ns.name',
  'k8s.pod.name',
  'fd.sport',
]);

/** One end as a filter sees it: a process of which no more is known than its row says, with the connection of the hop. */
function subjectOf({ port }: HopItem, end: HopItem['from']): Subject {
  const isOnHost = end.namespace === '' && end.pod === '';
  const card: SeenCard = {
    binaries: [end.binary],
    arguments: [],
    cwd: '',
    execId: '',
    pid: end.pid ?? undefined,
    uid: undefined,
    pod: isOnHost ? undefined : { namespace: end.namespace, name: end.pod },
    container: undefined,
    node: '',
    kinds: [],
  };
  return processSubject(card, { names: [], ends: [{ ip: '', port }] });
}
