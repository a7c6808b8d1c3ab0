import { type ProcessFact, processKey } from '../../event/facts.ts';
import { readSpelledId, type SpelledId } from '../../event/spelledIds.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { Place, Places } from '../identity/places.ts';
import { compareText } from '../order.ts';

/** The ids that spell a process; the others spell a place or a name. */
export type SpelledProcess = Extract<SpelledId, { form: 'exec' | 'at' }>;
export type SpelledElse = Exclude<SpelledId, SpelledProcess>;

/** Everything that records said under one id on one node. */
export interface SpelledGroup<Form extends SpelledId = SpelledId> {
  readonly id: string;
  readonly spelled: Form;
  readonly place: Place;
  /** The `processKey`s under which facts name it. */
  readonly keys: readonly string[];
  readonly faces: readonly ProcessFact[];
}

/** Facts in two: those whose ids are the agent's own, and the groups of those that spell what is known. */
export interface Spelled {
  readonly own: readonly ProcessFact[];
  readonly processes: readonly SpelledGroup<SpelledProcess>[];
  readonly others: readonly SpelledGroup<SpelledElse>[];
}

/** Groups the faces of spelled ids; sorted by place and id, so that nothing depends on the order of facts. */
export function spelledGroups(facts: readonly ProcessFact[], places: Places): Spelled {
  const own: ProcessFact[] = [];
  const byPlace = new Map<Place, Map<string, Draft>>();
  for (const fact of facts) {
    const place = fact.dialect === 'tetragon' ? undefined : places.place(fact.cluster, fact.node);
    let byId = place === undefined ? undefined : byPlace.get(place);
    const known = byId?.get(fact.id);
    if (known !== undefined) {
      known.faces.push(fact);
      if (known.said !== fact.cluster) known.keys.add(processKey(fact));
      continue;
    }
    const spelled = place === undefined ? undefined : readSpelledId(fact.id);
    if (place === undefined || spelled === undefined) {
      own.push(fact);
      continue;
    }
    if (byId === undefined) {
      byId = new Map();
      byPlace.set(place, byId);
    }
    const keys = new Set([processKey(fact)]);
    byId.set(fact.id, { id: fact.id, spelled, place, said: fact.cluster, keys, faces: [fact] });
  }
  const processes: SpelledGroup<SpelledProcess>[] = [];
  const others: SpelledGroup<SpelledElse>[] = [];
  for (const [, byId] of [...byPlace].sort(([a], [b]) => comparePlaces(a, b))) {
    for (const draft of [...byId.values()].sort((a, b) => compareText(a.id, b.id))) {
      const { id, spelled, place, keys, faces } = draft;
      const group = { id, place, keys: [...keys].sort(compareText), faces };
      if (spelled.form === 'exec' || spelled.form === 'at') processes.push({ ...group, spelled });
      else others.push({ ...group, spelled });
    }
  }
  return { own, processes, others };
}

function comparePlaces(a: Place, b: Place): number {
  return compareText(a.cluster, b.cluster) || compareText(a.node, b.node);
}

interface Draft {
  readonly id: string;
  readonly spelled: SpelledId;
  readonly place: Place;
  /** The cluster of its first fact, as said. */
  readonly said: string;
  readonly keys: Set<string>;
  readonly faces: ProcessFact[];
}

/** What faces of the best rank say of a field; the larger value among equals. Undefined: nothing. */
export function bestOf<Field extends 'parentId' | 'containerId' | 'pid' | 'startTime'>(
  faces: readonly ProcessFact[],
  field: Field,
): ProcessFact[Field] | undefined {
  let best: ProcessFact[Field] | undefined;
  let rank = 0;
  for (const face of faces) {
    const value = face[field];
    if (value === undefined || face.rank < rank) continue;
    if (face.rank > rank || best === undefined || value > best) best = value;
    rank = face.rank;
  }
  return best;
}

/** Some record says that the exec was prevented. */
export function isBlocked({ faces }: SpelledGroup): boolean {
  return faces.some(({ traits }) => hasTrait(traits, Trait.blocked));
}

/** Best rank of any face. */
export function rankOf({ faces }: SpelledGroup): number {
  return faces.reduce((best, { rank }) => Math.max(best, rank), 0);
}

/** The path's last part, as short as the kernel keeps a name of its own (TASK_COMM_LEN). */
const LONGEST_COMM = 15;

/** Tells whether two texts may name one image: equal, or one is a name that may be cut (formats, 4.4) and the other its path. */
export function isSameBinary(a: string, b: string): boolean {
  if (a === b) return true;
  const isName = !a.includes('/') || !b.includes('/');
  return isName && nameOf(a) === nameOf(b);
}

function nameOf(binary: string): string {
  return binary.slice(binary.lastIndexOf('/') + 1).slice(0, LONGEST_COMM);
}
