import type { FieldName } from '@forebear/model/query/filter';
import { matches, type Subject } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { momentOfMicros, parseMoment } from '../../kit/formatTime.ts';
import type { TimeRange } from '../../url/view.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { destinationOf, textOf } from '../../view/texts.ts';
import { activeWithin, type TimeWindow } from '../../view/timeWindow.ts';
import type { TreeModel } from '../../view/treeModel.ts';

/**
 * Which processes a filter and a time range ask for; undefined when neither asks for anything. The filter is the reference
 * evaluation of the model, over a process with each of its connections. A filter that does not parse asks for nothing:
 * the field that it was typed into says what is wrong.
 */
export function matchTree(
  model: TreeModel,
  filterText: string,
  range: TimeRange | undefined,
): Uint8Array | undefined {
  const parsed = parseFilter(filterText);
  const filter = parsed.ok && parsed.filter.kind !== 'all' ? parsed.filter : undefined;
  const active = range === undefined ? undefined : activeWithin(model, windowOf(model, range));
  if (filter === undefined) return active;
  const matched = new Uint8Array(model.count);
  for (let row = 0; row < model.count; row += 1) {
    if (active !== undefined && active[row] === 0) continue;
    const from = model.leafStart[row] ?? 0;
    const to = model.leafStart[row + 1] ?? 0;
    for (let at = from; at < Math.max(to, from + 1); at += 1) {
      const leaf = at < to ? (model.leaves[at] ?? -1) : -1;
      if (!matches(filter, subjectOf(model, row, leaf))) continue;
      matched[row] = 1;
      break;
    }
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

function subjectOf(model: TreeModel, row: number, leaf: number): Subject {
  const { nodes, connections, containers, pod } = model.columns;
  const binary = textOf(model, nodes.binary[row]);
  const numeric = (value: number | null | undefined) =>
    value === null || value === undefined ? [] : [String(value)];
  return {
    values(field: FieldName): readonly string[] {
      switch (field) {
        case 'proc.name':
          return [binary.slice(binary.lastIndexOf('/') + 1)];
        case 'proc.exepath':
          return [binary];
        case 'proc.args':
          return [textOf(model, nodes.arguments[row])];
        case 'proc.pid':
          return numeric(nodes.pid[row]);
        case 'user.uid':
          return numeric(nodes.uid[row]);
        case 'k8s.ns.name':
          return [pod.namespace];
        case 'k8s.pod.name':
          return pod.kind === 'pod'
            ? [pod.pod]
            : [textOf(model, nodes.pod[row]).replace(/^.*\//, '')];
        case 'container.name': {
          const container = containers[nodes.container[row] ?? -1];
          return container === undefined ? [] : [container.name];
        }
        case 'fd.sip':
          return leaf < 0 ? [] : [textOf(model, connections.ip[leaf])];
        case 'fd.sip.name':
          return leaf < 0 ? [] : [textOf(model, connections.name[leaf])];
        case 'fd.sport':
          return leaf < 0 ? [] : numeric(connections.port[leaf]);
        case 'evt.type':
          return [];
      }
    },
    text(): readonly string[] {
      const texts = [binary, textOf(model, nodes.arguments[row]), String(nodes.pid[row] ?? '')];
      if (leaf >= 0) texts.push(destinationOf(model, leaf), textOf(model, connections.ip[leaf]));
      return texts;
    },
  };
}
