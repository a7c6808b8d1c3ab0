import { keepsProcess } from '@forebear/model/answer/subjects';
import { treeColumns } from '@forebear/model/answer/treeColumns';
import { nodeSelection, podSelection } from '@forebear/model/answer/treeSelection';
import type { Derived } from '@forebear/model/graph/derived';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { describe, expect, it } from 'vitest';
import { labForest } from '../../testing/labForest.ts';
import { inventTree } from '../../view/testing/inventTree.ts';
import { buildTreeModel, type TreeModel } from '../../view/treeModel.ts';
import { matchTree } from './matchTree.ts';

const model = buildTreeModel(
  inventTree({ seed: 21, processes: 300, shape: 'mixed', leavesEvery: 5 }),
  60_000,
);

function rowsOf(filter: string, range?: Parameters<typeof matchTree>[2], of: TreeModel = model) {
  const matched = matchTree(of, filter, range);
  return matched === undefined
    ? undefined
    : [...matched.keys()].filter((row) => matched[row] === 1);
}

describe('a filter over a tree', () => {
  it('asks for nothing when it is empty or does not parse', () => {
    for (const filter of ['', '   ', 'proc.name =', '(', 'proc.name = "a" or (']) {
      expect(rowsOf(filter), filter).toBeUndefined();
    }
  });

  it('finds free text in commands and in the names of destinations', () => {
    const curls = rowsOf('curl') ?? [];
    expect(curls.length).toBeGreaterThan(10);
    const { nodes, strings } = model.columns;
    for (const row of curls) expect(strings[nodes.binary[row] ?? 0]).toContain('curl');
    expect(rowsOf('svc-3.example.net')?.length).toBeGreaterThan(0);
  });

  it('joins clauses over one process and one of its connections', () => {
    const both = rowsOf('proc.name = curl and fd.sport = 443') ?? [];
    const external = both.filter(
      (row) => (model.leafStart[row + 1] ?? 0) > (model.leafStart[row] ?? 0),
    );
    expect(both).toEqual(external);
    expect(rowsOf('fd.sport = 443 and fd.sip.name = nobody.example')).toEqual([]);
  });

  it('takes text that looks like a pattern as text', () => {
    expect(rowsOf('.*')).toEqual([]);
    expect(rowsOf('$^')).toEqual([]);
    expect(rowsOf('[')).toEqual([]);
  });

  it('keeps what started or talked inside a time, measured from main or as a moment', () => {
    const late = rowsOf('', { from: { afterMs: 5000 }, to: undefined }) ?? [];
    expect(late.length).toBeGreaterThan(100);
    expect(late).not.toContain(1);
    const same = rowsOf('', { from: { at: '2026-03-14T07:05:52.739Z' }, to: undefined });
    expect(same).toEqual(late);
    const curls = new Set(rowsOf('curl'));
    const both = rowsOf('curl', { from: { afterMs: 5000 }, to: undefined });
    expect(both).toEqual(late.filter((row) => curls.has(row)));
  });
});

describe('held to the reference over the crawler incident', () => {
  const lab = labForest();
  const { namespace, pod, node, domain } = lab.truth;
  const selection = podSelection(lab.derived, { namespace, pod }, {});
  const ofNode = nodeSelection(lab.derived, { node }, {});
  if (selection === undefined || ofNode === undefined) throw new Error('the lab has its crawler');
  const tree = buildTreeModel(treeColumns(lab, selection), 60_000);
  // Columns carry the first name of a destination only.
  const withFirstNames: Derived = {
    ...lab.derived,
    processes: lab.derived.processes.map((process) => ({
      ...process,
      connections: process.connections.map((leaf) => ({ ...leaf, otherNames: [] })),
    })),
  };

  function byReference(text: string, indexes: readonly number[]): readonly number[] {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return indexes.flatMap((index, row) => {
      const process = withFirstNames.processes[index];
      if (process === undefined) return [];
      return keepsProcess(parsed.filter, withFirstNames, process) ? [row] : [];
    });
  }

  const own = selection.indexes.flatMap((index) => lab.derived.processes[index] ?? []);
  const earlier = own.find(({ images }) => images.length > 1)?.images[0];
  const deep = own.find(({ cwd }) => cwd.length > 1);
  const identified = own.find(({ execId }) => execId !== '');
  const container = lab.derived.containers.find((one) => one.pod === selection.podIndex)?.fact;
  const finding: readonly string[] = [
    'proc.name = nc',
    'proc.name contains ""',
    `proc.exepath = ${earlier?.binary}`,
    `proc.args contains "${domain}"`,
    'proc.args contains ""',
    `proc.exepath = ${earlier?.binary} and proc.args = "${earlier?.arguments}"`,
    'proc.pid = 1',
    'user.uid = 0',
    `k8s.ns.name = ${namespace}`,
    'k8s.ns.name contains ""',
    `k8s.pod.name = ${pod}`,
    'k8s.pod.name contains ""',
    `container.name = ${container?.name}`,
    'fd.sip contains ""',
    'fd.sip.name contains ""',
    `fd.sip.name = ${domain} and fd.sport = 443`,
    'fd.sport = 443',
    'fd.sport contains ""',
    `${deep?.cwd}`,
    `${identified?.execId.replaceAll('=', '')}`,
    `${namespace}/${pod}`,
    `${container?.name}`,
    node,
    `${domain} 443`,
    'NC',
  ];

  it.each(finding)('keeps the same processes of a pod: %s', (text) => {
    const expected = byReference(text, selection.indexes);
    expect(rowsOf(text, undefined, tree)).toEqual(expected);
  });

  it('asks about what the pod has: an exec in place, working directories, destinations without a name', () => {
    expect([earlier, deep, identified, container].every((one) => one !== undefined)).toBe(true);
    const silent = finding.filter((text) => byReference(text, selection.indexes).length === 0);
    expect(silent).toEqual([]);
    const all = selection.indexes.length;
    for (const field of ['k8s.ns.name', 'fd.sip', 'fd.sip.name']) {
      expect(byReference(`${field} contains ""`, selection.indexes).length, field).toBeLessThan(
        all,
      );
    }
  });

  it('keeps the same rows of a node, of whichever pod they are', () => {
    const host = buildTreeModel(treeColumns(lab, ofNode), 60_000);
    for (const text of ['k8s.ns.name contains ""', `k8s.pod.name = ${pod}`, node, 'containerd']) {
      const expected = byReference(text, ofNode.indexes);
      expect(expected.length, text).toBeGreaterThan(0);
      expect(rowsOf(text, undefined, host), text).toEqual(expected);
    }
  });

  it('finds no value where a destination has neither name nor address', () => {
    const bare = lab.derived.processes.map((process) => ({
      ...process,
      connections: process.connections.map((leaf) => ({ ...leaf, name: undefined, ip: '' })),
    }));
    const context = { ...lab, derived: { ...lab.derived, processes: bare } };
    const nameless = buildTreeModel(treeColumns(context, selection), 60_000);
    expect(rowsOf('fd.sip contains ""', undefined, nameless)).toEqual([]);
    expect(rowsOf('fd.sip.name contains ""', undefined, nameless)).toEqual([]);
    expect(rowsOf('fd.sport contains ""', undefined, nameless)).toEqual(
      byReference('fd.sport contains ""', selection.indexes),
    );
  });

  it('leaves kinds of events to the server and claims nothing about them', () => {
    expect(rowsOf('evt.type = connect', undefined, tree)).toBeUndefined();
    expect(rowsOf('evt.type = connect and proc.name = nc', undefined, tree)).toEqual(
      rowsOf('proc.name = nc', undefined, tree),
    );
  });
});
