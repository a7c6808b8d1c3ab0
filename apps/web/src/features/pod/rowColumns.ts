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
  readonly width: string;
  readonly align?: 'end';
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
  { id: 'process', title: () => 'Process', width: 'minmax(250px, 5fr)', from: 0 },
  { id: 'arguments', title: () => 'Arguments', width: 'minmax(120px, 6fr)', from: 522 },
  {
    id: 'delta',
    title: ({ relative }) => DELTA_WORDS[relative],
    hint: 'Press u for the next way to measure',
    width: '104px',
    align: 'end',
    from: 0,
  },
  { id: 'start', title: () => 'Start', width: '96px', align: 'end', from: 974 },
  { id: 'duration', title: () => 'Duration', width: '84px', align: 'end', from: 1070 },
  { id: 'exit', title: () => 'Exit', width: '72px', from: 786 },
  { id: 'pid', title: () => 'PID', width: '60px', align: 'end', from: 702 },
  { id: 'user', title: () => 'User', width: '68px', from: 866 },
  {
    id: 'net',
    title: () => 'Net',
    hint: 'Destinations inside and outside',
    width: '96px',
    from: 630,
  },
];

/** The columns that a pane has room for. */
export function columnsFor(width: number): readonly RowColumn[] {
  return columns.filter(({ from }) => width >= from);
}

export function templateOf(shown: readonly RowColumn[]): string {
  return shown.map(({ width }) => width).join(' ');
}
