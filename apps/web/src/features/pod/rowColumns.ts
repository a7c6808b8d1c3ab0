import type { View } from '../../url/view.ts';

export type RowColumnId =
  | 'process'
  | 'arguments'
  | 'delta'
  | 'start'
  | 'duration'
  | 'exit'
  | 'pid'
  | 'user'
  | 'net';

export interface RowColumn {
  readonly id: RowColumnId;
  readonly title: (view: View) => string;
  readonly hint?: string;
  /** A grid track, and the least of its pixels. */
  readonly width: string;
  readonly min: number;
  readonly align?: 'end';
  /** Siblings can be ordered by it; which direction comes first. */
  readonly sorts?: 'ascending' | 'descending';
  /** The pane is at least this wide, or the column is left out. */
  readonly from: number;
}

const DELTA_WORDS: Readonly<Record<View['relative'], string>> = {
  main: 'After main',
  parent: 'After parent',
  previous: 'After previous',
  clock: 'Time',
};

const columns: readonly RowColumn[] = [
  {
    id: 'process',
    title: () => 'Process',
    width: 'minmax(250px, 30%)',
    min: 250,
    from: 0,
    sorts: 'ascending',
  },
  { id: 'arguments', title: () => 'Arguments', width: 'minmax(120px, 1fr)', min: 120, from: 534 },
  {
    id: 'delta',
    title: ({ relative }) => DELTA_WORDS[relative],
    hint: 'Press u for the next way to measure',
    width: '116px',
    min: 116,
    align: 'end',
    from: 0,
    sorts: 'descending',
  },
  {
    id: 'start',
    title: () => 'Start',
    width: '96px',
    min: 96,
    align: 'end',
    from: 986,
    sorts: 'ascending',
  },
  {
    id: 'duration',
    title: () => 'Duration',
    width: '84px',
    min: 84,
    align: 'end',
    from: 1082,
    sorts: 'descending',
  },
  { id: 'exit', title: () => 'Exit', width: '72px', min: 72, from: 798 },
  {
    id: 'pid',
    title: () => 'PID',
    width: '60px',
    min: 60,
    align: 'end',
    from: 714,
    sorts: 'ascending',
  },
  { id: 'user', title: () => 'User', width: '68px', min: 68, from: 878 },
  {
    id: 'net',
    title: () => 'Net',
    hint: 'Destinations inside and outside',
    width: '76px',
    min: 76,
    from: 622,
    sorts: 'descending',
  },
];

/** All there are but the process itself, which is always there: for choosing. */
export const choosableColumns: readonly RowColumn[] = columns.filter(({ id }) => id !== 'process');

/**
 * The columns that a pane has room for; those that the reader chose, when there is a choice, whatever the room: then one
 * scrolls. What siblings are ordered by (`sorted`) is always among them; a narrow pane gives the process less room.
 */
export function columnsFor(
  width: number,
  chosen: readonly string[] | undefined,
  sorted: RowColumnId = 'start',
): readonly RowColumn[] {
  const extra = sorted === 'start' ? undefined : sorted;
  const wanted = new Set(chosen);
  const shown = columns.filter(
    ({ id, from }) =>
      id === 'process' || id === extra || (chosen === undefined ? width >= from : wanted.has(id)),
  );
  if (width >= minWidthOf(shown)) return shown;
  // Two columns fit anywhere; with more of them one scrolls rather than loses the names.
  return shown.map((column) => inNarrowPane(column, shown.length > 2 ? 180 : 132));
}

/** The choice after one column was pressed, in the order of the columns. */
export function toggledColumn(shown: readonly RowColumn[], id: string): readonly string[] {
  const ids = new Set<string>(shown.map((column) => column.id));
  if (!ids.delete(id)) ids.add(id);
  return choosableColumns.map((column) => column.id).filter((one) => ids.has(one));
}

export function templateOf(shown: readonly RowColumn[]): string {
  // Without the arguments nobody takes the free width.
  const isNameLast = !shown.some(({ id }) => id === 'arguments');
  return shown
    .map(({ id, width, min }) => (isNameLast && id === 'process' ? `minmax(${min}px, 1fr)` : width))
    .join(' ');
}

/** A name may be cut where all columns would not fit otherwise. */
function inNarrowPane(column: RowColumn, min: number): RowColumn {
  return column.id === 'process' ? { ...column, width: `minmax(${min}px, 1fr)`, min } : column;
}

const GAP = 12;

/** Below this many pixels the rows scroll sideways. */
export function minWidthOf(shown: readonly RowColumn[]): number {
  return shown.reduce((sum, { min }) => sum + min + GAP, GAP);
}
