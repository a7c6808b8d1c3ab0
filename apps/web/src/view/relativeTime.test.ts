import { expect, it } from 'vitest';
import { firstMain, relativeModeOf, relativeModesOf } from './relativeTime.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

function treeOf(kind: 'pod' | 'host') {
  const columns = inventTree({ seed: 3, processes: 20, shape: 'mixed' });
  return buildTreeModel({ ...columns, pod: { ...columns.pod, kind } }, 60_000);
}

it('measures the times of a pod from its main', () => {
  const pod = treeOf('pod');
  expect(firstMain(pod)).toBeGreaterThanOrEqual(0);
  expect(relativeModeOf(pod, 'main')).toBe('main');
});

it('measures nothing on a host from a main, for it has none: the mains on it are of containers', () => {
  const host = treeOf('host');
  expect(firstMain(host)).toBe(-1);
  expect(relativeModesOf(host)).not.toContain('main');
  expect(relativeModeOf(host, 'main')).toBe('clock');
  expect(relativeModeOf(host, 'parent')).toBe('parent');
});
