import { describe, expect, it } from 'vitest';
import { closedMatches } from './closedMatches.ts';
import { overlayOf } from './filterOverlay.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

const model = buildTreeModel(inventTree({ seed: 3, processes: 12, shape: 'chain' }), 60_000);
const refs = model.columns.nodes.ref;
const key = (row: number) => refs[row] ?? '';

function overlay(...rows: readonly number[]) {
  const matched = new Uint8Array(model.count);
  for (const row of rows) matched[row] = 1;
  return overlayOf(model, matched, 'dim');
}

describe('matches below what was closed by hand', () => {
  it('are counted once, however many closed ones are above them', () => {
    expect(closedMatches(model, overlay(4, 9, 11), [key(2), key(8)])).toEqual({
      count: 3,
      closed: [key(2), key(8)],
    });
  });

  it('do not include the closed one itself, which is drawn', () => {
    expect(closedMatches(model, overlay(2), [key(2)])).toEqual({ count: 0, closed: [] });
  });

  it('are none without a filter, and none of what is closed and holds nothing', () => {
    expect(closedMatches(model, undefined, [key(2)]).count).toBe(0);
    expect(closedMatches(model, overlay(1), [key(5), 'not-there'])).toEqual({
      count: 0,
      closed: [],
    });
  });
});
