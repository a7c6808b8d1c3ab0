import { isHindered } from '@forebear/model/words/verdictWords';
import type { ConversationItem, ConversationOrder } from '../../api/answers.ts';
import type { ConversationsQuestion } from '../../api/queries.ts';
import { formatCount } from '../../kit/format.ts';
import { millisBetween, parseMoment } from '../../kit/formatTime.ts';
import { formatSort, parseSort } from '../../kit/sortRows.ts';
import { listedWords } from '../../lists/listedWords.ts';
import type { ListPages } from '../../lists/listPages.ts';
import { questionOf } from '../../url/question.ts';
import type { TimeRange, View } from '../../url/view.ts';

/** A conversation with what makes its row itself. */
export interface ConversationRow {
  readonly key: string;
  readonly item: ConversationItem;
}

/** Rows of conversations; two that are alike in all that names them are told apart by their order. */
export function rowsOf(items: readonly ConversationItem[]): readonly ConversationRow[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { key: count === 1 ? key : `${key}~${count}`, item };
  });
}

function keyOf({ firstSeen, client, server, protocol }: ConversationItem): string {
  const from = `${client.ref ?? client.pod ?? ''}@${client.ip}:${client.port}`;
  return `${firstSeen ?? ''} ${from}>${server.ip}:${server.port}/${protocol}`;
}

const SORTS: ReadonlySet<string> = new Set<ConversationOrder['by']>([
  'firstSeen',
  'lastSeen',
  'sent',
  'received',
  'bytes',
  'verdict',
]);

/** The order that an address asks for, as the API takes it; undefined: its own, or one of another list. */
export function askedSort(view: View): string | undefined {
  const sort = parseSort(view.sort);
  return sort !== undefined && SORTS.has(sort.column) ? formatSort(sort) : undefined;
}

/** What the API is asked for the list of a view. */
export function conversationsQuestion(view: View): ConversationsQuestion {
  return {
    ...questionOf(view),
    sort: askedSort(view) ?? 'notable',
    ...(isWithoutResolver(view) ? { withoutResolver: 'true' } : {}),
  };
}

/** The page's own order. */
export const notableFirst =
  'what was stopped first, then what leads outside, then the most bytes, then the first seen';

/** Whether those with the cluster's resolver are left out. */
export function isWithoutResolver({ without }: View): boolean {
  return without.includes('dns');
}

/** How long it was seen to be open, in milliseconds; undefined: it has no time. */
export function lengthOf({ firstSeen, lastSeen }: ConversationItem): number | undefined {
  const [from, to] = [parseMoment(firstSeen ?? ''), parseMoment(lastSeen ?? '')];
  return from === undefined || to === undefined ? undefined : millisBetween(from, to);
}

/** The time over which a conversation was seen: what else was open then is asked with it. */
export function spanOf({ firstSeen, lastSeen }: ConversationItem): TimeRange | undefined {
  if (firstSeen === null) return undefined;
  const last = Date.parse(lastSeen ?? firstSeen);
  // The end of a range is not in it.
  const to = Number.isNaN(last) ? undefined : { at: new Date(last + 1).toISOString() };
  return { from: { at: firstSeen }, to };
}

/** `first 200 of 3,310 conversations`, `24 conversations · 2 stopped`. */
export function conversationCounts(
  list: Pick<ListPages<ConversationItem>, 'items' | 'total' | 'hasMore' | 'completeness'>,
): string {
  const stopped = list.items.filter(({ verdict }) => isHindered(verdict)).length;
  const words = stopped === 0 ? '' : ` · ${formatCount(stopped)} stopped`;
  const soFar = list.completeness?.derived === undefined ? '' : ' so far';
  return `${listedWords(list, 'conversation')}${words}${soFar}`;
}
