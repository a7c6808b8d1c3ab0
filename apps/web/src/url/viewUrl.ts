import { parseDuration } from '@forebear/model/query/duration';
import {
  formatExpansion,
  formatLength,
  formatRange,
  formatTrail,
  formatZone,
  parseExpansion,
  parseRange,
  parseTrail,
  parseZone,
} from './codecs.ts';
import type { SearchRecord } from './searchText.ts';
import { defaultView, type RelativeMode, relativeModes, type View } from './view.ts';

/** The parameters that are ours; all others are kept as they are. */
const NAMES: Readonly<Record<keyof View, string>> = {
  shape: 'v',
  selected: 'n',
  expansion: 'x',
  filter: 'q',
  filterMode: 'mode',
  range: 't',
  lateMs: 'late',
  fold: 'fold',
  relative: 'rel',
  zone: 'tz',
  columns: 'cols',
  root: 'root',
  cluster: 'cluster',
  uid: 'uid',
  container: 'container',
  tab: 'tab',
  trail: 'via',
  sort: 'sort',
  kinds: 'kind',
  severities: 'sev',
  agents: 'agent',
  rule: 'rule',
  tag: 'tag',
  without: 'without',
  tour: 'tour',
};

/** Reads the view of an address. What is absent or makes no sense is the default; nothing throws. */
export function parseView(search: SearchRecord): View {
  const read = (key: keyof View): string | undefined => {
    const name = NAMES[key];
    return Object.hasOwn(search, name) ? search[name] : undefined;
  };
  const text = (key: keyof View): string | undefined => {
    const value = read(key);
    return value === '' ? undefined : value;
  };
  return {
    shape: read('shape') === 'rows' ? 'rows' : 'graph',
    selected: text('selected'),
    expansion: parseExpansion(read('expansion') ?? ''),
    filter: read('filter') ?? '',
    filterMode: read('filterMode') === 'hide' ? 'hide' : 'dim',
    range: parseRange(read('range') ?? ''),
    lateMs: parseDuration(read('lateMs') ?? '') ?? defaultView.lateMs,
    fold: read('fold') !== '0',
    relative: parseRelative(read('relative')),
    zone: parseZone(read('zone') ?? ''),
    columns: parseColumns(read('columns')),
    root: text('root'),
    cluster: text('cluster'),
    uid: text('uid'),
    container: text('container'),
    tab: text('tab'),
    trail: parseTrail(read('trail') ?? ''),
    sort: text('sort'),
    kinds: parseWords(read('kinds')),
    severities: parseWords(read('severities')),
    agents: parseWords(read('agents')),
    rule: text('rule'),
    tag: text('tag'),
    without: parseWords(read('without')),
    tour: parseStep(read('tour')),
  };
}

/**
 * Writes a view over the parameters that are there: defaults are left out, unknown parameters stay, so that
 * `parseView(formatView(v)) = v`.
 */
export function formatView(view: View, over: SearchRecord = {}): SearchRecord {
  const ours: Readonly<Record<keyof View, string>> = {
    shape: view.shape === defaultView.shape ? '' : view.shape,
    selected: view.selected ?? '',
    expansion: formatExpansion(view.expansion),
    filter: view.filter,
    filterMode: view.filterMode === defaultView.filterMode ? '' : view.filterMode,
    range: formatRange(view.range),
    lateMs: view.lateMs === defaultView.lateMs ? '' : formatLength(view.lateMs),
    fold: view.fold ? '' : '0',
    relative: view.relative === defaultView.relative ? '' : view.relative,
    zone: formatZone(view.zone),
    columns: view.columns === undefined ? '' : view.columns.join(',') || NO_COLUMNS,
    root: view.root ?? '',
    cluster: view.cluster ?? '',
    uid: view.uid ?? '',
    container: view.container ?? '',
    tab: view.tab ?? '',
    trail: formatTrail(view.trail),
    sort: view.sort ?? '',
    kinds: view.kinds.join(','),
    severities: view.severities.join(','),
    agents: view.agents.join(','),
    rule: view.rule ?? '',
    tag: view.tag ?? '',
    without: view.without.join(','),
    // As people count.
    tour: view.tour === defaultView.tour ? '' : String(view.tour + 1),
  };
  const record = new Map<string, string>();
  const known = new Set(Object.values(NAMES));
  for (const [name, value] of Object.entries(ours)) {
    if (value !== '' && isKey(name)) record.set(NAMES[name], value);
  }
  for (const [name, value] of Object.entries(over)) if (!known.has(name)) record.set(name, value);
  return Object.fromEntries(record);
}

/**
 * The view to arrive with on another page of the case. What is asked (filter, time, late limit), how it is shown (shape,
 * folding, zone, relative mode, columns) and the step of a tour are shared by its pages; what is selected and opened belongs to
 * the page that is left. So does a time that is counted from main: another pod has another.
 */
export function carriedView(view: View, patch: Partial<View> = {}): View {
  const { filter, filterMode, lateMs, zone, relative, shape, fold, columns, tour } = view;
  const range = isOfClock(view.range) ? view.range : undefined;
  const shared = { filter, filterMode, lateMs, zone, relative, shape, fold, columns, tour, range };
  return { ...defaultView, ...shared, ...patch };
}

function isOfClock(range: View['range']): boolean {
  return [range?.from, range?.to].every((bound) => bound === undefined || 'at' in bound);
}

const STEPS = ['shape', 'filter', 'root', 'cluster', 'uid', 'container', 'rule', 'tag'] as const;
const CHOICES = ['kinds', 'severities', 'agents', 'without'] as const;

/**
 * Push or replace: a step that Back should undo (shape, filter, range, what is shown of a list, root, another pod) is a push; selection,
 * expansion and the like only replace.
 */
export function isStep(before: View, after: View): boolean {
  return (
    STEPS.some((key) => before[key] !== after[key]) ||
    formatRange(before.range) !== formatRange(after.range) ||
    CHOICES.some((key) => before[key].join() !== after[key].join())
  );
}

/** None chosen is a choice, too, and must be written. */
const NO_COLUMNS = '-';

function parseColumns(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text === '') return undefined;
  return text.split(',').filter((id) => /^[a-z]+$/.test(id));
}

function parseWords(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter((word) => word !== '');
}

/** A step as people count, from 1; what is none is the first. */
function parseStep(text: string | undefined): number {
  return /^[1-9]$/.test(text ?? '') ? Number(text) - 1 : defaultView.tour;
}

function parseRelative(text: string | undefined): RelativeMode {
  return relativeModes.find((mode) => mode === text) ?? defaultView.relative;
}

function isKey(name: string): name is keyof View {
  return Object.hasOwn(NAMES, name);
}
