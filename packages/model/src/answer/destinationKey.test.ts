import { describe, expect, it } from 'vitest';
import { callsOf } from './destinations.ts';
import { wholePart } from './part.ts';
import { podItems } from './podItems.ts';
import { labContext } from './testing/labContext.ts';

const { derived, truth } = labContext();

describe('a name that reads like an address', () => {
  it('is another destination than that address, in the list and in the count of its pod', () => {
    const at = derived.processes.findIndex(
      ({ pod, connections }) =>
        derived.pods[pod ?? -1]?.fact.name === truth.pod &&
        connections.some(({ external, direction }) => external && direction === 'outbound'),
    );
    const processes = derived.processes.map((process, index) => {
      const [leaf] = process.connections.filter(({ external }) => external);
      if (leaf === undefined || index !== at) return { ...process, connections: [] };
      const connections = [undefined, leaf.ip].map((name) => ({ ...leaf, name }));
      return { ...process, connections };
    });
    const told = { ...derived, processes };
    const keys = callsOf(wholePart(told)).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    const pod = podItems(told).find((item) => item.pod === truth.pod);
    expect(pod?.externalDestinations).toBe(2);
  });
});
