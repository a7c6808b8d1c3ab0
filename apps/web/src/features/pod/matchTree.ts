import type { FieldName, Filter } from '@forebear/model/query/filter';
import { baseName, matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { momentOfMicros, parseMoment } from '../../kit/formatTime.ts';
import type { TimeRange } from '../../url/view.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { textOf } from '../../view/texts.ts';
import { activeWithin, type TimeWindow } from '../../view/timeWindow.ts';
import type { TreeModel } from '../../view/treeModel.ts';

/**
 * Which processes a filter and a time range ask for; undefined when neither asks for anything. The reference is
 * `keepsProcess` of `model/answer/subjects`: a process matches alone or with one of its connections, by any of its images.
 *
 * Columns hold less than the store does. Kinds of events are not on them, so a clause on `evt.type` excludes nothing
 * here; the page says so (`askedEvents`). Of the names of a destination they hold the first only: what only another name matches is not
 * found here, by `fd.sip.name` or by free text. The tree of a node has no names of its pods' containers. A filter that does
 * not parse asks for nothing: the field that it was typed into says what is wrong.
 */
export function matchTree(
  model: TreeModel,
  filterText: string,
  range: TimeRange | undefined,
): Uint8Array | undefined {
  const parsed = parseFilter(filterText);
  const filter = parsed.ok ? askedOfColumns(parsed.filter) : undefined;
  const active = range === undefined ? undefined : activeWithin(model, windowOf(model, range));
  if (filter === undefined) return active;
  const matched = new Uint8Array(model.count);
  for (let row = 0; row < model.count; row += 1) {
    if (active !== undefined && active[row] === 0) continue;
    if (keepsRow(model, filter, row)) matched[row] = 1;
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

/** What of a filter the columns can answer; undefined: nothing is asked of them. */
function askedOfColumns(filter: Filter): Filter | undefined {
  if (filter.kind === 'all') return undefined;
  if (filter.kind === 'text') return filter;
  const clauses = filter.clauses.filter(({ field }) => field !== 'evt.type');
  return clauses.length === 0 ? undefined : { kind: 'clauses', clauses };
}

function keepsRow(model: TreeModel, filter: Filter, row: number): boolean {
  if (matches(filter, subjectOf(model, row, undefined))) return true;
  const to = model.leafStart[row + 1] ?? 0;
  for (let at = model.leafStart[row] ?? 0; at < to; at += 1) {
    if (matches(filter, subjectOf(model, row, model.leaves[at]))) return true;
  }
  return false;
}

/** A process, with one connection or none, as a filter sees it: `processSubject` of the reference, from columns. */
function subjectOf(model: TreeModel, row: number, leaf: number | undefined): Subject {
  const { nodes, connections, containers, pod } = model.columns;
  const podName = textOf(model, nodes.pod[row]);
  const slash = podName.indexOf('/');
  const container = containers[nodes.container[row] ?? -1];
  const leafText = (places: readonly number[]) =>
    leaf === undefined ? [] : present(textOf(model, places[leaf]));
  const port = leaf === undefined ? [] : numeric(connections.port[leaf]);
  const values = (field: FieldName): readonly string[] => {
    switch (field) {
      case 'proc.name':
        return binariesOf(model, row).map(baseName);
      case 'proc.exepath':
        return binariesOf(model, row);
      case 'proc.args':
        return argumentsOfImages(model, row);
      case 'proc.pid':
        return numeric(nodes.pid[row]);
      case 'user.uid':
        return numeric(nodes.uid[row]);
      case 'k8s.ns.name':
        return slash < 0 ? [] : [podName.slice(0, slash)];
      case 'k8s.pod.name':
        return slash < 0 ? [] : [podName.slice(slash + 1)];
      case 'container.name':
        return container === undefined ? [] : [container.name];
      case 'fd.sip':
        return leafText(connections.ip);
      case 'fd.sip.name':
        return leafText(connections.name);
      case 'fd.sport':
        return port;
      case 'evt.hostname':
        return present(pod.node);
      case 'evt.type':
        return [];
    }
  };
  return {
    values,
    text: () => [
      ...binariesOf(model, row),
      ...argumentsOfImages(model, row),
      textOf(model, nodes.cwd[row]),
      textOf(model, nodes.execId[row]),
      podName === '' ? pod.node : podName,
      container?.name ?? '',
      ...numeric(nodes.pid[row]),
      ...leafText(connections.name),
      ...leafText(connections.ip),
      ...port,
    ],
  };
}

/** The binaries of every image, oldest first: an exec in place hides nothing. */
function binariesOf(model: TreeModel, row: number): readonly string[] {
  const { nodes, images } = model.columns;
  const rows = nodes.images[row] ?? undefined;
  if (rows === undefined) return [textOf(model, nodes.binary[row])];
  return rows.map((image) => textOf(model, images.binary[image]));
}

function argumentsOfImages(model: TreeModel, row: number): readonly string[] {
  const { nodes, images } = model.columns;
  const rows = nodes.images[row] ?? undefined;
  if (rows === undefined) return [textOf(model, nodes.arguments[row])];
  return rows.map((image) => textOf(model, images.arguments[image]));
}

function present(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

function numeric(value: number | null | undefined): readonly string[] {
  return value === null || value === undefined ? [] : [String(value)];
}
