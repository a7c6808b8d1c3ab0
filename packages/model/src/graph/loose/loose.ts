import { type Dialect, dialects } from '../../event/dialects.ts';
import type { AlertFact } from '../../event/facts.ts';
import type { DerivedLoose } from '../derived.ts';
import type { NetworkResult } from '../networkContract.ts';
import type { LoosePlace, LoosePlaces } from './places.ts';

/** What stayed with each place after processes took what is theirs; places of which nothing is left are left out. */
export function looseOf(
  places: readonly LoosePlace[],
  cardCount: number,
  { leavesByProcess, lookupsByProcess }: NetworkResult,
  alerts: readonly (readonly AlertFact[])[],
): DerivedLoose[] {
  return places
    .map((place, index): DerivedLoose => {
      const owner = cardCount + index;
      return {
        ...place,
        connections: leavesByProcess.get(owner) ?? [],
        lookups: lookupsByProcess.get(owner) ?? [],
        alerts: alerts[owner] ?? [],
      };
    })
    .filter(
      ({ connections, lookups, alerts: own }) =>
        connections.length > 0 || lookups.length > 0 || own.length > 0,
    );
}

/** By pod: who spoke of it without naming a process, also where all that was told turned out to be a process's own. */
export function podAgentsOf(places: readonly LoosePlace[]): (readonly Dialect[] | undefined)[] {
  const agents: (readonly Dialect[] | undefined)[] = [];
  for (const { pod, agents: here } of places) {
    if (pod === undefined) continue;
    const known = agents[pod] ?? [];
    agents[pod] = dialects.filter((dialect) => known.includes(dialect) || here.includes(dialect));
  }
  return agents;
}

/** The pods of the keys that name no process; a key of a node or of an unknown address has none. */
export function placedOf(
  places: readonly LoosePlace[],
  placeOf: LoosePlaces['placeOf'],
): Map<string, number> {
  const placed = new Map<string, number>();
  for (const [key, index] of placeOf) {
    const pod = places[index]?.pod;
    if (pod !== undefined) placed.set(key, pod);
  }
  return placed;
}
