import { describe, expect, it } from 'vitest';
import type { Derived, DerivedProcess } from '../graph/derived.ts';
import { outOfPlaceWords } from '../words/flagMark.ts';
import { callsOf } from './destinations.ts';
import { wholePart } from './part.ts';
import { podItems } from './podItems.ts';
import { processName } from './processName.ts';
import { standsOut } from './standing.ts';
import { labContext } from './testing/labContext.ts';

const { derived, truth } = labContext();

/** The forest with one calling process of the crawler out of its container, and `over`. */
function astray(over: Partial<DerivedProcess>): { forest: Derived; at: number } {
  const at = derived.processes.findIndex(
    ({ pod, parent, connections, loud }) =>
      derived.pods[pod ?? -1]?.fact.name === truth.pod &&
      derived.processes[parent]?.pod === pod &&
      connections.some(({ direction }) => direction === 'outbound') &&
      loud,
  );
  const processes = derived.processes.map((process, index) =>
    index === at
      ? {
          ...process,
          pod: undefined,
          container: undefined,
          role: '' as const,
          loud: true,
          flags: [{ code: 'left_container' as const, reason: '', inputs: {} }],
          ...over,
        }
      : process,
  );
  return { forest: { ...derived, processes }, at };
}

describe('a process that left its container, where another row names it', () => {
  it('is marked for that, not as late, and named with the pod whose tree holds it', () => {
    const { forest, at } = astray({ late: false, lateByMs: undefined });
    const name = processName(forest, at);
    expect(name).toMatchObject({
      namespace: truth.namespace,
      pod: truth.pod,
      lateNew: false,
      outOfPlace: ['left_container'],
    });
    expect(name !== undefined && standsOut(name)).toBe(true);
    expect(outOfPlaceWords(name?.outOfPlace ?? [])).toBe('left its container');
  });

  it('is so among the callers of a destination', () => {
    const { forest, at } = astray({ late: false });
    const { ref } = forest.processes[at] ?? {};
    const own = callsOf(wholePart(forest)).filter(({ caller }) => caller.ref === ref);
    expect(own.length).toBeGreaterThan(0);
    for (const { caller } of own)
      expect(caller).toMatchObject({ pod: truth.pod, outOfPlace: ['left_container'] });
  });

  it('is late and new only when its time alone would make it loud', () => {
    const late = { late: true, lateByMs: 90_000 };
    const seen = astray(late);
    expect(processName(seen.forest, seen.at)?.lateNew).toBe(false);
    const flags = (['late_new', 'left_container'] as const).map((code) => ({
      code,
      reason: '',
      inputs: {},
    }));
    const both = astray({ ...late, flags });
    expect(processName(both.forest, both.at)).toMatchObject({
      lateNew: true,
      outOfPlace: ['left_container'],
    });
    const [ofSeen, ofBoth] = [seen, both].map(({ forest }) =>
      podItems(forest).find(({ pod }) => pod === truth.pod),
    );
    expect((ofBoth?.lateNew ?? 0) - (ofSeen?.lateNew ?? 0)).toBe(1);
  });
});
