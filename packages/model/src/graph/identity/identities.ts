import type { Dialect } from '../../event/dialects.ts';
import { type Facts, type ProcessFact, parsePodKey, podKey } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { bareFact } from '../facts/factOf.ts';
import { mergeFaces } from '../facts/mergeFacts.ts';
import { compareText, earlier, larger, later } from '../order.ts';
import type { Epochs } from './epochs.ts';
import { placeGhosts, type Seed } from './ghosts.ts';
import { type GhostGroup, type Group, groupsOf } from './groups.ts';
import type { Places } from './places.ts';
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
  /** All faces of its id on its node. */
  readonly group: Group;
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
  const drafts: Draft[] = [];
  const ghosts: GhostGroup[] = [];
  for (const group of groupsOf(facts, places)) {
    const known = addDrafts(group, places, drafts);
    if (known === undefined) {
      ghosts.push({ group, notIn: undefined });
    } else {
      const kernel = kernelElsewhere(group);
      if (kernel !== undefined) ghosts.push({ group: kernel, notIn: known });
    }
  }
  if (ghosts.length > 0) {
    for (const ghost of ghosts) {
      const { realm, id } = ghost.group;
      const named = realm.byId.get(id);
      if (named !== undefined) named.ghost = ghost;
    }
    for (const { ghost, epoch, offset } of placeGhosts(ghosts, seedsOf(drafts), places)) {
      if (ghost.notIn?.has(epoch) === true) continue;
      drafts.push({ group: ghost.group, epoch, faces: ghost.group.faces, offset });
    }
  }
  return numbered(drafts, places);
}

/**
 * The kernel has one id in every boot of a node (D12, D20): where it was described in one boot, the children of another
 * boot still take a kernel of their own.
 */
function kernelElsewhere(group: Group): Group | undefined {
  let face: ProcessFact | undefined;
  let ktime: bigint | undefined;
  for (const each of group.faces) {
    if (each.pid !== 0 || (each.traits & Trait.kernel) === 0) continue;
    face ??= each;
    ktime = larger(ktime, each.ktime);
  }
  if (face === undefined) return undefined;
  const bare: ProcessFact = {
    ...bareFact(face.id, group.node, face.cluster, 1, face.dialect),
    pid: 0,
    traits: Trait.kernel,
    ...(ktime === undefined ? {} : { ktime }),
  };
  return { ...group, faces: [bare], parents: [] };
}

const firstOnly: ReadonlySet<number> = new Set([0]);

/**
 * Drafts of the faces by boot; answers the boots. Undefined when no face has a start, so that only children can tell.
 */
function addDrafts(group: Group, places: Places, drafts: Draft[]): ReadonlySet<number> | undefined {
  const { epochs } = places.node(group);
  if (!group.faces.some(isDated)) return undefined;
  if (epochs.count < 2) {
    drafts.push({ group, epoch: 0, faces: group.faces, offset: undefined });
    return firstOnly;
  }
  const byEpoch = splitByEpoch(group.faces, epochs);
  for (const [epoch, faces] of byEpoch) drafts.push({ group, epoch, faces, offset: undefined });
  return new Set(byEpoch.keys());
}

function isDated({ startTime }: ProcessFact): boolean {
  return startTime !== undefined;
}

function splitByEpoch(
  faces: readonly ProcessFact[],
  epochs: Epochs,
): Map<number, readonly ProcessFact[]> {
  const byEpoch = new Map<number, ProcessFact[]>();
  const put = (epoch: number, face: ProcessFact): void => {
    const known = byEpoch.get(epoch);
    if (known === undefined) byEpoch.set(epoch, [face]);
    else known.push(face);
  };
  for (const face of faces) {
    if (face.startTime === undefined) continue;
    const boot = face.ktime === undefined ? face.startTime : nanos(face.startTime - face.ktime);
    put(epochs.ofTime(boot), face);
  }
  const known = [...byEpoch.keys()].sort((a, b) => a - b);
  for (const face of faces) {
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

/** Where the search for ghosts begins: the drafts that one of them started. */
function seedsOf(drafts: readonly Draft[]): Seed[] {
  const seeds: Seed[] = [];
  for (const { group, epoch, faces } of drafts) {
    if (group.parents.some(isGhost)) seeds.push({ group, epoch, faces, ...clockOf(faces) });
  }
  return seeds;
}

function isGhost({ ghost }: Group): boolean {
  return ghost !== undefined;
}

function clockOf(faces: readonly ProcessFact[]): Pick<Seed, 'offset' | 'ktime'> {
  let best: ProcessFact | undefined;
  for (const face of faces) {
    if (face.startTime === undefined) continue;
    if (best === undefined || isBetterClock(face, best)) best = face;
  }
  const { startTime, ktime } = best ?? {};
  const offset = startTime === undefined || ktime === undefined ? undefined : startTime - ktime;
  return { offset, ktime };
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
  const known = new Map<string, Map<string, string>>();
  return (pod, cluster) => {
    let ofCluster = known.get(cluster);
    if (ofCluster === undefined) {
      ofCluster = new Map();
      known.set(cluster, ofCluster);
    }
    let named = ofCluster.get(pod);
    if (named === undefined) {
      named = podKey({ ...parsePodKey(pod), cluster });
      ofCluster.set(pod, named);
    }
    return named;
  };
}

/** Gives each its copy number and its group the first index: boots in order, variants in order of evidence. */
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
  let first = 0;
  for (const draft of drafts) {
    if (draft.group.key !== key) {
      copy = 0;
      first = identities.length;
    }
    key = draft.group.key;
    draft.group.first = first;
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
  const fact = mergeFaces(faces);
  if (fact === undefined) return undefined;
  const boot = places.node(group).epochs.bootOf(epoch);
  const { startTime, ktime } = fact;
  const derived = startTime === undefined ? derivedStart(ktime, offset, boot) : undefined;
  return {
    key: group.key,
    keys: group.keys,
    pod: fact.pod === undefined ? '' : pods(fact.pod, group.cluster),
    dialect: fact.dialect,
    cluster: group.cluster,
    node: group.node,
    id: fact.id,
    group,
    epoch,
    copy,
    contradicted,
    fact,
    start: startTime ?? derived,
    startDerived: derived !== undefined,
    startSpread: spreadOf(faces),
    order: orderOf(fact, startTime ?? derived, boot),
  };
}

function spreadOf(faces: readonly ProcessFact[]): bigint {
  if (faces.length === 1) return 0n;
  let earliest: Nanos | undefined;
  let latest: Nanos | undefined;
  for (const { startTime } of faces) {
    earliest = earlier(earliest, startTime);
    latest = later(latest, startTime);
  }
  return earliest === undefined || latest === undefined || earliest === latest
    ? 0n
    : latest - earliest;
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
