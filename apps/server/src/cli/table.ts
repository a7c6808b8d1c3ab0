import type { Style } from './ink.ts';
import { clip, pad, textWidth } from './textWidth.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut down to this many columns when the line is too long; without it, it never is. */
  readonly shrinkTo?: number;
}

/** Printable text, and how it is set apart. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const gap = 2;

/**
 * Rows under one head, every column as wide as its widest cell. What is wider than `columns` is cut, the columns that
 * may shrink first from the widest down; the last column is never padded.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  head: Style,
): string[] {
  const widths = columns.map((column, i) => {
    let widest = textWidth(column.title);
    for (const row of rows) widest = Math.max(widest, textWidth(row[i]?.text ?? ''));
    return widest;
  });
  shrink(columns, widths, width);
  const titles = columns.map(({ title }): Cell => ({ text: title, style: head }));
  return [titles, ...rows].map((row) =>
    columns
      .map((column, i) => {
        const cell = row[i] ?? { text: '' };
        const room = widths[i] ?? 0;
        const text = clip(cell.text, room);
        const isLast = i === columns.length - 1 && column.align !== 'right';
        const padded = isLast ? text : pad(text, room, column.align);
        return cell.style === undefined ? padded : cell.style(padded);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function shrink(columns: readonly Column[], widths: number[], width: number): void {
  for (;;) {
    const total = widths.reduce((sum, each) => sum + each + gap, -gap);
    if (total <= width) return;
    let widest = -1;
    for (const [i, column] of columns.entries()) {
      if (column.shrinkTo === undefined || (widths[i] ?? 0) <= column.shrinkTo) continue;
      if (widest < 0 || (widths[i] ?? 0) > (widths[widest] ?? 0)) widest = i;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
}
