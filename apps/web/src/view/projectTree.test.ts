import type { TreeColumns } from '@forebear/model/wire/tree';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { describeRow } from './describe.ts';
import { overlayOf } from './filterOverlay.ts';
import { Folds } from './folds.ts';
import { mark } from './marks.ts';
import type { ProjectionOptions } from './projectionRules.ts';
import { projectTree } from './projectTree.ts';
import { leafKey, rowKind } from './rowKeys.ts';
import { type InventedTree, inventTree } from './testing/inventTree.ts';
import { nameOf } from './texts.ts';
import { buildTreeModel, type TreeModel } from './treeModel.ts';
import { keyOf, listOf, processOf, rowOfKey, type VisibleTree } from './visibleTree.ts';

const LIMIT = 60_000;

function modelOf(wish: Partial<InventedTree>, change?: (columns: TreeColumns) => void): TreeModel {
  const columns = inventTree({ seed: 7, processes: 100, shape: 'mixed', ...wish });
  change?.(columns);
  return buildTreeModel(columns, LIMIT);
}

function project(model: TreeModel, options: Partial<ProjectionOptions> = {}): VisibleTree {
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape: 'rows',
    fold: true,
    opened: new Set(),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
    ...options,
  });
}

function sum(column: Int32Array): number {
  return column.reduce((total, one) => total + one, 0);
}

function checkWhole(model: TreeModel, tree: VisibleTree): void {
  expect(sum(tree.covers)).toBe(model.count);
  let loud = sum(tree.hiddenLoud);
  const drawn: number[] = [];
  const levels: number[] = [];
  for (let row = 0; row < tree.count; row += 1) {
    const process = processOf(tree, row);
    const up = tree.parent[row] ?? -1;
    expect(up).toBeLessThan(row);
    levels.push(up < 0 ? 1 : (tree.level[up] ?? 0) + 1);
    if (process < 0) continue;
    drawn.push(process);
    loud += (model.marks[process] ?? 0) & mark.loud;
  }
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(Array.from(tree.level)).toEqual(levels);
  expect(loud).toBe(model.loud);
}

const wishes = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  processes: fc.integer({ min: 0, max: 400 }),
  shape: fc.constantFrom<InventedTree['shape']>('mixed', 'chain', 'star'),
  loudEvery: fc.constantFrom(0, 3, 40),
  leavesEvery: fc.constantFrom(0, 2, 10),
});

describe('the drawn tree', () => {
  it('covers every process exactly once, and every loud one, whatever is opened, filtered or pinned', () => {
    fc.assert(
      fc.property(
        wishes,
        fc.record({
          shape: fc.constantFrom<'graph' | 'rows'>('graph', 'rows'),
          fold: fc.boolean(),
          mode: fc.constantFrom<'dim' | 'hide' | undefined>('dim', 'hide', undefined),
          touched: fc.array(fc.nat(399), { maxLength: 12 }),
          star: fc.constantFrom('', '*', '*2'),
          root: fc.integer({ min: -1, max: 60 }),
        }),
        (wish, asked) => {
          const model = modelOf(wish);
          const refs = model.columns.nodes.ref;
          const keys = asked.touched.flatMap((row, at) => {
            const ref = refs[row];
            if (ref === undefined) return [];
            return [ref, `g.${ref}`, `c.${ref}`, `m1.${ref}`, `h.${ref}`][at % 5] ?? ref;
          });
          const matched = Uint8Array.from(refs, (_, row) => (row % 7 === 3 ? 1 : 0));
          const tree = project(model, {
            shape: asked.shape,
            fold: asked.fold,
            opened: new Set(asked.star === '' ? keys : [...keys, asked.star]),
            closed: new Set(keys.slice(0, 2)),
            pins: new Set(keys.slice(-2)),
            root: asked.root < model.count ? asked.root : -1,
            overlay: asked.mode === undefined ? undefined : overlayOf(model, matched, asked.mode),
          });
          checkWhole(model, tree);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives every row a key of its own that leads back to it', () => {
    const model = modelOf({ processes: 600, loudEvery: 30, leavesEvery: 3 });
    for (const shape of ['graph', 'rows'] as const) {
      const tree = project(model, { shape, opened: new Set(['*']) });
      const keys = Array.from({ length: tree.count }, (_, row) => keyOf(tree, row));
      expect(new Set(keys).size).toBe(tree.count);
      for (const row of [0, 5, 17, tree.count - 1])
        expect(rowOfKey(tree, keys[row] ?? '')).toBe(row);
    }
  });

  it('shows at most thirteen cards below a parent in the graph, and all of them as rows', () => {
    const model = modelOf({ processes: 10_001, shape: 'star', loudEvery: 2500 });
    const graph = project(model, { shape: 'graph' });
    const below = Array.from({ length: graph.count }, (_, row) => row).filter(
      (row) => graph.parent[row] === 1,
    );
    expect(below.length).toBeLessThanOrEqual(13);
    expect(below.filter((row) => graph.kind[row] === rowKind.process).length).toBeGreaterThan(0);
    const loud = below.filter((row) => {
      const process = processOf(graph, row);
      return process >= 0 && ((model.marks[process] ?? 0) & mark.loud) !== 0;
    });
    expect(loud.length).toBe(model.loud);
    const rows = project(model, { fold: false });
    expect(rows.count).toBe(10_002);
  });

  it('gives many late ones more room, and still shows what stands for the others', () => {
    const model = modelOf({ processes: 5001, shape: 'star', loudEvery: 100 });
    expect(model.loud).toBeGreaterThan(30);
    const graph = project(model, { shape: 'graph' });
    const below = Array.from(graph.kind).filter((_, row) => graph.parent[row] === 1);
    expect(below).toHaveLength(25);
    expect(below.filter((kind) => kind === rowKind.group)).toHaveLength(2);
    const more = Array.from(graph.kind).indexOf(rowKind.more);
    expect(graph.hiddenLoud[more]).toBe(model.loud - 22);
  });

  it('opens a chain of fifty thousand as its two ends and one capsule', () => {
    const model = modelOf({ processes: 50_000, shape: 'chain' });
    const tree = project(model);
    const kinds = Array.from(tree.kind);
    expect(kinds).toContain(rowKind.capsule);
    expect(tree.count).toBeLessThan(10);
    checkWhole(model, tree);
    const capsule = kinds.indexOf(rowKind.capsule);
    const opened = project(model, { opened: new Set([keyOf(tree, capsule)]) });
    expect(opened.count).toBe(50_001);
    checkWhole(model, opened);
  });

  it('draws a hundred thousand opened processes in one pass', () => {
    const model = modelOf({ processes: 100_000, loudEvery: 900, leavesEvery: 20 });
    const tree = project(model, { fold: false, opened: new Set(['*']) });
    expect(tree.rowOfProcess.every((row) => row >= 0)).toBe(true);
    checkWhole(model, tree);
  });

  it('folds siblings that repeat a command and leaves the first, the loud and the searched for as they are', () => {
    const model = modelOf({ processes: 40, shape: 'star' }, ({ nodes, strings }) => {
      strings.push('/usr/bin/wget', '-qO- http://10.0.0.1/healthz');
      for (let row = 1; row < 40; row += 1) {
        nodes.binary[row] = strings.length - 2;
        nodes.arguments[row] = strings.length - 1;
        nodes.end[row] = 'unknown';
        nodes.exitCode[row] = null;
        nodes.loud[row] = row === 20 ? 1 : 0;
      }
    });
    const matched = new Uint8Array(40);
    matched[30] = 1;
    const tree = project(model, { overlay: overlayOf(model, matched, 'dim') });
    const group = Array.from(tree.kind).indexOf(rowKind.group);
    const members = Array.from(listOf(tree, group));
    expect(members).toHaveLength(36);
    for (const row of [1, 20, 30]) expect(members).not.toContain(row);
  });

  it('never folds away what is noted, nor what it hangs below', () => {
    const model = modelOf({ processes: 42, shape: 'star' }, ({ nodes, strings }) => {
      strings.push('/usr/bin/wget', '-qO- http://10.0.0.1/healthz');
      for (let row = 1; row < 42; row += 1) {
        nodes.binary[row] = strings.length - 2;
        nodes.arguments[row] = strings.length - 1;
        nodes.end[row] = 'unknown';
        nodes.exitCode[row] = null;
        nodes.loud[row] = 0;
      }
      nodes.flags[20] = ['policy_hit'];
      strings.push('tokens');
      nodes.policies[22] = strings.length - 1;
      // Five with a child each: alike but for what is below one of them.
      for (let child = 37; child < 42; child += 1) nodes.parent[child] = child - 10;
      nodes.flags[39] = ['hidden_characters'];
    });
    const grouped = new Folds(model).groupsUnder(0).flatMap(({ members }) => [...members]);
    expect(grouped).toContain(21);
    expect(grouped).toContain(28);
    expect(grouped).not.toContain(20);
    expect(grouped).not.toContain(22);
    expect(grouped).not.toContain(29);
  });

  it('leaves a counted row for what a filter hides, and shows it again on demand', () => {
    const model = modelOf({ processes: 30, shape: 'star', loudEvery: 10 });
    const matched = new Uint8Array(30);
    matched[4] = 1;
    const overlay = overlayOf(model, matched, 'hide');
    const tree = project(model, { overlay });
    const hidden = Array.from(tree.kind).indexOf(rowKind.hidden);
    expect(tree.covers[hidden]).toBe(28);
    expect(tree.hiddenLoud[hidden]).toBe(model.loud);
    const shown = project(model, { overlay, opened: new Set([keyOf(tree, hidden)]), fold: false });
    expect(Array.from(shown.kind)).not.toContain(rowKind.hidden);
    checkWhole(model, shown);
  });

  it('shows what somebody went to even inside folds, caps and filters', () => {
    const model = modelOf({ processes: 10_000, shape: 'star' });
    const ref = model.columns.nodes.ref[9_998] ?? '';
    const tree = project(model, { shape: 'graph', pins: new Set([ref]) });
    expect(rowOfKey(tree, ref)).toBeGreaterThan(0);
  });

  it('keeps the chain above what somebody went to as one, and opens it around a step of its own', () => {
    const model = modelOf({ processes: 500, shape: 'chain' });
    const refs = model.columns.nodes.ref;
    const pinned = (row: number) => project(model, { pins: new Set([refs[row] ?? '']) });
    const kindsOf = (row: number) => Array.from(pinned(row).kind);
    const capsule = kindsOf(499).indexOf(rowKind.capsule);
    expect(listOf(pinned(499), capsule)).toHaveLength(497);
    expect(rowOfKey(pinned(499), refs[250] ?? '')).toBe(-1);
    expect(rowOfKey(pinned(250), refs[250] ?? '')).toBeGreaterThan(capsule);
  });

  /** The leaves drawn by themselves and the number in one, of twelve connections of one process. */
  function leavesOf(
    change: (connections: TreeColumns['connections']) => void,
    pins: ReadonlySet<string> = new Set(),
  ) {
    const model = modelOf({ processes: 12, shape: 'star', leavesEvery: 1 }, ({ connections }) => {
      connections.process.fill(1);
      connections.randomName.fill(0);
      connections.scope.fill('pod');
      connections.peer.fill(null);
      change(connections);
    });
    const tree = project(model, { opened: new Set(['*']), pins });
    const kinds = Array.from(tree.kind);
    const folded = kinds.indexOf(rowKind.destinations);
    return {
      count: model.columns.connections.count,
      drawn: kinds.filter((kind) => kind === rowKind.leaf).length,
      folded: folded < 0 ? 0 : listOf(tree, folded).length,
      ref: model.columns.nodes.ref[1] ?? '',
    };
  }

  it('folds more than three destinations into one and keeps random names apart', () => {
    const found = leavesOf(({ randomName }) => {
      randomName[0] = 1;
    });
    expect(found.count).toBeGreaterThan(4);
    expect(found).toMatchObject({ drawn: 1, folded: found.count - 1 });
  });

  it('folds the many callers of a service though each is known, and keeps a few peers apart', () => {
    const callers = leavesOf(({ peer }) => void peer.fill('caller'));
    expect(callers).toMatchObject({ drawn: 0, folded: callers.count });
    const few = leavesOf(({ peer }) => void peer.fill('caller', 0, 3));
    expect(few).toMatchObject({ drawn: 3, folded: few.count - 3 });
  });

  it('keeps a few destinations outside apart, and folds many', () => {
    const few = leavesOf(({ scope }) => void scope.fill('public', 0, 2));
    expect(few).toMatchObject({ drawn: 2, folded: few.count - 2 });
    const many = leavesOf(({ scope }) => void scope.fill('public'));
    expect(many).toMatchObject({ drawn: 0, folded: many.count });
  });

  it('keeps the connection that somebody went to apart', () => {
    const { ref, count } = leavesOf(() => undefined);
    const chosen = leavesOf(() => undefined, new Set([leafKey(ref, 2)]));
    expect(chosen).toMatchObject({ drawn: 1, folded: count - 1 });
  });

  it('says in words what a card shows', () => {
    const model = modelOf({ processes: 6, shape: 'star' }, ({ nodes }) => {
      nodes.loud[2] = 1;
      nodes.isNew[2] = 1;
      nodes.lateByMs[2] = 302_373.4;
      nodes.end[2] = 'running';
    });
    const tree = project(model);
    const row = tree.rowOfProcess[2] ?? -1;
    const name = nameOf(model, 2);
    const parent = nameOf(model, 0);
    expect(describeRow(tree, row)).toBe(
      `${name}, late by 5 minutes 2 seconds, new, alive at end of log, child of ${parent}, level 3, 2 of 5`,
    );
  });
});
