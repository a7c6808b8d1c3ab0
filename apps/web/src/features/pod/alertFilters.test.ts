import { keepsProcess } from '@forebear/model/answer/subjects';
import { incidentContext } from '@forebear/model/answer/testing/incidentContext';
import { treeColumns } from '@forebear/model/answer/treeColumns';
import { podSelection } from '@forebear/model/answer/treeSelection';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { describe, expect, it } from 'vitest';
import { buildTreeModel } from '../../view/treeModel.ts';
import { matchTree } from './matchTree.ts';

const incident = incidentContext();
const { derived, expected } = incident;
const { parts, namespace } = expected;
const pod = expected.processes.find(({ execId }) => execId === parts.shell)?.pod ?? '';
const selection = podSelection(derived, { namespace, pod }, {});
if (selection === undefined) throw new Error('the incident has its pod');
const { indexes } = selection;
const model = buildTreeModel(treeColumns(incident, selection), 60_000);
const tags = indexes.flatMap((index) =>
  (derived.processes[index]?.alerts ?? []).flatMap((alert) => alert.tags),
);

describe('a filter on what rules said, over the tree of a pod that six agents watch', () => {
  it.each([
    'alert.severity >= high',
    'alert.severity = Notice',
    'alert.severity < Error',
    'alert.source = kubearmor',
    'alert.rule contains shell',
    `alert.tag = "${tags[0]}"`,
    'alert.source = falco and proc.name contains sh',
  ])('keeps the rows that the store keeps, some and not all: %s', (text) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    const kept = indexes.map((index) => {
      const process = derived.processes[index];
      return process !== undefined && keepsProcess(parsed.filter, derived, process) ? 1 : 0;
    });
    expect([...(matchTree(model, text, undefined) ?? [])]).toEqual(kept);
    expect(new Set<number>(kept)).toEqual(new Set([0, 1]));
  });
});
