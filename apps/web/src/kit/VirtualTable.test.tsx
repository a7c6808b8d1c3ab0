// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Column, VirtualTable } from './VirtualTable.tsx';

interface Row {
  readonly name: string;
}

const rows: readonly Row[] = Array.from({ length: 10_000 }, (_, i) => ({ name: `row ${i}` }));
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', width: '100px', sortable: true, cell: (row) => row.name },
  { id: 'size', title: 'Size', width: '100px', align: 'end', sortable: true, cell: () => '1' },
];

beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(560);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function table(more: Partial<Parameters<typeof VirtualTable<Row>>[0]> = {}) {
  render(
    <VirtualTable label="Rows" rows={rows} columns={columns} keyOf={(row) => row.name} {...more} />,
  );
  return screen.getByRole('grid');
}

describe('a table of ten thousand rows', () => {
  it('puts only what is in sight into the document, and tells the true numbers', () => {
    const grid = table();
    const drawn = screen.getAllByRole('row');
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.length).toBeLessThan(80);
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(drawn[1]?.getAttribute('aria-rowindex')).toBe('2');
  });

  it('tells the number of rows there are in all when not all are loaded', () => {
    expect(table({ total: 128_384 }).getAttribute('aria-rowcount')).toBe('128385');
  });

  it('moves with the arrow keys and opens with Enter', () => {
    const opened: string[] = [];
    const grid = table({ onOpen: (row) => opened.push(row.name) });
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) fireEvent.keyDown(grid, { key });
    expect(opened).toEqual(['row 1']);
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(active?.textContent).toContain('row 1');
  });

  it('keeps the current row in the document when it is far out of sight', () => {
    const grid = table();
    fireEvent.keyDown(grid, { key: 'End' });
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(active?.getAttribute('aria-rowindex')).toBe('10001');
  });

  it('opens the row that is pressed', () => {
    const opened: string[] = [];
    table({ onOpen: (row) => opened.push(row.name) });
    fireEvent.click(screen.getByText('row 3'));
    expect(opened).toEqual(['row 3']);
  });

  it('sorts words up first and numbers down first, and then only turns round', () => {
    const asked: unknown[] = [];
    const onSort = (sort: unknown) => asked.push(sort);
    table({ onSort });
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    fireEvent.click(screen.getByRole('button', { name: 'Size' }));
    cleanup();
    table({ onSort, sort: { column: 'size', descending: false } });
    expect(screen.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Size' }));
    expect(asked).toEqual([
      { column: 'name', descending: false },
      { column: 'size', descending: true },
      { column: 'size', descending: true },
    ]);
  });
});
