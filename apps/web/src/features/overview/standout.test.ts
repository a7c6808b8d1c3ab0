import { describe, expect, it } from 'vitest';
import { destinations, pods } from '../../testing/fakeData.ts';
import { randomNames, standoutOf } from './standout.ts';

describe('what stands out', () => {
  it('names pods with late and new processes, the most first', () => {
    const { loud, lateNew } = standoutOf(pods);
    expect(loud.map((pod) => pod.workload)).toEqual(['crawler', 'batch']);
    expect(lateNew).toBe(10);
  });

  it('counts pods and hosts apart', () => {
    expect(standoutOf(pods)).toMatchObject({ pods: 8, hosts: 2, external: 4 });
  });

  it('is nothing for nothing', () => {
    expect(standoutOf([])).toMatchObject({ loud: [], lateNew: 0, pods: 0, processes: 0 });
  });
});

describe('random-looking names', () => {
  it('are said once, whatever the ports, as they were called first', () => {
    const [random] = destinations;
    if (random === undefined) throw new Error('no destination');
    const later = { ...random, port: 8443, firstSeen: '2026-03-14T09:00:00Z' };
    const inside = { ...random, name: 'q7x9k2.cluster.local', external: false };
    expect(randomNames([later, random, inside])).toEqual([random]);
  });
});
