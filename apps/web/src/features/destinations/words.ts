import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { type ReportingNode, tellsConnections } from '@forebear/model/words/missing';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { listedWords } from '../../lists/listedWords.ts';
import type { ListPages } from '../../lists/listPages.ts';

/** How a name is known, for people. */
export function nameWords(name: string | null, evidence: string): string {
  if (evidence === '') return name === null ? 'address only' : '–';
  return evidenceWords(evidence);
}

/**
 * `first 200 of 331 destinations · 24 external`: how many are listed, of how many. The list has external ones first: behind
 * the first that is none there are no others.
 */
export function destinationCounts(
  list: Pick<
    ListPages<{ readonly external: boolean }>,
    'items' | 'total' | 'hasMore' | 'completeness'
  >,
): string {
  const { items, total, completeness } = list;
  const external = items.filter((one) => one.external).length;
  // A next page is not offered of an answer that is only kept.
  const hasMore = list.hasMore || (total ?? 0) > items.length;
  const least = hasMore && external === items.length ? 'at least ' : '';
  const soFar = completeness?.derived === undefined ? '' : ' so far';
  return `${listedWords(list, 'destination')} · ${least}${formatCount(external)} external${soFar}`;
}

/** `2 processes`, `1 pod of which no process is known`, or both: an address or host of which none is known counts as a place. */
export function callersWords(
  callers: readonly { readonly ref: string | null; readonly pod: string }[],
): string {
  const untold = callers.filter(({ ref }) => ref === null);
  const known = callers.length - untold.length;
  const noun = untold.every(({ pod }) => pod !== '') ? 'pod' : 'place';
  return [
    ...(known === 0 ? [] : [formatNoun(known, 'process', 'processes')]),
    ...(untold.length === 0
      ? []
      : [`${formatNoun(untold.length, noun)} of which no process is known`]),
  ].join(' and ');
}

/** Why there may be no destination; undefined: who reports is not known yet. */
export function noneWords(nodes: readonly ReportingNode[] | undefined): string {
  const none = 'These logs hold no outbound connection';
  if (nodes === undefined || tellsConnections(nodes)) return `${none}.`;
  return `${none}: no agent of this case was watching the network.`;
}
