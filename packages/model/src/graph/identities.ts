import type { Dialect } from '../event/event.ts';
import { type Facts, parsePodKey, podKey, type ProcessFact, processKey } from '../event/facts.ts';
import { type Nanos, nanos } from '../event/time.ts';
import { Trait } from '../event/traits.ts';
import { bareFact } from './factOf.ts';
import { type GhostGroup, placeGhosts } from './ghosts.ts';
import { mergeFaces } from './mergeFacts.ts';
import { compareText, larger } from './order.ts';
import type { Place, Places } from './places.ts';
import { variantsOf } from './variants.ts';

/**
 * One process identity of the log: an id in one boot of one node, and one variant of it. It becomes an image of a
 * card. Everything here follows from the id's own facts and, for a start nobody reported, from its nearest child.
 */
export interface Identity {
  /** `processKey` with the resolved cluster. */
  readonly key: string;
  /** Every `processKey` that means it: `key`, and those the facts used. */
  readonly keys: readonly string[];
  /** `podKey` of what it reports, in the resolved cluster; empty: nothing. */
  readonly pod: string;
  readonly dialect: Dialect;
  readonly cluster: string;
  readonly node: string;
  readonly id: string;
  /** Boot of the node, oldest 0. */
  readonly epoch: number;
  /** 1, or the `k` of `~k`. */
  readonly copy: number;
  /** True: another process stands under the same id in the same boot. */
  readonly contradicted: boolean;
  /** All faces merged; cluster and pod are as reported. */
  readonly fact: ProcessFact;
  readonly start: Nanos | undefined;
  readonly startDerived: boolean;
  /** How far the reported starts lie apart, in nanoseconds. */
  readonly startSpread: bigint;
  /** Position in time inside its node: by ktime where there is one. */
  readonly order: bigint;
}

/** The faces of one id on one node. */
interface Group {
  readonly key: string;
  readonly cluster: string;
  readonly node: string;
  readonly faces: ProcessFact[];
  readonly keys: string[];
}

/** One process before its start is known for sure. */
interface Draft {
  readonly group: Group;
  readonly epoch: number;
  readonly faces: readonly ProcessFact[];
  /** Start minus ktime as its nearest child has it, for a start nobody reported. */
  readonly offset: bigint | undefined;
}

/** Later than any time of a log: what has no time comes last. */
const NEVER = 2n ** 100n;

/** Every identity that the facts name, parents that nobody described included. Sorted by key, then copy. */
export function identitiesOf(facts: Facts, places: Places): Identity[] {
  const groups = groupsOf(facts, places);
  const drafts: Draft[] = [];
  const ghosts: GhostGroup<Group>[] = [];
  for (const group of groups) {
    const byEpoch = splitByEpoch(group, places);
    if (byEpoch === undefined) ghosts.push({ group, parentIds: parentIdsOf(group.faces) });
    else {
      for (const [epoch, faces] of byEpoch) drafts.push({ group, epoch, faces, offset: undefined });
      const kernel = kernelElsewhere(group);
      if (kernel !== undefined) ghosts.push({ group: kernel, parentIds: [], onlyDated: true });
    }
  }
  const dated = new Set(drafts.map(({ group, epoch }) => `${epoch}\0${group.node}\0${group.key}`));
  for (const { ghost, epoch, offset } of placeGhosts(ghosts, drafts.map(seedOf), places)) {
    const { group } = ghost;
    if (dated.has(`${epoch}\0${group.node}\0${group.key}`)) continue;
    drafts.push({ group, epoch, faces: group.faces, offset });
  }
  return numbered(drafts, places);
}

function groupsOf(facts: Facts, places: Places): Group[] {
  const nodes = nodesByKey(facts);
  const groups = new Map<string, Group>();
  const known = new Set<string>();
  const placed: Place[] = [];
  for (const fact of facts.processes) {
    const factKey = processKey(fact);
    const reported = fact.node === '' ? (nodes.get(factKey) ?? '') : fact.node;
    const place = places.place(fact.cluster, reported);
    placed.push(place);
    if (fact.id !== '') known.add(addTo(groups, fact, place, factKey));
  }
  for (const [index, { id, parentId = '', dialect }] of facts.processes.entries()) {
    const place = placed[index];
    if (parentId === '' || id === '' || place === undefined) continue;
    const key = processKey({ dialect, cluster: place.cluster, id: parentId });
    if (known.has(key) || groups.has(`${place.node}\0${key}`)) continue;
    addTo(groups, bareFact(parentId, place.node, place.cluster, 1, dialect), place, key);
  }
  return [...groups.values()].sort(
    (a, b) => compareText(a.key, b.key) || compareText(a.node, b.node),
  );
}

/** The node of ids that some record names without one; larger wins, as everywhere. */
function nodesByKey(facts: Facts): Map<string, string> {
  const nodes = new Map<string, string>();
  if (facts.processes.every(({ node }) => node !== '')) return nodes;
  for (const fact of facts.processes) {
    const key = processKey(fact);
    if (fact.node > (nodes.get(key) ?? '')) nodes.set(key, fact.node);
  }
  return nodes;
}

/** Puts a fact to its group and answers the group's key. */
function addTo(
  groups: Map<string, Group>,
  fact: ProcessFact,
  { cluster, node }: Place,
  factKey: string,
): string {
  const isOwn = fact.cluster === cluster;
  const key = isOwn ? factKey : processKey({ dialect: fact.dialect, cluster, id: fact.id });
  const groupKey = `${node}\0${key}`;
  const group = groups.get(groupKey);
  if (group === undefined) {
    groups.set(groupKey, {
      key,
      cluster,
      node,
      faces: [fact],
      keys: isOwn ? [key] : [key, factKey],
    });
    return key;
  }
  group.faces.push(fact);
  if (!group.keys.includes(factKey)) group.keys.push(factKey);
  return key;
}

/**
 * The kernel has one id in every boot of a node (D12, D20): where it was described in one boot, the children of another
 * boot still take a kernel of their own.
 */
function kernelElsewhere(group: Group): Group | undefined {
  const faces = group.faces.filter(({ pid, traits }) => pid === 0 && (traits & Trait.kernel) !== 0);
  const [face] = faces;
  if (face === undefined) return undefined;
  let ktime: bigint | undefined;
  for (const each of faces) ktime = larger(ktime, each.ktime);
  const bare: ProcessFact = {
    ...bareFact(face.id, group.node, face.cluster, 1, face.dialect),
    pid: 0,
    traits: Trait.kernel,
    ...(ktime === undefined ? {} : { ktime }),
  };
  return { ...group, faces: [bare] };
}

/** The faces by boot; undefined when none of them has a start, so that only children can tell. */
function splitByEpoch(group: Group, places: Places): Map<number, ProcessFact[]> | undefined {
  const { epochs } = places.node(group);
  const byEpoch = new Map<number, ProcessFact[]>();
  const put = (epoch: number, face: ProcessFact): void => {
    const known = byEpoch.get(epoch);
    if (known === undefined) byEpoch.set(epoch, [face]);
    else known.push(face);
  };
  for (const face of group.faces) {
    if (face.startTime === undefined) continue;
    const boot = face.ktime === undefined ? face.startTime : nanos(face.startTime - face.ktime);
    put(epochs.ofTime(boot), face);
  }
  if (byEpoch.size === 0) return undefined;
  const known = [...byEpoch.keys()].sort((a, b) => a - b);
  for (const face of group.faces) {
    if (face.startTime !== undefined) continue;
    for (const [epoch, part] of partsByTime(face, known, (time) => epochs.ofTime(time))) {
      put(epoch, part);
    }
  }
  return byEpoch;
}

/** A face without a start says when it was active: each of its two times goes to the boot it lies in. */
function partsByTime(
  face: ProcessFact,
  known: readonly number[],
  epochOf: (time: Nanos) => number,
): [number, ProcessFact][] {
  const nearest = (time: Nanos | undefined): number => {
    const wanted = time === undefined ? 0 : epochOf(time);
    let best = known[0] ?? 0;
    for (const epoch of known) if (epoch <= wanted) best = epoch;
    return best;
  };
  const first = nearest(face.firstSeen);
  const last = nearest(face.lastSeen);
  if (first === last || face.firstSeen === undefined || face.lastSeen === undefined) {
    return [[first, face]];
  }
  return [
    [first, { ...face, lastSeen: face.firstSeen }],
    [last, { ...face, firstSeen: face.lastSeen }],
  ];
}

function parentIdsOf(faces: readonly ProcessFact[]): string[] {
  const ids = new Set<string>();
  for (const { parentId } of faces)
    if (parentId !== undefined && parentId !== '') ids.add(parentId);
  return [...ids];
}

function seedOf(draft: Draft): {
  group: Group;
  epoch: number;
  parentIds: readonly string[];
  offset: bigint | undefined;
  ktime: bigint | undefined;
} {
  let best: ProcessFact | undefined;
  for (const face of draft.faces) {
    if (face.startTime === undefined) continue;
    if (best === undefined || isBetterClock(face, best)) best = face;
  }
  const { startTime, ktime } = best ?? {};
  const offset = startTime === undefined || ktime === undefined ? undefined : startTime - ktime;
  const { group, epoch } = draft;
  return { group, epoch, parentIds: parentIdsOf(draft.faces), offset, ktime };
}

/** Better evidence, then the larger start, then the larger ktime: never the one that came first. */
function isBetterClock(a: ProcessFact, b: ProcessFact): boolean {
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.startTime !== b.startTime) return (a.startTime ?? 0n) > (b.startTime ?? 0n);
  return (a.ktime ?? -1n) > (b.ktime ?? -1n);
}

type PodNamer = (pod: string, cluster: string) => string;

/** Names pods in their resolved cluster; few pods hold many processes, so each is spelled once. */
function podNamer(): PodNamer {
  const known = new Map<string, string>();
  return (pod, cluster) => {
    const key = `${cluster}\0${pod}`;
    let named = known.get(key);
    if (named === undefined) {
      named = podKey({ ...parsePodKey(pod), cluster });
      known.set(key, named);
    }
    return named;
  };
}

/** Gives each its copy number: boots in order, variants in order of evidence. */
function numbered(drafts: Draft[], places: Places): Identity[] {
  drafts.sort(
    (a, b) =>
      compareText(a.group.key, b.group.key) ||
      a.epoch - b.epoch ||
      compareText(a.group.node, b.group.node),
  );
  const identities: Identity[] = [];
  const pods = podNamer();
  let key = '';
  let copy = 0;
  for (const draft of drafts) {
    if (draft.group.key !== key) copy = 0;
    key = draft.group.key;
    const variants = variantsOf(draft.faces);
    for (const faces of variants) {
      copy += 1;
      const identity = identityOf(draft, faces, copy, variants.length > 1, places, pods);
      if (identity !== undefined) identities.push(identity);
    }
  }
  return identities;
}

function identityOf(
  { group, epoch, offset }: Draft,
  faces: readonly ProcessFact[],
  copy: number,
  contradicted: boolean,
  places: Places,
  pods: PodNamer,
): Identity | undefined {
  const [first, ...others] = faces;
  if (first === undefined) return undefined;
  let fact = first;
  let earliest = first.startTime;
  let latest = first.startTime;
  for (const face of others) {
    fact = mergeFaces(fact, face);
    if (face.startTime === undefined) continue;
    if (earliest === undefined || face.startTime < earliest) earliest = face.startTime;
    if (latest === undefined || face.startTime > latest) latest = face.startTime;
  }
  const boot = places.node(group).epochs.bootOf(epoch);
  const { startTime, ktime } = fact;
  const derived = startTime === undefined ? derivedStart(ktime, offset, boot) : undefined;
  return {
    key: group.key,
    keys: group.keys.length < 2 ? group.keys : [...group.keys].sort(compareText),
    pod: fact.pod === undefined ? '' : pods(fact.pod, group.cluster),
    dialect: fact.dialect,
    cluster: group.cluster,
    node: group.node,
    id: fact.id,
    epoch,
    copy,
    contradicted: contradicted || (fact.traits & Trait.contradicted) !== 0,
    fact,
    start: startTime ?? derived,
    startDerived: derived !== undefined,
    startSpread: earliest === undefined || latest === undefined ? 0n : latest - earliest,
    order: orderOf(fact, startTime ?? derived, boot),
  };
}

function derivedStart(
  ktime: bigint | undefined,
  offset: bigint | undefined,
  boot: Nanos | undefined,
): Nanos | undefined {
  if (ktime === undefined) return undefined;
  const base = offset ?? boot;
  return base === undefined ? undefined : nanos(base + ktime);
}

/** Within a boot ktime decides, so that a stepped clock changes no order (D18). */
function orderOf(fact: ProcessFact, start: Nanos | undefined, boot: Nanos | undefined): bigint {
  if (fact.ktime !== undefined && boot !== undefined) return boot + fact.ktime;
  return start ?? fact.firstSeen ?? NEVER;
}
