import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import {
  byLevel,
  type Expansion,
  foldAround,
  levelsOpenNow,
  revealing,
  toggled,
} from './expansion.ts';
import { Folds } from './folds.ts';
import { projectTree } from './projectTree.ts';
import { rowKind } from './rowKeys.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel, type TreeModel } from './treeModel.ts';
import { rowOfKey, type VisibleTree } from './visibleTree.ts';

const none: Expansion = { opened: [], closed: [] };

function draw(
  model: TreeModel,
  expansion: Expansion,
  shape: 'graph' | 'rows' = 'rows',
): VisibleTree {
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape,
    fold: true,
    opened: new Set(expansion.opened),
    closed: new Set(expansion.closed),
    defaults: defaultExpansion(model, folds),
  });
}

const mixed = buildTreeModel(
  inventTree({ seed: 8, processes: 400, shape: 'mixed', loudEvery: 50 }),
  60_000,
);
const isDefault = (process: number) => defaultExpansion(mixed, new Folds(mixed))[process] === 1;

describe('opening and closing', () => {
  it('a row twice leaves the address as it was', () => {
    const tree = draw(mixed, none);
    const closed = toggled(none, tree, 1, isDefault);
    expect(closed.closed).toHaveLength(1);
    expect(draw(mixed, closed).count).toBeLessThan(tree.count);
    expect(toggled(closed, draw(mixed, closed), 1, isDefault)).toEqual(none);
  });

  it('shows any process once it is revealed', () => {
    for (const process of [399, 250, 77]) {
      const ref = mixed.columns.nodes.ref[process] ?? '';
      const expansion = revealing(none, draw(mixed, none), process, isDefault);
      const tree = draw(mixed, expansion);
      const isShown = rowOfKey(tree, ref) >= 0;
      const inCapsule = Array.from(tree.kind).some(
        (kind, row) =>
          (kind === rowKind.capsule || kind === rowKind.group) &&
          (tree.lists[tree.item[row] ?? -1]?.includes(process) ?? false),
      );
      expect(isShown || inCapsule).toBe(true);
    }
  });

  it('goes level by level and to the ends', () => {
    const tree = draw(mixed, none);
    const more = draw(mixed, byLevel(none, 'more', levelsOpenNow(tree)));
    expect(levelsOpenNow(more)).toBeGreaterThan(levelsOpenNow(tree));
    expect(draw(mixed, byLevel(none, 'none', 3)).count).toBeLessThanOrEqual(3);
    expect(draw(mixed, byLevel(none, 'all', 3)).count).toBeGreaterThan(300);
  });

  it('opens the next page of a capped parent with each press', () => {
    const wide = buildTreeModel(inventTree({ seed: 2, processes: 400, shape: 'star' }), 60_000);
    for (let row = 1; row < 400; row += 1) wide.marks[row] = 1;
    let expansion = none;
    const shown: number[] = [];
    for (let press = 0; press < 3; press += 1) {
      const tree = draw(wide, expansion, 'graph');
      shown.push(tree.count);
      const more = Array.from(tree.kind).indexOf(rowKind.more);
      expansion = toggled(expansion, tree, more, () => true);
    }
    expect(shown).toEqual([27, 77, 127]);
  });

  it('finds the way back out of an opened capsule', () => {
    const chain = buildTreeModel(inventTree({ seed: 2, processes: 50, shape: 'chain' }), 1e9);
    const tree = draw(chain, none);
    const capsule = Array.from(tree.kind).indexOf(rowKind.capsule);
    const opened = toggled(none, tree, capsule, () => true);
    const long = draw(chain, opened);
    expect(foldAround(long, 30, opened.opened)).toBe(opened.opened[0]);
  });
});
