import { describe, expect, it } from 'vitest';
import { openingProcess } from './openingProcess.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

const columns = inventTree({ seed: 3, processes: 6, shape: 'star', leavesEvery: 1 });
columns.nodes.loud = columns.nodes.loud.map((_, row) => (row === 2 ? 1 : 0));
const model = buildTreeModel(columns, 60_000);
const matching = (...rows: readonly number[]) =>
  Uint8Array.from({ length: model.count }, (_, row) => (rows.includes(row) ? 1 : 0));

describe('a tree that is opened without a selection', () => {
  it('is opened on the worst flagged process when nothing is asked for, or nothing matches', () => {
    expect(openingProcess(model, undefined)).toBe(2);
    expect(openingProcess(model, matching())).toBe(2);
  });

  it('is opened on the first match of a filter, not on what stands out beside it', () => {
    expect(openingProcess(model, matching(4, 5))).toBe(4);
  });

  it('is opened on the worst flagged one among the matches', () => {
    expect(openingProcess(model, matching(1, 2, 5))).toBe(2);
  });
});
