import { describe, expect, it } from 'vitest';
import { crawlerConnections, crawlerProcesses } from '../testing/fakeCrawler.ts';
import { crawler } from '../testing/fakeData.ts';
import { fakeTree } from '../testing/fakeTree.ts';
import { isTreeColumns } from './treeShape.ts';

describe('the check of a columnar tree', () => {
  const tree = fakeTree(crawler, crawlerProcesses, crawlerConnections);

  it('takes a tree of the contract', () => {
    expect(isTreeColumns(tree)).toBe(true);
  });

  it('refuses columns of different lengths', () => {
    const nodes = { ...tree.nodes, parent: tree.nodes.parent.slice(1) };
    expect(isTreeColumns({ ...tree, nodes })).toBe(false);
  });

  it('refuses a child before its parent, and a process that is its own parent', () => {
    const swapped = {
      ...tree.nodes,
      parent: tree.nodes.parent.map((parent, row) => (row === 2 ? 3 : parent)),
    };
    const self = {
      ...tree.nodes,
      parent: tree.nodes.parent.map((parent, row) => (row === 2 ? 2 : parent)),
    };
    expect(isTreeColumns({ ...tree, nodes: swapped })).toBe(false);
    expect(isTreeColumns({ ...tree, nodes: self })).toBe(false);
  });

  it('refuses what is no tree at all', () => {
    for (const answer of [null, [], 'tree', {}, { nodes: {} }])
      expect(isTreeColumns(answer)).toBe(false);
  });
});
