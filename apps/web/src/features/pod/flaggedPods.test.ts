import { expect, it } from 'vitest';
import type { PodItem } from '../../api/answers.ts';
import { flaggedPodsOf } from './flaggedPods.ts';

const quiet: PodItem = {
  kind: 'pod',
  cluster: 'lab',
  namespace: 'shop',
  pod: 'web',
  uid: '',
  workload: '',
  node: 'n1',
  labels: [],
  containers: [],
  processes: 3,
  late: 0,
  lateNew: 0,
  leftContainer: 0,
  lateContainer: 0,
  marks: [],
  policies: [],
  grave: [],
  alerts: 0,
  externalDestinations: 0,
  restarts: 0,
  started: null,
  firstSeen: null,
  lastSeen: null,
  firstLoudMs: null,
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
