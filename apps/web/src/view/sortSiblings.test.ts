import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Folds } from './folds.ts';
import { preorderOf } from './navigate.ts';
import { projectTree } from './projectTree.ts';
import { rowKind } from './rowKeys.ts';
import { siblingOrders, sortSiblings } from './sortSiblings.ts';
import { inventTree } from './testing/inventTree.ts';
import { nameOf } from './texts.ts';
import { buildTreeModel, type TreeModel } from './treeModel.ts';
import { processOf } from './visibleTree.ts';

const wish = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  processes: fc.integer({ min: 1, max: 300 }),
  shape: fc.constantFrom('mixed' as const, 'star' as const),
});

function childrenOf(model: TreeModel, parent: number): number[] {
  const rows: number[] = [];
  let row = parent < 0 ? model.firstRoot : (model.first[parent] ?? -1);
  for (; row !== -1; row = model.next[row] ?? -1) rows.push(row);
  return rows;
}

describe('siblings in another order', () => {
  it('are the same siblings below the same parents, in any order of any tree', () => {
    fc.assert(
      fc.property(
        wish,
        fc.constantFrom(...siblingOrders),
        fc.boolean(),
        (tree, column, descending) => {
          const model = buildTreeModel(inventTree(tree), 60_000);
          const sorted = sortSiblings(model, { column, descending });
          for (let parent = -1; parent < model.count; parent += 1)
            expect(childrenOf(sorted, parent).sort((a, b) => a - b)).toEqual(
              childrenOf(model, parent),
            );
          const order = Array.from(preorderOf(sorted));
          expect(new Set(order).size).toBe(model.count);
          const place = new Map(order.map((row, at) => [row, at]));
          for (const row of order)
            expect(place.get(model.parent[row] ?? -1) ?? -1).toBeLessThan(place.get(row) ?? -1);
        },
      ),
    );
  });

  it('go by name, by lateness and by destinations, both ways; what has no value is last', () => {
    const columns = inventTree({ seed: 3, processes: 6, shape: 'star' });
    columns.nodes.lateByMs = [null, 30, null, 10, 20, 30];
    const model = buildTreeModel(columns, 60_000);
    const sorted = (descending: boolean, column: (typeof siblingOrders)[number] = 'delta') =>
      childrenOf(sortSiblings(model, { column, descending }), 0);
    expect(sorted(false)).toEqual([3, 4, 1, 5, 2]);
    expect(sorted(true)).toEqual([1, 5, 4, 3, 2]);
    expect(sorted(false, 'start')).toEqual([1, 2, 3, 4, 5]);
    expect(sorted(true, 'start')).toEqual([5, 4, 3, 2, 1]);
    const names = sorted(false, 'process').map((row) => nameOf(model, row));
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  });

  it('leave a folded group where its first member in that order is, and its members in that order', () => {
    const columns = inventTree({ seed: 3, processes: 14, shape: 'star' });
    const { nodes } = columns;
    nodes.binary = nodes.binary.map((own, row) => (row > 1 ? (nodes.binary[2] ?? own) : own));
    nodes.arguments = nodes.arguments.map((own, row) => (row > 1 ? 0 : own));
    const model = buildTreeModel(columns, 60_000);
    const folds = new Folds(model);
    const draw = (tree: TreeModel, opened: readonly string[]) =>
      projectTree(tree, folds, {
        shape: 'rows',
        fold: true,
        opened: new Set(opened),
        closed: new Set(),
        defaults: new Uint8Array(model.count).fill(1),
      });
    const sorted = sortSiblings(model, { column: 'start', descending: true });
    const closed = draw(sorted, []);
    const kinds = Array.from(closed.kind);
    const group = kinds.indexOf(rowKind.group);
    expect(group).toBeGreaterThan(0);
    const single = Array.from({ length: closed.count }, (_, row) => row).filter(
      (row) => processOf(closed, row) === 1,
    );
    expect(group).toBeLessThan(single[0] ?? -1);
    const ref = nodes.ref[closed.lists[closed.item[group] ?? -1]?.[0] ?? -1] ?? '';
    const open = draw(sorted, [`g.${ref}`]);
    const at = Array.from(open.kind).indexOf(rowKind.group);
    const members = Array.from({ length: open.count }, (_, row) => row)
      .filter((row) => open.parent[row] === at)
      .map((row) => processOf(open, row));
    expect(members.length).toBeGreaterThan(5);
    expect(members).toEqual(members.toSorted((a, b) => b - a));
  });
});
