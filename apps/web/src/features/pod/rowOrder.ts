import type { Sort } from '../../kit/HeadCell.tsx';
import { formatSort, parseSort } from '../../kit/sortRows.ts';
import { type SiblingSort, siblingOrders } from '../../view/sortSiblings.ts';

/** By start, the first first. */
const byStart: SiblingSort = { column: 'start', descending: false };

/** The order of siblings that an address asks for; what it does not say, or nobody can sort by, is by start. */
export function rowOrderOf(text: string | undefined): SiblingSort {
  const sort = parseSort(text);
  const column = siblingOrders.find((one) => one === sort?.column);
  return column === undefined || sort === undefined
    ? byStart
    : { column, descending: sort.descending };
}

/** The same as it stands in an address; the order by start is left out. */
export function rowOrderText(sort: Sort | undefined): string | undefined {
  const text = formatSort(sort);
  return text === formatSort(byStart) ? undefined : text;
}
