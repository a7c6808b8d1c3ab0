import { describe, expect, it } from 'vitest';
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
