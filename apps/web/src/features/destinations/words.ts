import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { formatCount, formatNoun } from '../../kit/format.ts';

/** How a name is known, for people. */
export function nameWords(name: string | null, evidence: string): string {
  if (evidence === '') return name === null ? 'address only' : '–';
  return evidenceWords(evidence);
}

/** What of a list is here. */
interface Listed {
  /** Null: not known. */
  readonly total: number | null;
  /** There is a next page. */
  readonly hasMore: boolean;
  /** Parts of the case are still to be gone through. */
  readonly isSoFar: boolean;
}

/**
 * `first 200 of 331 destinations · 24 external`: how many are listed, of how many. The list has external ones first: behind
 * the first that is none there are no others.
 */
export function listedWords(
  items: readonly { readonly external: boolean }[],
  { total, hasMore, isSoFar }: Listed,
): string {
  const external = items.filter((one) => one.external).length;
  const mayGoOn = hasMore && external === items.length;
  const of = total === null ? '' : ` of ${formatCount(total)}`;
  const listed = hasMore
    ? `first ${formatCount(items.length)}${of} destinations`
    : formatNoun(items.length, 'destination');
  return `${listed} · ${mayGoOn ? 'at least ' : ''}${formatCount(external)} external${isSoFar ? ' so far' : ''}`;
}
