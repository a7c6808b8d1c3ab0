import { describe, expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { formatView, parseView } from '../../url/viewUrl.ts';
import {
  choosableColumns,
  columnsFor,
  minWidthOf,
  templateOf,
  toggledColumn,
} from './rowColumns.ts';

const ids = (columns: readonly { readonly id: string }[]) => columns.map(({ id }) => id);

describe('the columns of the rows', () => {
  it('are as many as fit when nobody chose, and never wider than the pane but for the least two', () => {
    const least = minWidthOf(columnsFor(0, undefined));
    // Name and time stay in the narrowest pane, which then scrolls.
    expect(least).toBeLessThan(320);
    for (let width = 200; width < least; width += 1) {
      expect(ids(columnsFor(width, undefined)), String(width)).toEqual(['process', 'delta']);
    }
    let before = 2;
    for (let width = least; width <= 2400; width += 1) {
      const shown = columnsFor(width, undefined);
      expect(ids(shown)[0]).toBe('process');
      expect(minWidthOf(shown), String(width)).toBeLessThanOrEqual(width);
      // A wider pane never shows less.
      expect(shown.length, String(width)).toBeGreaterThanOrEqual(before);
      before = shown.length;
    }
    expect(ids(columnsFor(1600, undefined))).toEqual(['process', ...ids(choosableColumns)]);
  });

  it('are the chosen ones whatever the room, in their own order, the process always first', () => {
    expect(ids(columnsFor(200, ['user', 'pid', 'nonsense']))).toEqual(['process', 'pid', 'user']);
    expect(ids(columnsFor(200, []))).toEqual(['process']);
  });

  it('are all kept by a link, one by one and together', () => {
    const all = ids(columnsFor(0, ids(choosableColumns)));
    for (const columns of [...all.map((id) => [id]), all, []]) {
      expect(parseView(formatView({ ...defaultView, columns })).columns).toEqual(columns);
    }
  });

  it('have what siblings are ordered by, whatever the room and the choice', () => {
    expect(ids(columnsFor(300, undefined, 'duration'))).toEqual(['process', 'delta', 'duration']);
    expect(ids(columnsFor(300, ['exit'], 'net'))).toEqual(['process', 'exit', 'net']);
    expect(ids(columnsFor(300, ['exit'], 'start'))).toEqual(['process', 'exit']);
  });

  it('are chosen and taken out one by one', () => {
    const shown = columnsFor(0, ['pid']);
    expect(toggledColumn(shown, 'exit')).toEqual(['exit', 'pid']);
    expect(toggledColumn(shown, 'pid')).toEqual([]);
  });

  it('give the free width to the arguments, without them to the name', () => {
    expect(templateOf(columnsFor(2000, ['arguments', 'pid']))).toBe(
      'minmax(250px, 30%) minmax(120px, 1fr) 60px',
    );
    expect(templateOf(columnsFor(2000, ['pid']))).toBe('minmax(250px, 1fr) 60px');
  });
});
