import { describe, expect, it } from 'vitest';
import type { DerivedProcess, Flag, FlagCode } from '../graph/derived.ts';
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

function flagged(code: FlagCode): Flag {
  return { code, reason: '', inputs: {} };
}

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
      expect(group.periodMs).toBeGreaterThan(0);
    }
    expect(folded.totals.ghosts).toBe(plain.totals.ghosts);
  });

  const group = folded.nodes.find(({ members }) => members.length > 3);
  const inside = group?.members[2];

  it.each<[string, Partial<DerivedProcess>]>([
    ['a policy reported', { flags: [flagged('policy_hit')] }],
    ['hides characters', { flags: [flagged('hidden_characters')] }],
    ['rose to root', { flags: [flagged('raised_to_root')] }],
    ['has a doubtful parent', { suspect: 'it started after its child' }],
    ['is a main process', { role: 'main' }],
  ])('keeps one that %s out of the group of its like', (_, odd) => {
    const processes = lab.derived.processes.map((process) =>
      process.ref === inside ? { ...process, ...odd } : process,
    );
    const told = { ...lab, derived: { ...lab.derived, processes } };
    const { nodes } = treeObjects(told, selection, true);
    expect(nodes.find(({ ref }) => ref === inside)?.count).toBe(1);
    expect(nodes.flatMap(({ members }) => members)).not.toContain(inside);
  });

  it('keeps every loud process a node of its own, below its parent', () => {
    const loud = plain.nodes.filter((node) => node.loud).map(({ ref }) => ref);
    const shown = new Map(folded.nodes.map((node) => [node.ref, node]));
    for (const ref of loud) expect(shown.get(ref)?.count).toBe(1);
    const parents = folded.nodes.flatMap(({ parentRef }) => parentRef ?? []);
    expect(parents.filter((ref) => !shown.has(ref))).toEqual([]);
  });
});
