import type { Sort } from './HeadCell.tsx';

/** How a column is compared: by a number or a text of the row; undefined sorts last in both directions. */
export type SortKey<Row> = (row: Row) => number | string | undefined;

/** Rows in the order of a column; without one, as they came. Equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: Sort | undefined,
  keys: ReadonlyMap<string, SortKey<Row>>,
): readonly Row[] {
  const key = sort === undefined ? undefined : keys.get(sort.column);
  if (key === undefined || sort === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return sign * compare(left, right);
  });
}

/** `-name` is descending, `name` ascending: as a sort stands in an address. */
export function parseSort(text: string | undefined): Sort | undefined {
  if (text === undefined || text === '' || text === '-') return undefined;
  const descending = text.startsWith('-');
  return { column: descending ? text.slice(1) : text, descending };
}

export function formatSort(sort: Sort | undefined): string | undefined {
  return sort === undefined ? undefined : `${sort.descending ? '-' : ''}${sort.column}`;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
