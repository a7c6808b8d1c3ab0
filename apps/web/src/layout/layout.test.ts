import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExpansion } from '../view/defaultExpansion.ts';
import { Folds } from '../view/folds.ts';
import { isLoud } from '../view/look.ts';
import { projectTree } from '../view/projectTree.ts';
import { inventTree } from '../view/testing/inventTree.ts';
import { buildTreeModel } from '../view/treeModel.ts';
import type { VisibleTree } from '../view/visibleTree.ts';
import { bendFor, bounded, centred, fitted, revealed, seenBy, zoomedAt } from './camera.ts';
import { compactLayout } from './compactLayout.ts';
import { heightOf } from './measures.ts';
import { boxOf, familiesIn, levelsIn, type Placed, rowAt, rowsIn, subtreeBox } from './placed.ts';
import { rowLayout } from './rowLayout.ts';
import { sceneOf } from './scene.ts';

function treeOf(
  seed: number,
  processes: number,
  opened: readonly string[] = ['*'],
  shape: 'mixed' | 'chain' | 'star' = 'mixed',
): VisibleTree {
  const model = buildTreeModel(
    inventTree({ seed, processes, shape, loudEvery: 20, leavesEvery: shape === 'chain' ? 0 : 4 }),
    60_000,
  );
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape: 'graph',
    fold: processes < 400,
    opened: new Set(opened),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
  });
}

function checkNoOverlap(placed: Placed): void {
  for (let at = 0; at < placed.levels; at += 1) {
    let bottom = -Infinity;
    let family = -Infinity;
    for (
      let place = placed.levelStart[at] ?? 0;
      place < (placed.levelStart[at + 1] ?? 0);
      place += 1
    ) {
      const row = placed.order[place] ?? 0;
      expect(placed.y[row]).toBeGreaterThanOrEqual(bottom);
      bottom = (placed.y[row] ?? 0) + heightOf(placed.tree.kind[row] ?? 0);
      expect(placed.lastY[row]).toBeGreaterThanOrEqual(placed.isTopAligned ? family : -Infinity);
      family = placed.lastY[row] ?? 0;
    }
  }
}

function checkParentsLeft(placed: Placed): void {
  const { tree } = placed;
  for (let row = 1; row < tree.count; row += 1) {
    expect(boxOf(placed, tree.parent[row] ?? -1).right).toBeLessThan(boxOf(placed, row).left);
  }
}

const trees = fc.record({ seed: fc.nat(1e6), processes: fc.integer({ min: 0, max: 260 }) });

describe('the layout', () => {
  it('puts no card over another, parents left of their children, like the tidy tree of d3', () => {
    fc.assert(
      fc.property(trees, ({ seed, processes }) => {
        const tree = treeOf(seed, processes);
        const ours = rowLayout(tree);
        const theirs = compactLayout(tree);
        for (const placed of [ours, theirs]) {
          checkNoOverlap(placed);
          checkParentsLeft(placed);
        }
        // The same order in every column, and no less room than the tidy tree needs.
        expect(Array.from(ours.order)).toEqual(Array.from(theirs.order));
        expect(ours.levels).toBe(theirs.levels);
      }),
      { numRuns: 120 },
    );
  });

  it('finds what a viewport holds, as looking at every card would', () => {
    fc.assert(
      fc.property(
        trees,
        fc.record({
          left: fc.integer({ min: -500, max: 3000 }),
          top: fc.integer({ min: -500, max: 9000 }),
        }),
        ({ seed, processes }, { left, top }) => {
          const placed = rowLayout(treeOf(seed, processes));
          const box = { left, top, right: left + 900, bottom: top + 700 };
          const all = Array.from({ length: placed.tree.count }, (_, row) => row).filter((row) => {
            const card = boxOf(placed, row);
            return (
              card.right >= box.left &&
              card.left <= box.right &&
              card.bottom >= box.top &&
              card.top <= box.bottom
            );
          });
          expect(Array.from(rowsIn(placed, box, 10_000))).toEqual(all);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('finds the card under a pointer', () => {
    const placed = rowLayout(treeOf(4, 200));
    for (let row = 0; row < placed.tree.count; row += 7) {
      const box = boxOf(placed, row);
      expect(rowAt(placed, box.left + 5, box.top + 5)).toBe(row);
      expect(rowAt(placed, box.left - 5, box.top + 5)).not.toBe(row);
    }
  });

  it('draws a chain on one line', () => {
    const placed = rowLayout(treeOf(2, 30, ['*'], 'chain'));
    const tops = new Set(Array.from(placed.y));
    expect(tops.size).toBeLessThanOrEqual(3);
  });

  it('lays out a chain of fifty thousand and a hundred thousand mixed', () => {
    const chain = rowLayout(treeOf(1, 50_000, ['*'], 'chain'));
    expect(chain.levels).toBe(50_001);
    expect(levelsIn(chain, 1e6, 1e6 + 2000)[1] - levelsIn(chain, 1e6, 1e6 + 2000)[0]).toBeLessThan(
      12,
    );
    const mixed = rowLayout(treeOf(1, 100_000));
    expect(mixed.tree.count).toBeGreaterThan(100_000);
    expect(familiesIn(mixed, 3, 0, 1)[0]).toBe(mixed.levelStart[3]);
  });

  it('marks what is loud and what hides loud ones', () => {
    const scene = sceneOf(rowLayout(treeOf(9, 300)), (text) => text);
    const loud = Array.from(scene.looks).filter(isLoud).length;
    expect(loud).toBeGreaterThan(0);
    expect(scene.flaggedRows.length).toBeGreaterThanOrEqual(loud);
    expect(scene.brackets).toHaveLength(1);
  });
});

describe('the camera', () => {
  const size = { width: 1000, height: 600 };
  const box = { left: 4000, top: 9000, right: 4240, bottom: 9058 };

  it('keeps the point under the pointer when it zooms', () => {
    const camera = { x: -310, y: 45, scale: 0.8, bend: 1 };
    const zoomed = zoomedAt(camera, 1.25, 400, 300);
    expect((400 - zoomed.x) / zoomed.scale).toBeCloseTo((400 - camera.x) / camera.scale, 9);
  });

  it('fits, centres and reveals', () => {
    const camera = { x: 0, y: 0, scale: 1, bend: 1 };
    const whole = seenBy(fitted(box, size), size);
    expect(whole.left).toBeLessThanOrEqual(box.left);
    expect(whole.right).toBeGreaterThanOrEqual(box.right);
    const middle = seenBy(centred(camera, box, size), size);
    expect((middle.left + middle.right) / 2).toBeCloseTo(4120);
    const near = revealed(camera, box, size);
    expect(seenBy(near, size).bottom).toBeGreaterThan(box.bottom);
    expect(revealed(near, box, size)).toBe(near);
  });

  it('fits a tree of any shape into the screen, both ways', () => {
    for (const world of [
      { width: 90_000, height: 6_400_000 },
      { width: 1200, height: 6_400_000 },
      { width: 9_000_000, height: 300 },
      { width: 500, height: 400 },
    ]) {
      const whole = { left: 0, top: 0, right: world.width, bottom: world.height };
      const seen = seenBy(fitted(whole, size, bendFor(world, size)), size);
      expect(seen.left).toBeLessThanOrEqual(0.001 * world.width);
      expect(seen.right).toBeGreaterThanOrEqual(0.999 * world.width);
      expect(seen.bottom).toBeGreaterThanOrEqual(0.999 * world.height);
    }
  });

  it('never loses the drawing', () => {
    const away = bounded(
      { x: 99_999, y: -99_999, scale: 1, bend: 1 },
      { width: 5000, height: 5000 },
      size,
    );
    const seen = seenBy(away, size);
    expect(seen.left).toBeLessThan(5000);
    expect(seen.top).toBeLessThan(5000);
    expect(seen.right).toBeGreaterThan(0);
  });
});

it('measures a subtree as the box around its cards', () => {
  const placed = rowLayout(treeOf(4, 120));
  const whole = subtreeBox(placed, 0);
  expect(whole.left).toBe(0);
  expect(whole.bottom).toBeLessThanOrEqual(placed.height);
  expect(whole.right).toBeLessThanOrEqual(placed.width);
});
