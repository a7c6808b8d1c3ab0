import type { Style } from './ink.ts';
import { clip, pad, textWidth } from './textWidth.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut down to this many columns when the line is too long; without it, it never is. */
  readonly shrinkTo?: number;
  /** May be left out when the line is too long, the lowest number first, before anything is cut. */
  readonly leaveOut?: number;
  /** Cut before any column is left out. */
  readonly elastic?: boolean;
}

/** Printable text, and how it is set apart. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const gap = 2;

/**
 * Rows under one head, every column as wide as its widest cell. When that is wider than `width`, columns are left out in
 * their order, then cut, the widest first; what may neither be left out nor cut stays. The last column is not padded.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  head: Style,
): string[] {
  const natural = columns.map((column, i) => {
    let widest = textWidth(column.title);
    for (const row of rows) widest = Math.max(widest, textWidth(row[i]?.text ?? ''));
    return widest;
  });
  const shown = chooseColumns(columns, natural, width);
  const widths = shrink(columns, natural, shown, width);
  const titles = columns.map(({ title }): Cell => ({ text: title, style: head }));
  return [titles, ...rows].map((row) =>
    shown
      .map((i) => {
        const cell = row[i] ?? { text: '' };
        const align = columns[i]?.align;
        const room = widths[i] ?? 0;
        const text = clip(cell.text, room);
        const isLast = i === shown.at(-1) && align !== 'right';
        const padded = isLast ? text : pad(text, room, align);
        return cell.style === undefined ? padded : cell.style(padded);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** Indexes of the columns that stay. */
function chooseColumns(
  columns: readonly Column[],
  widths: readonly number[],
  width: number,
): number[] {
  const least = columns.map(({ elastic, shrinkTo }, i) =>
    elastic === true ? Math.min(shrinkTo ?? 0, widths[i] ?? 0) : (widths[i] ?? 0),
  );
  let shown = columns.map((_, i) => i);
  const order = columns
    .flatMap(({ leaveOut }, index) => (leaveOut === undefined ? [] : [{ index, leaveOut }]))
    .sort((a, b) => a.leaveOut - b.leaveOut);
  for (const { index } of order) {
    if (lineWidth(shown, least) <= width) break;
    shown = shown.filter((each) => each !== index);
  }
  return shown;
}

function shrink(
  columns: readonly Column[],
  natural: readonly number[],
  shown: readonly number[],
  width: number,
): number[] {
  const widths = [...natural];
  const cutOne = (among: readonly number[]): boolean => {
    let widest = -1;
    for (const i of among) {
      const least = columns[i]?.shrinkTo;
      const now = widths[i] ?? 0;
      if (least === undefined || now <= least) continue;
      if (widest < 0 || now > (widths[widest] ?? 0)) widest = i;
    }
    if (widest >= 0) widths[widest] = (widths[widest] ?? 1) - 1;
    return widest >= 0;
  };
  const elastic = shown.filter((i) => columns[i]?.elastic === true);
  while (lineWidth(shown, widths) > width && (cutOne(elastic) || cutOne(shown)));
  return widths;
}

function lineWidth(shown: readonly number[], widths: readonly number[]): number {
  return shown.reduce((sum, i) => sum + (widths[i] ?? 0) + gap, -gap);
}
