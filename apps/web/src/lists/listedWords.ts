import { formatCount, formatNoun } from '../kit/format.ts';

/** What of a list is here. */
export interface Listed {
  readonly items: readonly unknown[];
  /** Null: not counted. */
  readonly total: number | null;
  readonly hasMore: boolean;
}

/** `first 200 of 3,310 events`, `first 200 events, there are more`, `24 events`: how many are listed, of how many. `one`: `event`. */
export function listedWords({ items, total, hasMore }: Listed, one: string): string {
  const here = items.length;
  if (total === null)
    return hasMore ? `first ${formatNoun(here, one)}, there are more` : formatNoun(here, one);
  if (total <= here) return formatNoun(here, one);
  return `first ${formatCount(here)} of ${formatNoun(total, one)}`;
}
