import { describe, expect, it } from 'vitest';
import { type Telling, tell } from '../testing/told.ts';
import { nodeTree } from './nodeTree.ts';

const web = { pod: 'shop/web/u1', container: 'web', containerStart: 100 };
const init: Telling = { id: 'init', pid: 1, at: 1 };
const shim: Telling = { id: 'shim', pid: 50, at: 90, parent: 'init' };
const main: Telling = { id: 'main', pid: 60, nsPid: 1, parent: 'shim', at: 100, ...web };

/** `id×count` of every row, indented by depth. */
function rowsOf(tellings: readonly Telling[], cluster = 'c1', node = 'n1'): string[] {
  const { derived } = tell(tellings);
  const rows = nodeTree(derived, cluster, node);
  const depths: number[] = [];
  return rows.map(({ process, parent, count, container }) => {
    const depth = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
    depths.push(depth);
    const name = derived.processes[process]?.execId ?? '';
    return `${' '.repeat(depth)}${name}${container === undefined ? '' : ` ×${count}`}`;
  });
}

describe('a node’s tree', () => {
  it('is the host’s processes, each container collapsed under its shim into its main process', () => {
    expect(
      rowsOf(
        [
          init,
          shim,
          { id: 'hook', pid: 59, parent: 'shim', at: 99, nsPid: 2, ...web },
          main,
          { id: 'w1', pid: 61, parent: 'main', at: 101, ...web },
          { id: 'w2', pid: 62, parent: 'w1', at: 102, ...web },
          { id: 'cron', pid: 70, parent: 'init', at: 95 },
        ].map((telling) => (telling.id === 'hook' ? { ...telling, at: 110 } : telling)),
      ),
    ).toEqual(['init', ' shim', '  main ×4', ' cron']);
  });

  it('shows a container without a known main by its first process', () => {
    expect(rowsOf([{ ...main, id: 'x', parent: 'gone', nsPid: 9, at: 500 }])).toEqual([
      'gone',
      ' x ×1',
    ]);
  });

  it('shows what left a container under it', () => {
    expect(rowsOf([init, shim, main, { id: 'out', pid: 61, parent: 'main', at: 101 }])).toEqual([
      'init',
      ' shim',
      '  main ×1',
      '   out',
    ]);
  });

  it('holds one node of one cluster', () => {
    const both = [
      init,
      { ...init, id: 'other', node: 'n2' },
      { ...init, id: 'west', cluster: 'west' },
    ];
    expect(rowsOf(both)).toEqual(['init']);
    expect(rowsOf(both, 'c1', 'n2')).toEqual(['other']);
    expect(rowsOf(both, 'nowhere')).toEqual([]);
  });
});
