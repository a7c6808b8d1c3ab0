import { filesSign } from '@forebear/model/words/cardSigns';
import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { Folds } from './folds.ts';
import { look, lookOf, signOf, signs } from './look.ts';
import { projectTree } from './projectTree.ts';
import { rowKind } from './rowKeys.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

const directions = ['listen', 'inbound', 'outbound'] as const;

/** Sixty processes with a connection each, in every direction; every other process is late, some are loud. */
function treeOf(lateByMs: number) {
  const columns = inventTree({
    seed: 5,
    processes: 60,
    shape: 'star',
    loudEvery: 3,
    leavesEvery: 1,
  });
  const { nodes, connections } = columns;
  const model = buildTreeModel(
    {
      ...columns,
      nodes: { ...nodes, lateByMs: nodes.lateByMs.map(() => lateByMs) },
      connections: {
        ...connections,
        direction: connections.direction.map((_, leaf) => directions[leaf % 3] ?? 'outbound'),
        scope: connections.scope.map((_, leaf) => (leaf % 6 === 5 ? 'public' : 'pod')),
      },
    },
    60_000,
  );
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape: 'rows',
    fold: false,
    opened: new Set(['*']),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
  });
}

describe('the look of a row', () => {
  it('tells connections by their direction, and those that lead outside', () => {
    const tree = treeOf(0);
    const seen = new Set<string>();
    for (let row = 0; row < tree.count; row += 1) {
      if (tree.kind[row] !== rowKind.leaf) continue;
      const leaf = tree.item[row] ?? -1;
      const { connections } = tree.model.columns;
      seen.add(`${connections.direction[leaf]} ${connections.scope[leaf]} ${signOf(tree, row)}`);
    }
    expect([...seen].sort()).toEqual([
      'inbound pod ⇠',
      'listen pod ⌐',
      'outbound pod ⇄',
      'outbound public ⊙',
    ]);
  });

  it('tells what is loud for being late from what left its container', () => {
    const looksOf = (lateByMs: number) => {
      const tree = treeOf(lateByMs);
      const loud = Array.from({ length: tree.count }, (_, row) => lookOf(tree, row));
      return new Set(loud.filter((each) => each === look.loud || each === look.astray));
    };
    expect(looksOf(0)).toEqual(new Set([look.astray]));
    expect(looksOf(90_000)).toEqual(new Set([look.loud]));
  });

  it('has a sign of its own, unless nothing stands out', () => {
    const said = Object.values(signs).filter((sign) => sign !== '');
    expect(new Set(said).size).toBe(said.length);
  });
});

it('counts events of files under a sign that no row has', () => {
  expect(Object.values(signs)).not.toContain(filesSign);
});
