import { describe, expect, it } from 'vitest';
import { defaultExpansion } from '../view/defaultExpansion.ts';
import { Folds } from '../view/folds.ts';
import { projectTree } from '../view/projectTree.ts';
import { inventTree } from '../view/testing/inventTree.ts';
import { buildTreeModel } from '../view/treeModel.ts';
import { type Camera, seenBy } from './camera.ts';
import { openingCamera } from './openingCamera.ts';
import { type Box, boxOf, type Placed, subtreeBox } from './placed.ts';
import { rowLayout } from './rowLayout.ts';

const size = { width: 800, height: 690 };

/** A shell below main that started so many processes, one below the other as the graph draws them. */
function shellWith(children: number): { placed: Placed; main: number; shell: number } {
  const columns = inventTree({ seed: 3, processes: children + 2, shape: 'star' });
  columns.nodes.parent = columns.nodes.parent.map((_, row) => Math.min(row - 1, 1));
  const model = buildTreeModel(columns, 60_000);
  const folds = new Folds(model);
  const tree = projectTree(model, folds, {
    shape: 'graph',
    fold: false,
    opened: new Set(['*']),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
  });
  const rowOf = (process: number) => tree.rowOfProcess[process] ?? -1;
  return { placed: rowLayout(tree), main: rowOf(0), shell: rowOf(1) };
}

function holds(camera: Camera, box: Box): boolean {
  const seen = seenBy(camera, size);
  return (
    seen.left <= box.left &&
    seen.top <= box.top &&
    seen.right >= box.right &&
    seen.bottom >= box.bottom
  );
}

describe('the first look at a tree', () => {
  it('holds the process it is opened on and all that it started, smaller if need be', () => {
    const { placed, main, shell } = shellWith(15);
    const camera = openingCamera(placed, { wanted: [main, shell], flagged: [shell] }, size, 1);
    expect(camera.scale).toBeGreaterThan(0.55);
    expect(camera.scale).toBeLessThan(0.85);
    expect(holds(camera, subtreeBox(placed, shell))).toBe(true);
    expect(holds(camera, boxOf(placed, main))).toBe(true);
  });

  it('is no smaller than can be read: of too many it shows the first beside what started them', () => {
    const { placed, main, shell } = shellWith(300);
    const camera = openingCamera(placed, { wanted: [main, shell], flagged: [shell] }, size, 1);
    expect(camera.scale).toBeGreaterThanOrEqual(0.8);
    expect(holds(camera, boxOf(placed, shell))).toBe(true);
    expect(holds(camera, boxOf(placed, shell + 1))).toBe(true);
  });

  it('begins with what it is opened on where more is flagged than can be read at once', () => {
    const { placed, main, shell } = shellWith(300);
    const flagged = [shell, shell + 1, shell + 300];
    const camera = openingCamera(placed, { wanted: [main, shell], flagged }, size, 1);
    expect(camera.scale).toBeCloseTo(0.55);
    expect(holds(camera, boxOf(placed, shell))).toBe(true);
    expect(holds(camera, boxOf(placed, shell + 1))).toBe(true);
  });

  it('is near life size where nothing is flagged', () => {
    const { placed, main, shell } = shellWith(15);
    const camera = openingCamera(placed, { wanted: [main, shell], flagged: [] }, size, 1);
    expect(camera.scale).toBeGreaterThanOrEqual(0.8);
  });
});
