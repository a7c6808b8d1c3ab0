import { describe, expect, it } from 'vitest';
import { formatSort, parseSort, type SortKey, sortRows } from './sortRows.ts';

interface Row {
  readonly name: string;
  readonly size: number | undefined;
}
const rows: readonly Row[] = [
  { name: 'pod-10', size: 1 },
  { name: 'pod-9', size: undefined },
  { name: 'pod-1', size: 3 },
];
const keys = new Map<string, SortKey<Row>>([
  ['name', (row) => row.name],
  ['size', (row) => row.size],
]);
const names = (sorted: readonly Row[]) => sorted.map((row) => row.name);

describe('sorting', () => {
  it('reads numbers inside names as numbers', () => {
    expect(names(sortRows(rows, { column: 'name', descending: false }, keys))).toEqual([
      'pod-1',
      'pod-9',
      'pod-10',
    ]);
  });

  it('puts what has no value last in both directions', () => {
    expect(names(sortRows(rows, { column: 'size', descending: true }, keys)).at(-1)).toBe('pod-9');
    expect(names(sortRows(rows, { column: 'size', descending: false }, keys)).at(-1)).toBe('pod-9');
  });

  it('leaves the order alone without a sort, or with one it does not know', () => {
    expect(sortRows(rows, undefined, keys)).toBe(rows);
    expect(sortRows(rows, { column: 'moon', descending: true }, keys)).toBe(rows);
  });

  it('stands in an address as a name, with a dash for descending', () => {
    expect(formatSort(parseSort('-late'))).toBe('-late');
    expect(formatSort(parseSort('late'))).toBe('late');
    expect(parseSort('-')).toBeUndefined();
    expect(formatSort(undefined)).toBeUndefined();
  });
});
