import { describe, expect, it } from 'vitest';
import { type FoldFar, Folds, foldColumns } from './folds.ts';
import { arrive, openLiveTree, take } from './merge.ts';
import { inventTree } from './testing/inventTree.ts';

const LIMIT = 60_000;
const grown = (processes: number, loudEvery = 0) =>
  inventTree({ seed: 3, processes, shape: 'star', loudEvery });

describe('a tree that moves', () => {
  it('holds new processes back while somebody points at it, and counts them', () => {
    const live = openLiveTree(grown(20), { lateLimitMs: LIMIT, selected: '' });
    const held = arrive(live, grown(34), true);
    expect(held.model).toBe(live.model);
    expect(held.news).toEqual({ processes: 14, loud: 0 });
    const taken = take(held);
    expect(taken.model.count).toBe(34);
    expect(taken.waiting).toBeUndefined();
  });

  it('keeps what was open open and what was closed closed', () => {
    const live = openLiveTree(grown(20), { lateLimitMs: LIMIT, selected: '' });
    const taken = arrive(live, grown(200), false);
    expect(Array.from(taken.defaults.subarray(0, 20))).toEqual(Array.from(live.defaults));
  });

  it('opens the way to a process that became loud since', () => {
    const before = inventTree({ seed: 3, processes: 300, shape: 'mixed' });
    const live = openLiveTree(before, { lateLimitMs: LIMIT, selected: '' });
    const deepest = before.nodes.parent.length - 1;
    const after = inventTree({ seed: 3, processes: 300, shape: 'mixed' });
    after.nodes.loud[deepest] = 1;
    const taken = arrive(live, after, false);
    let up = taken.model.parent[deepest] ?? -1;
    for (; up >= 0; up = taken.model.parent[up] ?? -1) expect(taken.defaults[up]).toBe(1);
  });

  it('folds a family too large for a frame elsewhere, and says when it is done', async () => {
    const columns = inventTree({ seed: 3, processes: 21_000, shape: 'star' });
    const far: FoldFar = (view) => Promise.resolve(foldColumns(view));
    const live = openLiveTree(columns, { lateLimitMs: LIMIT, selected: '', far });
    const done = new Promise<void>((resolve) => {
      live.folds.onFolded = resolve;
    });
    expect(live.folds.groupsUnder(0)).toEqual([]);
    await done;
    const near = new Folds(live.model).groupsUnder(0);
    expect(near.length).toBeGreaterThan(0);
    expect(live.folds.groupsUnder(0)).toEqual(near);
  });

  it('folds itself when the worker cannot be had', async () => {
    const columns = inventTree({ seed: 3, processes: 21_000, shape: 'star' });
    const far: FoldFar = () => Promise.reject(new Error('no worker'));
    const { folds } = openLiveTree(columns, { lateLimitMs: LIMIT, selected: '', far });
    const done = new Promise<void>((resolve) => {
      folds.onFolded = resolve;
    });
    folds.groupsUnder(0);
    await done;
    expect(folds.groupsUnder(0).length).toBeGreaterThan(0);
  });

  it('takes an answer without news at once, so that ends and bytes move', () => {
    const live = openLiveTree(grown(20), { lateLimitMs: LIMIT, selected: '' });
    expect(arrive(live, grown(20), true).waiting).toBeUndefined();
  });
});
