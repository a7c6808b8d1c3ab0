import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { Folds } from './folds.ts';
import { projectTree } from './projectTree.ts';
import { rowMap, rowMark } from './rowMap.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

function draw(
  opened: readonly string[],
  change?: (columns: ReturnType<typeof inventTree>) => void,
) {
  const columns = inventTree({ seed: 5, processes: 2_000, shape: 'star' });
  change?.(columns);
  const model = buildTreeModel(columns, 60_000);
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape: 'rows',
    fold: false,
    opened: new Set(opened),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
  });
}

const flag = (row: number) => (columns: ReturnType<typeof inventTree>) => {
  columns.nodes.loud[row] = 1;
};

describe('all rows in little', () => {
  it('shows one flagged row among two thousand, where it is', () => {
    const pixels = rowMap(draw(['*'], flag(1_000)), 100);
    expect([...pixels.keys()].filter((at) => pixels[at] === rowMark.late)).toEqual([50]);
  });

  it('lets a grave alert win over late, a mild one not, and late over a match or main', () => {
    const tree = draw(['*'], (columns) => {
      for (const row of [500, 501]) columns.nodes.loud[row] = 1;
      for (const row of [501, 1_500]) columns.nodes.alerts[row] = 1;
      columns.nodes.maxSeverity[501] = 'Critical';
      columns.nodes.maxSeverity[1_500] = 'Notice';
    });
    const pixels = rowMap(tree, 4);
    expect([pixels[1], pixels[3]]).toEqual([rowMark.alert, rowMark.none]);
  });

  it('is empty without room', () => {
    expect(rowMap(draw(['*'], flag(3)), 0)).toHaveLength(0);
  });
});
