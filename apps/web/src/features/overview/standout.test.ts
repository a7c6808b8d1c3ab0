import { describe, expect, it } from 'vitest';
import { pods } from '../../testing/fakeData.ts';
import { standoutOf } from './standout.ts';

describe('what stands out', () => {
  it('names pods with late and new processes, the most first', () => {
    const { loud, lateNew } = standoutOf(pods);
    expect(loud.map((pod) => pod.workload)).toEqual(['crawler', 'batch']);
    expect(lateNew).toBe(10);
  });

  it('counts pods and hosts apart', () => {
    expect(standoutOf(pods)).toMatchObject({ pods: 8, hosts: 2, alerts: 2, external: 4 });
  });

  it('is nothing for nothing', () => {
    expect(standoutOf([])).toMatchObject({ loud: [], lateNew: 0, pods: 0, processes: 0 });
  });
});
