import type { HopRow } from '@forebear/model/answer/hopRows';
import type { FieldName } from '@forebear/model/query/filter';
import { matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { narrowedTo } from '@forebear/model/query/scope';
import { processSubject, type SeenCard } from '@forebear/model/query/subject';
import type { HopItem } from '../../api/answers.ts';
import type { SortKey } from '../../kit/sortRows.ts';

/** What makes a row itself: its first hop. */
export function hopKey({ hop: { from, to, port, protocol } }: HopRow): string {
  return `${from.ref}>${to.ref}:${port}/${protocol}`;
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
    policies: [],
    agents: [],
    alerts: [],
    author: [],
  };
  return processSubject(card, { names: [], ends: [{ ip: '', port }], verdict: '' });
}
