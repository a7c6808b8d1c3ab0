import type { Part } from '@forebear/model/answer/part';
import type { Derived } from '@forebear/model/graph/derived';
import { type CaseUnit, looseKey, nameKey } from './caseUnits.ts';

/**
 * What of a unit's forest the unit answers for. A process is of the pod or loose container that it stands in, or else of
 * the nearest above it (it left that one); one with none above it is of the hosts, by its first image: one of `hostIds`.
 */
export function partOfUnit(derived: Derived, unit: CaseUnit, hostIds: ReadonlySet<string>): Part {
  const owns = ownersOf(derived, unit, hostIds);
  return {
    derived,
    ownsProcess: (index) => owns[index] === 1,
    ownsPod: (index) => ownsPod(derived, unit, index),
  };
}

/** By process: 1 the unit's own, 0 another's. Parents come first. */
function ownersOf(derived: Derived, unit: CaseUnit, hostIds: ReadonlySet<string>): Uint8Array {
  const { processes } = derived;
  const owns = new Uint8Array(processes.length);
  const isHost = new Uint8Array(processes.length);
  for (const [index, process] of processes.entries()) {
    const { pod, container, parent } = process;
    if (pod !== undefined) owns[index] = Number(ownsPod(derived, unit, pod));
    else if (container !== undefined) owns[index] = Number(ownsLoose(derived, unit, container));
    else if (parent >= 0 && isHost[parent] === 0) owns[index] = owns[parent] ?? 0;
    else {
      isHost[index] = 1;
      owns[index] = Number(hostIds.has(process.images[0]?.execId ?? ''));
    }
  }
  return owns;
}

function ownsPod(derived: Derived, unit: CaseUnit, index: number): boolean {
  const pod = derived.pods[index];
  return unit.kind === 'pods' && pod !== undefined && unit.names.has(nameKey(pod.fact));
}

function ownsLoose(derived: Derived, unit: CaseUnit, index: number): boolean {
  const container = derived.containers[index];
  return (
    unit.kind === 'loose' && container !== undefined && unit.keys.has(looseKey(container.fact.id))
  );
}
