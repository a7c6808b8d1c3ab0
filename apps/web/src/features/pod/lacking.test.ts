import { describe, expect, it } from 'vitest';
import { inventTree } from '../../view/testing/inventTree.ts';
import { buildTreeModel } from '../../view/treeModel.ts';
import { lackingOf, lacksOf } from './lacking.ts';

const plain = inventTree({ seed: 1, processes: 40, shape: 'mixed' });
const { nodes } = plain;

/** A tree as KubeArmor alone tells it: no end, no start of a container. */
function ofKubeArmor() {
  const columns = {
    ...plain,
    agents: [{ agent: 'kubearmor', processes: nodes.count }],
    nodes: {
      ...nodes,
      end: nodes.end.map(() => 'unknown' as const),
      lateBase: nodes.lateBase.map(() => 'first_seen' as const),
    },
  };
  return buildTreeModel(columns, 60_000);
}

describe('what a tree lacks', () => {
  it('is nothing where execs, exits and main are there', () => {
    const model = buildTreeModel(plain, 60_000);
    expect([...lacksOf(model)]).toEqual([]);
    expect(lackingOf(model, [])).toEqual([]);
  });

  it('is said with the agents that never tell it', () => {
    const model = ofKubeArmor();
    expect([...lacksOf(model)]).toEqual(['end', 'container_start']);
    const reporting = [
      { node: 'kind-worker', agents: ['kubearmor'], kinds: { 'kubearmor:Process': 3 } },
    ];
    const found = lackingOf(model, reporting);
    expect(found.map(({ what, never }) => [what, never])).toEqual([
      ['end', ['kubearmor']],
      ['container_start', ['kubearmor']],
    ]);
  });
});
