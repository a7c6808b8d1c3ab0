import { describe, expect, it } from 'vitest';
import { podItems } from './podItems.ts';
import { labContext } from './testing/labContext.ts';

const { derived, truth } = labContext();

describe('a process that left its container', () => {
  it('is counted with the pod that it left, as what it is, and not as late', () => {
    const at = derived.processes.findIndex(
      ({ pod, parent }) =>
        derived.pods[pod ?? -1]?.fact.name === truth.pod && derived.processes[parent]?.pod === pod,
    );
    expect(at).toBeGreaterThan(0);
    const below = derived.processes.findIndex(({ parent }) => parent === at);
    const astray = derived.processes.map((process, index) =>
      index === at || index === below
        ? {
            ...process,
            pod: undefined,
            container: undefined,
            role: '' as const,
            loud: true,
            late: false,
            flags: [{ code: 'left_container' as const, reason: '', inputs: {} }],
          }
        : process,
    );
    const itemOf = (processes: typeof derived.processes) =>
      podItems({ ...derived, processes }).find(({ pod }) => pod === truth.pod);
    const [before, after] = [itemOf(derived.processes), itemOf(astray)];
    expect(before?.leftContainer).toBe(0);
    expect(after?.leftContainer).toBe(below < 0 ? 1 : 2);
    expect(after?.processes).toBe(before?.processes);
    expect(after?.lateNew).toBeLessThanOrEqual(before?.lateNew ?? -1);
  });
});
