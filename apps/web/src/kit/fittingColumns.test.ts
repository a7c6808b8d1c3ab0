import { describe, expect, it } from 'vitest';
import { fittingColumns, leastWidth } from './fittingColumns.ts';

const columns = [
  { id: 'name', width: 'minmax(160px, 2fr)' },
  { id: 'evidence', width: '96px', from: 1400 },
];

describe('the columns of a table', () => {
  it('are all there where the window is wide, and those that can be spared go first', () => {
    expect(fittingColumns(columns, 1400)).toBe(columns);
    expect(fittingColumns(columns, 1280).map(({ id }) => id)).toEqual(['name']);
  });

  it('leave room beside the first where the window is small', () => {
    const both = [columns[0], { id: 'sent', width: '84px' }].filter((one) => one !== undefined);
    expect(fittingColumns(both, 380).map(({ width }) => width)).toEqual(['205px', '84px']);
  });

  it('take their least widths, gaps and gutters together', () => {
    expect(leastWidth(columns)).toBe(160 + 96 + 12 + 32);
    expect(leastWidth([])).toBe(32);
  });
});
