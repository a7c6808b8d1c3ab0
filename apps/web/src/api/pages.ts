/** One page of a list, as every list of the API answers. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly total: number | null;
}

/** More pages than this are left for the next question: the cursor stays in the answer, and the page says so. */
const MOST_PAGES = 40;

/**
 * A list whose sums are shown with it, gathered whole: asks page after page until there is none, and answers the first page
 * with the items of all. `nextCursor` is not null when there are more pages than one may wait for.
 */
export async function allPages<Answer extends Page<unknown>>(
  askPage: (cursor: string) => Promise<Answer>,
): Promise<Answer> {
  const first = await askPage('');
  let last = first;
  const seen = new Set<string>();
  const items = [...first.items];
  for (let page = 1; page < MOST_PAGES && last.nextCursor !== null; page += 1) {
    // A cursor that comes back would go round for ever.
    if (seen.has(last.nextCursor)) break;
    seen.add(last.nextCursor);
    last = await askPage(last.nextCursor);
    for (const item of last.items) items.push(item);
  }
  return { ...first, items, nextCursor: last.nextCursor };
}
