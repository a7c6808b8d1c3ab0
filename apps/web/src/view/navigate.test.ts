import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { Folds } from './folds.ts';
import { isFlagged, nextProcess, preorderOf, sibling, sideways } from './navigate.ts';
import { projectTree } from './projectTree.ts';
import { relativeMs } from './relativeTime.ts';
import { spokenLength } from './spokenTime.ts';
import { inventTree } from './testing/inventTree.ts';
import { activeWithin } from './timeWindow.ts';
import { buildTreeModel } from './treeModel.ts';

const model = buildTreeModel(
  inventTree({ seed: 11, processes: 500, shape: 'mixed', loudEvery: 25 }),
  60_000,
);

describe('walking a tree', () => {
  it('visits every process once, parents before children', () => {
    const order = preorderOf(model);
    expect(new Set(order).size).toBe(500);
    const place = new Map(Array.from(order, (row, at) => [row, at]));
    for (let row = 1; row < 500; row += 1) {
      expect(place.get(row) ?? 0).toBeGreaterThan(place.get(model.parent[row] ?? -1) ?? -1);
    }
  });

  it('walks a chain of a hundred thousand without a stack', () => {
    const chain = buildTreeModel(inventTree({ seed: 1, processes: 100_000, shape: 'chain' }), 1);
    expect(preorderOf(chain).at(-1)).toBe(99_999);
  });

  it('goes round the flagged ones and comes back to the first', () => {
    const order = preorderOf(model);
    const visited: number[] = [];
    let at = -1;
    for (let step = 0; step < model.loud; step += 1) {
      at = nextProcess(order, at, 1, (row) => isFlagged(model, row));
      visited.push(at);
    }
    expect(new Set(visited).size).toBe(model.loud);
    expect(nextProcess(order, at, 1, (row) => isFlagged(model, row))).toBe(visited[0]);
    expect(nextProcess(order, -1, -1, (row) => isFlagged(model, row))).toBe(visited.at(-1));
  });

  it('closes before it leaves and opens before it enters', () => {
    const folds = new Folds(model);
    const tree = projectTree(model, folds, {
      shape: 'rows',
      fold: true,
      opened: new Set(),
      closed: new Set(),
      defaults: defaultExpansion(model, folds),
    });
    expect(sideways(tree, 1, 'left')).toEqual({ kind: 'close', row: 1 });
    expect(sideways(tree, 1, 'right')).toEqual({ kind: 'go', row: 2 });
    expect(tree.level[sibling(tree, 2, 1)]).toBe(tree.level[2]);
  });
});

describe('times', () => {
  it('are measured from main, the parent or the sibling before', () => {
    expect(relativeMs(model, 40, 'main')).toBe(1500);
    const parent = model.parent[40] ?? -1;
    expect(relativeMs(model, 40, 'parent')).toBeCloseTo((40 - parent) * 37.5, 3);
    expect(relativeMs(model, 40, 'clock')).toBeUndefined();
  });

  it('are said with their two largest units', () => {
    expect(spokenLength(302_373)).toBe('5 minutes 2 seconds');
    expect(spokenLength(3_600_000)).toBe('1 hour');
    expect(spokenLength(412)).toBe('412 milliseconds');
    expect(spokenLength(90_061_000)).toBe('1 day 1 hour');
  });

  it('choose what started or talked inside a window', () => {
    const start = model.columns.nodes.startTimeUs[10] ?? 0;
    const active = activeWithin(model, { fromUs: start, toUs: start + 75_000 });
    expect([active[9], active[10], active[11], active[12]]).toEqual([0, 1, 1, 0]);
  });
});
