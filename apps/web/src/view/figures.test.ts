import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { figuresOf, kernelsOf, ownersOf } from './figures.ts';
import { Folds } from './folds.ts';
import { projectTree } from './projectTree.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

function modelOf(kind: 'pod' | 'host') {
  const columns = inventTree({ seed: 7, processes: 100, shape: 'mixed' });
  columns.pod.kind = kind;
  columns.nodes.role = columns.nodes.role.map((_, row) => (row < 3 ? 'host' : ''));
  return buildTreeModel(columns, 60_000);
}

describe('the processes of a tree', () => {
  it('are the pod’s own, as the lists count them, and the host’s above it apart', () => {
    expect(ownersOf(modelOf('pod'))).toEqual({ own: 97, others: 3 });
  });

  it('are the host’s own, and those of containers apart', () => {
    expect(ownersOf(modelOf('host'))).toEqual({ own: 3, others: 97 });
  });

  it('are told apart from the kernel, which is a ghost that nobody misses', () => {
    const columns = inventTree({ seed: 7, processes: 10, shape: 'mixed' });
    columns.nodes.kind = columns.nodes.kind.map((kind, row) => (row < 2 ? 'ghost' : kind));
    columns.nodes.pid[0] = 0;
    columns.nodes.binary[0] = 0;
    columns.nodes.pid[1] = 812;
    expect(kernelsOf(buildTreeModel(columns, 60_000))).toBe(1);
  });

  it('are all shown, folded, collapsed, behind “more” or filtered', () => {
    const model = modelOf('pod');
    const folds = new Folds(model);
    const none: ReadonlySet<string> = new Set();
    const tree = projectTree(model, folds, {
      shape: 'graph',
      fold: true,
      opened: none,
      closed: none,
      defaults: defaultExpansion(model, folds),
    });
    const { all, shown, folded, collapsed, behind, filtered } = figuresOf(tree);
    expect(shown + folded + collapsed + behind + filtered).toBe(all);
  });
});
