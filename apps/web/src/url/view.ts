import { defaultLateMs } from '@forebear/model/query/duration';

/** What a person sees of a case, beside the page they are on: everything a link must carry. */
export interface View {
  readonly shape: 'graph' | 'rows';
  /** Ref of the selected process. */
  readonly selected: string | undefined;
  /** Refs opened and closed against the default expansion. */
  readonly expansion: Expansion;
  /** The filter as typed: free text, or a condition. */
  readonly filter: string;
  /** What a filter does to the rest of a tree. */
  readonly filterMode: 'dim' | 'hide';
  readonly range: TimeRange | undefined;
  /** Later than this after its base, a process is late. */
  readonly lateMs: number;
  readonly fold: boolean;
  /** What the times on cards and rows are measured from. */
  readonly relative: RelativeMode;
  readonly zone: ZoneChoice;
  /** Columns of the rows that the reader chose; undefined: what there is room for. */
  readonly columns: readonly string[] | undefined;
  /** Ref of the process the tree is rooted at for now. */
  readonly root: string | undefined;
  /** Which of several pods of one name. */
  readonly cluster: string | undefined;
  readonly uid: string | undefined;
  readonly container: string | undefined;
  /** Which tab of the details panel is open. */
  readonly tab: string | undefined;
  /** Processes that the reader came through, nearest last: the breadcrumb of hops. */
  readonly trail: readonly Hop[];
  /** Column and direction of the page's table, `-name` for descending. */
  readonly sort: string | undefined;
  /** Kinds of events shown; empty: all. */
  readonly kinds: readonly string[];
  /** What of the alerts is shown; empty: all. */
  readonly severities: readonly string[];
  /** Dialects of the agents whose alerts are shown; empty: all. */
  readonly agents: readonly string[];
  readonly rule: string | undefined;
  readonly tag: string | undefined;
  /** Kinds of rows that are left out of a list: `dns`; empty: none. */
  readonly without: readonly string[];
  /** Which step of a sample's tour the reader is at; 0: the first. */
  readonly tour: number;
}

export interface Expansion {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** A pod that was left for another, and the process it was left from. */
export interface Hop {
  readonly namespace: string;
  readonly pod: string;
  readonly ref: string;
}

/** A bound: a moment of the log, or milliseconds from main's start. */
export type Bound = { readonly at: string } | { readonly afterMs: number };
/** [from, to); an absent end is open. */
export interface TimeRange {
  readonly from: Bound | undefined;
  readonly to: Bound | undefined;
}

export const relativeModes = ['main', 'parent', 'previous', 'clock'] as const;
export type RelativeMode = (typeof relativeModes)[number];
export type ZoneChoice = 'utc' | 'local' | { readonly offsetMinutes: number };

export const defaultView: View = {
  shape: 'graph',
  selected: undefined,
  expansion: { opened: [], closed: [] },
  filter: '',
  filterMode: 'dim',
  range: undefined,
  lateMs: defaultLateMs,
  fold: true,
  relative: 'main',
  zone: 'utc',
  columns: undefined,
  root: undefined,
  cluster: undefined,
  uid: undefined,
  container: undefined,
  tab: undefined,
  trail: [],
  sort: undefined,
  kinds: [],
  severities: [],
  agents: [],
  rule: undefined,
  tag: undefined,
  without: [],
  tour: 0,
};
