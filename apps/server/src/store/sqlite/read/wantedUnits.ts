import { bareContainerId } from '@forebear/model/graph/containment/dockerPrefix';
import type { CaseDb } from './caseDb.ts';
import { type CaseUnit, nameKey } from './caseUnits.ts';
import type { SmallFacts } from './smallFacts.ts';

interface Place {
  readonly exec_id: string;
  readonly parent_exec_id: string | null;
  readonly pod_id: number | null;
  readonly container_id: string | null;
  readonly docker: string | null;
}

/**
 * Numbers of the units one of whose processes can have one of these keys: those of the pods that its faces name, and of a
 * process that names none also those of its container and of everything above it, which it may have left.
 */
export function unitsWith(
  db: CaseDb,
  { containers, entries }: SmallFacts,
  units: readonly CaseUnit[],
  keys: readonly number[],
): Set<number> {
  const pods = new Set<number>();
  const idOf = new Map(entries.map(({ key, id }) => [key, id]));
  const notePods = ({ pod_id, container_id, docker }: Place): void => {
    if (pod_id !== null) pods.add(pod_id);
    else if (container_id !== null || docker !== null)
      for (const { id, pod } of containers)
        if (id === container_id || (docker !== null && bareContainerId(id).startsWith(docker)))
          pods.add(idOf.get(pod) ?? 0);
  };
  const select = 'SELECT exec_id, parent_exec_id, pod_id, container_id, docker FROM faces';
  let places = db.allIn<Place>(
    `${select} WHERE exec_id IN (SELECT exec_id FROM processes WHERE id IN {in})`,
    keys,
  );
  const inPods = new Set(places.flatMap((place) => (place.pod_id === null ? [] : place.exec_id)));
  let isOutside = false;
  const seen = new Set<string>();
  while (places.length > 0) {
    const above = new Set<string>();
    for (const place of places) {
      notePods(place);
      seen.add(place.exec_id);
      if (inPods.has(place.exec_id)) continue;
      isOutside = true;
      if (place.parent_exec_id !== null) above.add(place.parent_exec_id);
    }
    places = db.allIn<Place>(
      `${select} WHERE exec_id IN {in}`,
      [...above].filter((id) => !seen.has(id)),
    );
  }
  const wanted = new Set<number>();
  for (const [number, unit] of units.entries()) {
    const isWanted = unit.kind === 'pods' ? unit.pods.some((pod) => pods.has(pod)) : isOutside;
    if (isWanted) wanted.add(number);
  }
  return wanted;
}

/** Numbers of the units with a pod of one of these names. */
export function unitsOfPods(
  units: readonly CaseUnit[],
  pods: readonly { readonly namespace: string; readonly pod: string }[],
): ReadonlySet<number> {
  const keys = new Set(pods.map(({ namespace, pod }) => nameKey({ namespace, name: pod })));
  const wanted = new Set<number>();
  for (const [number, unit] of units.entries())
    if (unit.kind === 'pods' && [...unit.names].some((name) => keys.has(name))) wanted.add(number);
  return wanted;
}
