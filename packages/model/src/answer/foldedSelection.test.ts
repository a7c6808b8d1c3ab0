import { describe, expect, it } from 'vitest';
import { podTree } from '../graph/tree/podTree.ts';
import { podItems } from './podItems.ts';
import { labContext } from './testing/labContext.ts';
import { treeObjects } from './treeObjects.ts';

const lab = labContext();
const items = podItems(lab.derived);
const podIndex = items.findIndex(({ pod }) => pod === 'elasticsearch-master-0');
const [pod] = podItems(lab.derived, new Set([podIndex]));
if (pod === undefined) throw new Error('the lab has its search engine');
const selection = { indexes: podTree(lab.derived, podIndex), pod, alternatives: [], podIndex };

describe('a folded tree', () => {
  const plain = treeObjects(lab, selection);
  const folded = treeObjects(lab, selection, true);

  it('shows fewer nodes and drops nothing: hidden and shown are all', () => {
    expect(folded.nodes.length).toBeLessThan(plain.nodes.length);
    expect(folded.totals.hidden + folded.nodes.length).toBe(folded.totals.all);
    expect(folded.totals.all).toBe(plain.nodes.length);
  });

  it('names the members of each group, the first of which stands for it', () => {
    const groups = folded.nodes.filter(({ members }) => members.length > 0);
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      expect(group.members[0]).toBe(group.ref);
      expect(group.count).toBe(group.members.length);
    }
  });

  it('keeps every loud process a node of its own, below its parent', () => {
    const loud = plain.nodes.filter((node) => node.loud).map(({ ref }) => ref);
    const shown = new Map(folded.nodes.map((node) => [node.ref, node]));
    for (const ref of loud) expect(shown.get(ref)?.count).toBe(1);
    const parents = folded.nodes.flatMap(({ parentRef }) => parentRef ?? []);
    expect(parents.filter((ref) => !shown.has(ref))).toEqual([]);
  });
});
