import { type FieldName, type Filter, matchAll } from '@forebear/model/query/filter';
import { matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { narrowedTo } from '@forebear/model/query/scope';
import { processSubject } from '@forebear/model/query/subject';
import { momentOfMicros, parseMoment } from '../../kit/formatTime.ts';
import type { TimeRange } from '../../url/view.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { activeWithin, type TimeWindow } from '../../view/timeWindow.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import { type RowReader, readRows } from './seenRow.ts';

/**
 * Which processes a filter and a time range ask for; undefined when neither asks for anything. The reference is
 * `keepsProcess` of `model/answer/subjects`: a process matches alone or with one of its connections, by any of its images.
 *
 * Columns hold less than the store does. Kinds of events are not on them, so a clause on `evt.type` excludes nothing
 * here; the page says so (`askedEvents`). Of the names of a destination they hold the first only: what only another name matches is not found
 * here, by `fd.sip.name` or by free text. The tree of a node has no names of its pods' containers. A filter that does
 * not parse asks for nothing: the field that it was typed into says what is wrong.
 */
export function matchTree(
  model: TreeModel,
  filterText: string,
  range: TimeRange | undefined,
): Uint8Array | undefined {
  const parsed = parseFilter(filterText);
  const filter = narrowedTo(parsed.ok ? parsed.filter : matchAll, isOnColumns).filter;
  const active = range === undefined ? undefined : activeWithin(model, windowOf(model, range));
  if (filter.kind === 'all') return active;
  const sieve = sieveOf(model, filter);
  const matched = new Uint8Array(model.count);
  for (let row = 0; row < model.count; row += 1) {
    if (active !== undefined && active[row] === 0) continue;
    if (keepsRow(model, sieve, row)) matched[row] = 1;
  }
  return matched;
}

/** A range of the address in microseconds; offsets are from main's start. */
export function windowOf(model: TreeModel, range: TimeRange): TimeWindow {
  const { startTimeUs } = model.columns.nodes;
  const base = startTimeUs[firstMain(model)] ?? startTimeUs.find((us) => us !== null) ?? 0;
  const micros = (bound: TimeRange['from']): number | undefined => {
    if (bound === undefined) return undefined;
    if ('afterMs' in bound) return base + bound.afterMs * 1000;
    const moment = parseMoment(bound.at);
    return moment === undefined ? undefined : moment.ms * 1000 + Math.floor(moment.ns / 1000);
  };
  return { fromUs: micros(range.from), toUs: micros(range.to) };
}

/** The moment of a process's start; undefined when the log does not know it. */
export function startOf(model: TreeModel, row: number) {
  const { startTimeUs, startTimeNs } = model.columns.nodes;
  const us = startTimeUs[row];
  return us === null || us === undefined ? undefined : momentOfMicros(us, startTimeNs[row] ?? 0);
}

function isOnColumns(field: FieldName): boolean {
  return field !== 'evt.type';
}

function keepsRow(
  model: TreeModel,
  { filter, rows, alone, withLeaf }: Sieve,
  row: number,
): boolean {
  rows.toRow(row);
  if (matches(filter, alone)) return true;
  const to = model.leafStart[row + 1] ?? 0;
  for (let at = model.leafStart[row] ?? 0; at < to; at += 1) {
    rows.toLeaf(model.leaves[at] ?? 0);
    if (matches(filter, withLeaf)) return true;
  }
  return false;
}

/** A filter and the two things it is asked about, on whichever row they stand. */
interface Sieve {
  readonly filter: Filter;
  readonly rows: RowReader;
  readonly alone: Subject;
  readonly withLeaf: Subject;
}

function sieveOf(model: TreeModel, filter: Filter): Sieve {
  const rows = readRows(model);
  const alone = processSubject(rows.card, undefined);
  return { filter, rows, alone, withLeaf: processSubject(rows.card, rows.leaf) };
}
