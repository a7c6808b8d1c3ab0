import type { FieldName, Filter } from '@forebear/model/query/filter';
import { baseName, matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { standsOut } from '@forebear/model/words/flagMark';
import type { HopItem } from '../../api/answers.ts';
import type { SortKey } from '../../kit/sortRows.ts';

/** What makes a hop itself. */
export function hopKey({ from, to, port, protocol }: HopItem): string {
  return `${from.ref}>${to.ref}:${port}/${protocol}`;
}

/** What stands out first: callers that do, then such callees, then by time, as the API answers. */
export function loudFirst(hops: readonly HopItem[]): readonly HopItem[] {
  const weight = ({ from, to }: HopItem) => (standsOut(from) ? 2 : 0) + (standsOut(to) ? 1 : 0);
  return hops.toSorted((a, b) => weight(b) - weight(a));
}

/** How each column is compared. */
export const hopSortKeys: ReadonlyMap<string, SortKey<HopItem>> = new Map<string, SortKey<HopItem>>(
  [
    ['from', ({ from }) => `${from.namespace}/${from.pod} ${from.binary}`],
    ['to', ({ to }) => `${to.namespace}/${to.pod} ${to.binary}`],
    ['port', ({ port }) => port],
    ['firstSeen', ({ firstSeen }) => firstSeen ?? undefined],
    ['confidence', ({ confidence }) => ['certain', 'likely', 'inferred'].indexOf(confidence)],
    ['sent', ({ bytesSent }) => Number(bytesSent ?? -1)],
    ['received', ({ bytesReceived }) => Number(bytesReceived ?? -1)],
  ],
);

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
  const { filter } = parsed;
  if (filter.kind === 'text') return { hops: kept(hops, filter), unknown: [] };
  const known = filter.clauses.filter(({ field }) => has(field));
  const unknown = filter.clauses.filter(({ field }) => !has(field)).map(({ field }) => field);
  const asked = { kind: 'clauses', clauses: known } as const;
  return { hops: kept(hops, asked), unknown: [...new Set(unknown)] };
}

function kept(hops: readonly HopItem[], filter: Filter): readonly HopItem[] {
  return hops.filter((hop) =>
    [hop.from, hop.to].some((end) => matches(filter, subjectOf(hop, end))),
  );
}

function has(field: FieldName): boolean {
  return /^(?:proc\.(?:name|exepath|pid)|k8s\.(?:ns|pod)\.name|fd\.sport)$/.test(field);
}

function subjectOf({ port }: HopItem, end: HopItem['from']): Subject {
  const pid = end.pid === null ? [] : [String(end.pid)];
  const values = new Map<string, readonly string[]>([
    ['proc.name', [baseName(end.binary)]],
    ['proc.exepath', [end.binary]],
    ['proc.pid', pid],
    ['k8s.ns.name', [end.namespace]],
    ['k8s.pod.name', [end.pod]],
    ['fd.sport', [String(port)]],
  ]);
  return {
    values: (field) => values.get(field) ?? [],
    text: () => [end.binary, `${end.namespace}/${end.pod}`, ...pid, String(port)],
  };
}
