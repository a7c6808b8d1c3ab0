import { dialectOf } from '../../event/dialects.ts';
import { type Facts, type ProcessFact, processKey } from '../../event/facts.ts';
import { bareFact } from '../facts/factOf.ts';
import { compareText } from '../order.ts';
import type { Place, Places } from './places.ts';

/** An id whose start nobody reported: its boot, and the clock of that boot, are those of its nearest child. */
export interface GhostGroup {
  readonly group: Group;
  /**
   * Set: it exists only where a child dates it, and not in these boots, where the id was described. Undefined: it exists.
   */
  readonly notIn: ReadonlySet<number> | undefined;
}

/** The faces of one id on one node. */
export interface Group extends Place {
  readonly id: string;
  /** `processKey` with the resolved cluster. */
  readonly key: string;
  readonly realm: Realm;
  readonly faces: ProcessFact[];
  /** `key`, and the one without a cluster where a fact used that. Sorted. */
  keys: readonly string[];
  /** The groups on its node that its faces name as parents: mostly one. */
  readonly parents: Group[];
  /** Set where children have to tell the boot of this group, or of a kernel under its id. */
  ghost: GhostGroup | undefined;
  /** The first of the identities with its key, once they are numbered. */
  first: number;
}

/** One node of one cluster. In here an id alone names a group: it says its dialect itself. */
export interface Realm extends Place {
  readonly byId: Map<string, Group>;
}

/** Groups all faces by id, cluster and node; a parent that no fact describes gets a group of its own. */
export function groupsOf(facts: Pick<Facts, 'processes'>, places: Places): Group[] {
  const nodes = nodesByKey(facts.processes);
  const realms = new Realms();
  const groups: Group[] = [];
  const realmOf = (fact: ProcessFact): Realm => {
    const node = fact.node === '' ? (nodes.get(processKey(fact)) ?? '') : fact.node;
    return realms.of(places.place(fact.cluster, node));
  };
  for (const fact of facts.processes) {
    if (fact.id === '') continue;
    const realm = realmOf(fact);
    const known = realm.byId.get(fact.id);
    if (known === undefined) groups.push(openGroup(realm, fact));
    else addFace(known, fact);
  }
  const elsewhere = idsOfSeveralNodes(groups, realms);
  const named = groups.length;
  for (let index = 0; index < named; index += 1) {
    const group = groups[index];
    if (group !== undefined) findParents(group, elsewhere.get(group.realm.cluster), groups);
  }
  return sortedByRealm(groups);
}

/** Fills `parents`; one that no fact describes, on whatever node, gets a group. */
function findParents(
  { realm, faces, parents }: Group,
  elsewhere: ReadonlySet<string> | undefined,
  groups: Group[],
): void {
  let last = '';
  for (const { parentId = '' } of faces) {
    if (parentId === last) continue;
    last = parentId;
    const known = realm.byId.get(parentId);
    if (known !== undefined) parents.push(known);
    else if (parentId !== '' && elsewhere?.has(parentId) !== true) {
      const bare = bareFact(parentId, realm.node, realm.cluster, 1, dialectOf(parentId));
      const parent = openGroup(realm, bare);
      groups.push(parent);
      parents.push(parent);
    }
  }
}

/** Runs in the order of ids, one for each realm: sorting what is made of them merges runs. */
function sortedByRealm(groups: readonly Group[]): Group[] {
  const runs = new Map<Realm, Group[]>();
  for (const group of groups) {
    const run = runs.get(group.realm);
    if (run === undefined) runs.set(group.realm, [group]);
    else run.push(group);
  }
  const sorted: Group[] = [];
  for (const run of runs.values()) for (const each of sortedById(run)) sorted.push(each);
  return sorted;
}

/**
 * Ids of one node share a long beginning. What follows it, as one number, orders nearly all of them; the texts decide
 * the rest.
 */
function sortedById(groups: readonly Group[]): Group[] {
  const shared = sharedLength(groups);
  const keyed = groups.map((group) => ({ group, rough: roughOrder(group.id, shared) }));
  keyed.sort((a, b) => a.rough - b.rough || compareText(a.group.id, b.group.id));
  return keyed.map(({ group }) => group);
}

function sharedLength(groups: readonly Group[]): number {
  const first = groups[0]?.id ?? '';
  let shared = first.length;
  for (const { id } of groups) {
    let at = 0;
    while (at < shared && id.charCodeAt(at) === first.charCodeAt(at)) at += 1;
    shared = at;
  }
  return shared;
}

/** Seven characters as digits of a number that orders as they do, as far as they are ASCII. */
function roughOrder(id: string, from: number): number {
  let rough = 0;
  let isPlain = true;
  for (let at = from; at < from + 7; at += 1) {
    const unit: number = isPlain && at < id.length ? id.charCodeAt(at) : 0;
    // What follows a letter beyond ASCII must not outweigh which letter it is.
    isPlain &&= unit < 127;
    rough = rough * 128 + Math.min(unit, 127);
  }
  return rough;
}

class Realms {
  readonly #byPlace = new Map<Place, Realm>();
  /** How many nodes a cluster has. */
  readonly nodes = new Map<string, number>();
  #last: Realm | undefined;
  #lastPlace: Place | undefined;

  of(place: Place): Realm {
    if (this.#last !== undefined && this.#lastPlace === place) return this.#last;
    let realm = this.#byPlace.get(place);
    if (realm === undefined) {
      const { cluster, node } = place;
      realm = { cluster, node, byId: new Map() };
      this.#byPlace.set(place, realm);
      this.nodes.set(cluster, (this.nodes.get(cluster) ?? 0) + 1);
    }
    this.#last = realm;
    this.#lastPlace = place;
    return realm;
  }
}

/** The ids that facts name, for each cluster of several nodes: one node's own are in its realm. */
function idsOfSeveralNodes(
  groups: readonly Group[],
  { nodes }: Realms,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  let last: Realm | undefined;
  let into: Set<string> | undefined;
  for (const { realm, id } of groups) {
    if (realm !== last) {
      const { cluster } = realm;
      into = (nodes.get(cluster) ?? 0) > 1 ? (ids.get(cluster) ?? new Set()) : undefined;
      if (into !== undefined) ids.set(cluster, into);
      last = realm;
    }
    into?.add(id);
  }
  return ids;
}

function openGroup(realm: Realm, fact: ProcessFact): Group {
  const { cluster, node, byId } = realm;
  const { id, dialect } = fact;
  const key = processKey({ dialect, cluster, id });
  const group: Group = {
    id,
    key,
    cluster,
    node,
    realm,
    faces: [fact],
    keys: fact.cluster === cluster ? [key] : [processKey(fact), key],
    parents: [],
    ghost: undefined,
    first: -1,
  };
  byId.set(id, group);
  return group;
}

/** A fact's cluster is that of its group, or empty: then its key is the smaller one. */
function addFace(group: Group, fact: ProcessFact): void {
  group.faces.push(fact);
  if (fact.cluster !== group.cluster && group.keys.length === 1) {
    group.keys = [processKey(fact), group.key];
  }
}

/** The node of ids that some record names without one; larger wins, as everywhere. */
function nodesByKey(facts: readonly ProcessFact[]): Map<string, string> {
  const nodes = new Map<string, string>();
  const wanted = new Set<string>();
  for (const { id, node } of facts) if (node === '') wanted.add(id);
  if (wanted.size === 0) return nodes;
  for (const fact of facts) {
    if (!wanted.has(fact.id)) continue;
    const key = processKey(fact);
    if (fact.node > (nodes.get(key) ?? '')) nodes.set(key, fact.node);
  }
  return nodes;
}
