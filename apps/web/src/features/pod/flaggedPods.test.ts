import { expect, it } from 'vitest';
import type { PodItem } from '../../api/answers.ts';
import { pods } from '../../testing/fakeData.ts';
import { flaggedPodsOf } from './flaggedPods.ts';

const [first] = pods;
if (first === undefined) throw new Error('there are invented pods');
const quiet: PodItem = {
  ...first,
  cluster: 'lab',
  namespace: 'shop',
  pod: 'web',
  node: 'n1',
  lateNew: 0,
  leftContainer: 0,
  lateContainer: 0,
  marks: [],
};

it('finds whose the flags on a host are: its pods, the worst first, and those of no other host', () => {
  const items = [
    quiet,
    { ...quiet, pod: 'cart', lateNew: 2 },
    { ...quiet, pod: 'api', lateNew: 3, leftContainer: 1, lateContainer: 1 },
    { ...quiet, pod: 'far', node: 'n2', lateNew: 9 },
    { ...quiet, pod: 'west', cluster: 'west', lateNew: 9 },
    { ...quiet, pod: 'n1', kind: 'host' as const, lateNew: 9 },
  ];
  const found = flaggedPodsOf(items, { node: 'n1', cluster: 'lab' });
  expect(found.flagged).toBe(7);
  expect(found.pods.map(({ item, flagged }) => `${item.pod} ${flagged}`)).toEqual([
    'api 5',
    'cart 2',
  ]);
});
