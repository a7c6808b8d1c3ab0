import type { EventCounts, Facts } from '../event/facts.ts';
import { Trait } from '../event/traits.ts';
import { type CardEnd, cardsOf, endOf, pidsOf, replacements, unknownEnd } from './cards/cards.ts';
import { CardsByKey } from './cards/cardsByKey.ts';
import { KeyTable } from './cards/keyTable.ts';
import { type Reobserved, reobservedOf } from './cards/reobserved.ts';
import { standingOf } from './cards/standing.ts';
import { type Containment, containmentOf } from './containment/containment.ts';
import type { Derived, DerivedContainer, DeriveOptions, Leaf, Lookup } from './derived.ts';
import { describeProcess } from './describeProcess.ts';
import { addCounts } from './facts/mergeFacts.ts';
import { boundarySuspicion, leftContainer } from './flags/boundary.ts';
import { flagsOf } from './flags/flags.ts';
import { cardVerdictOf, markedBelow, roseFrom } from './flags/loud.ts';
import { newExternalDestinations } from './flags/newDestinations.ts';
import { pidTable } from './identity/asOf.ts';
import { exitsOf, keyResolver, type ResolveKey } from './identity/exits.ts';
import { type Identity, identitiesOf } from './identity/identities.ts';
import { linksOf } from './identity/links.ts';
import { Places } from './identity/places.ts';
import { refOf } from './identity/refs.ts';
import { deriveNetwork } from './network/network.ts';
import type { DeriveNetwork, NetworkInput, NetworkProcess } from './networkContract.ts';
import { verdictsOf } from './novelty/novelty.ts';
import { commandsOf } from './novelty/templates.ts';
import { clockStepOf, clocksOf } from './roles/clocks.ts';
import { containerKindsOf } from './roles/containerKinds.ts';
import { rolesOf } from './roles/roles.ts';

/**
 * Everything that follows from a set of facts (semantics): who stands for which process, who started whom, what role it
 * has, how late and how new it is, whom it talked to. A function of the set: order, repetition and batching of what
 * made it cannot be told from the answer. Linear in the facts but for sorting; nothing recurses over depth.
 */
export function derive(
  facts: Facts,
  options: DeriveOptions,
  network: DeriveNetwork = deriveNetwork,
): Derived {
  const { lateLimitMs: limitMs } = options;
  const places = new Places(facts);
  const identities = identitiesOf(facts, places);
  const table = new KeyTable(identities);
  const resolve = keyResolver(identities, table, (identity, time) =>
    places.node(identity).epochs.ofTime(time),
  );
  const exits = exitsOf(facts.exits, identities.length, resolve);
  const pids = pidsOf(identities);
  const occupants = pidTable(identities, (index) => exits[index]?.time);
  const links = linksOf(identities, table, exits, occupants);
  const containment = containmentOf(facts, identities);
  const forest = cardsOf(identities, links, containment.enclosureOf, pids);
  const { cards, cardOf } = forest;
  const reobserved = reobservedOf(identities, links);
  const standing = standingOf(forest, identities, containment, reobserved);
  const clocks = clocksOf(containment, standing, (card) => cards[card]?.images[0] ?? -1);
  const commands = commandsOf(identities);
  const roles = rolesOf(
    identities,
    forest,
    containment,
    standing,
    clocks,
    places,
    commands,
    limitMs,
  );
  const { injected } = roles;
  const verdicts = verdictsOf({
    identities,
    cards: forest,
    links,
    containment,
    clocks,
    standing,
    injected,
    places,
    commands,
    limitMs,
  });
  const replacedAt = replacements(forest, identities, links, pids);
  const ends = cards.map((card, index) => endOf(card, identities, exits, replacedAt[index]));
  const kinds = containerKindsOf(containment, clocks, ends, limitMs);
  const talk = network(
    networkInput({ facts, identities, containment, cards, cardOf, standing, ends, resolve }),
  );
  const newDestinations = newExternalDestinations(
    talk.leavesByProcess,
    standing,
    containment,
    clocks,
    limitMs,
  );
  const rises = cards.map((_card, index) => roseFrom(index, forest, identities, links));
  const pressing = markedBelow(
    standing,
    (card) => newDestinations[card] !== undefined || rises[card] !== undefined,
  );
  const left = leftContainer(standing);
  const refs = cards.map(({ images }) => {
    const first = identities[images[0] ?? -1];
    return first === undefined ? '' : refOf(first, options.sha256);
  });
  const counts = countsOf(facts.counts, cards.length, (key) => cardAt(resolve, cardOf, key));

  const processes = cards.map((card, index) => {
    const own = identitiesAt(card.images, identities);
    const first = card.images[0] ?? -1;
    const at = standing.within[index] ?? -1;
    const ownAt = standing.own[index] ?? -1;
    const enclosure = containment.enclosures[ownAt];
    const verdict = cardVerdictOf(card.images, verdicts, limitMs);
    const leaves = talk.leavesByProcess.get(index) ?? noLeaves;
    const suspect = links.suspect[first] || boundarySuspicion(standing, containment, index);
    const twin = twinOf(card.images, reobserved);
    const lateContainer = kinds[ownAt] === 'ephemeral' && standing.isRoot[index] === 1;
    const flags = flagsOf({
      images: own,
      traits: standing.traits[index] ?? 0,
      verdict,
      base: clocks.base[at],
      limitMs,
      end: ends[index] ?? unknownEnd,
      suspect,
      selfParent: links.selfParent[first] === 1,
      cycleCut: links.cycleCut[first] === 1,
      reobserved: twin < 0 ? '' : (refs[cardOf[twin] ?? -1] ?? ''),
      left: left[index],
      lateContainer,
      mainUnknown:
        enclosure?.isContainer === true &&
        (clocks.main[ownAt] ?? -1) < 0 &&
        standing.isRoot[index] === 1,
      mainUnsure:
        roles.role[index] === 'main' &&
        standing.isPidOne[index] === 0 &&
        isKnownByIdAlone(identities[links.parent[first] ?? -1]),
      containerInferred: card.images.some((image) => containment.inferred[image] === 1),
      podInferred: (enclosure?.pod ?? -1) >= 0 && own.every(({ fact }) => fact.pod === undefined),
      newDestination: verdict.late ? newDestinations[index] : undefined,
      randomLeaf: leaves.find(isRandom),
      roseFrom: rises[index],
      clockStep: clockStepOf(own, identities[links.parent[first] ?? -1]),
      eventKinds: counts[index]?.kinds ?? 0,
    });
    return describeProcess({
      ref: refs[index] ?? '',
      images: own,
      imageVerdicts: card.images.map((image) => verdicts[image]),
      parent: card.parent,
      parentIdentity: identities[links.parent[first] ?? -1],
      linkMethod: card.parent < 0 ? 'none' : (links.method[first] ?? 'none'),
      suspect: card.parent < 0 ? '' : suspect,
      end: ends[index] ?? unknownEnd,
      pod: podIndexOf(containment, ownAt),
      container: enclosure?.isContainer === true ? ownAt : undefined,
      role: roles.role[index] ?? '',
      verdict,
      base: clocks.base[at],
      loud:
        verdict.lateAndNew ||
        (verdict.late && pressing[index] === 1) ||
        left[index] !== undefined ||
        lateContainer,
      flags,
      connections: leaves,
      lookups: talk.lookupsByProcess.get(index) ?? noLookups,
      counts: counts[index],
      isKernel: ((standing.traits[index] ?? 0) & Trait.kernel) !== 0,
    });
  });
  return {
    processes,
    pods: containment.pods,
    containers: containersOf(containment, clocks, kinds),
    hops: talk.hops,
    byKey: new CardsByKey(table, cardOf),
  };
}

/** Only its id was named: neither what it ran nor where. */
function isKnownByIdAlone(identity: Identity | undefined): boolean {
  return identity !== undefined && identity.fact.binary === undefined;
}

const noLeaves: readonly Leaf[] = [];
const noLookups: readonly Lookup[] = [];

function identitiesAt(images: readonly number[], identities: readonly Identity[]): Identity[] {
  const found: Identity[] = [];
  for (const image of images) {
    const identity = identities[image];
    if (identity !== undefined) found.push(identity);
  }
  return found;
}

/** The first other listing of one of the images; -1: none. */
function twinOf(images: readonly number[], { other }: Reobserved): number {
  for (const image of images) {
    const twin = other[image] ?? -1;
    if (twin >= 0) return twin;
  }
  return -1;
}

function isRandom(leaf: Leaf): boolean {
  return leaf.randomName;
}

function podIndexOf({ enclosures }: Containment, at: number): number | undefined {
  const pod = enclosures[at]?.pod ?? -1;
  return pod < 0 ? undefined : pod;
}

function containersOf(
  { enclosures, containerCount }: Containment,
  clocks: ReturnType<typeof clocksOf>,
  kinds: readonly DerivedContainer['kind'][],
): DerivedContainer[] {
  return enclosures.slice(0, containerCount).map(({ fact, pod }, index) => {
    const main = clocks.main[index] ?? -1;
    const base = clocks.base[index];
    return {
      fact,
      pod,
      kind: kinds[index] ?? 'main',
      main: main < 0 ? undefined : main,
      base: base === undefined ? undefined : { time: base.time, from: base.from },
    };
  });
}

function networkInput({
  facts,
  identities,
  containment,
  cards,
  cardOf,
  standing,
  ends,
  resolve,
}: {
  facts: Facts;
  identities: readonly Identity[];
  containment: Containment;
  cards: ReturnType<typeof cardsOf>['cards'];
  cardOf: Int32Array;
  standing: ReturnType<typeof standingOf>;
  ends: readonly CardEnd[];
  resolve: ResolveKey;
}): NetworkInput {
  const isSilent = facts.sockets.length === 0 && facts.lookups.length === 0;
  return {
    processes: isSilent ? [] : networkProcesses({ identities, containment, cards, standing, ends }),
    pods: containment.pods,
    containers: containment.enclosures.slice(0, containment.containerCount),
    sockets: facts.sockets,
    lookups: facts.lookups,
    resolve: (key, time) => {
      const identity = resolve(key, time);
      const card = identity === undefined ? -1 : (cardOf[identity] ?? -1);
      return card < 0 ? undefined : card;
    },
  };
}

function networkProcesses({
  identities,
  containment,
  cards,
  standing,
  ends,
}: {
  identities: readonly Identity[];
  containment: Containment;
  cards: ReturnType<typeof cardsOf>['cards'];
  standing: ReturnType<typeof standingOf>;
  ends: readonly CardEnd[];
}): NetworkProcess[] {
  return cards.map(({ images, parent }, index) => {
    const last = identities[images[images.length - 1] ?? -1];
    const at = standing.own[index] ?? -1;
    return {
      cluster: last?.cluster ?? 'default',
      node: last?.node ?? '',
      epoch: last?.epoch ?? 0,
      parent,
      binary: last?.fact.binary ?? '',
      arguments: last?.fact.arguments ?? '',
      pid: last?.fact.pid,
      pod: podIndexOf(containment, at),
      container: at >= 0 && at < containment.containerCount ? at : undefined,
      startTime: standing.start[index],
      endTime: ends[index]?.time,
    };
  });
}

function cardAt(resolve: ResolveKey, cardOf: Int32Array, key: string): number {
  const identity = resolve(key, undefined);
  return identity === undefined ? -1 : (cardOf[identity] ?? -1);
}

function countsOf(
  counts: readonly EventCounts[],
  length: number,
  cardOfKey: (key: string) => number,
): (EventCounts | undefined)[] {
  const sums: (EventCounts | undefined)[] = Array.from({ length });
  for (const each of counts) {
    const card = cardOfKey(each.process);
    if (card < 0) continue;
    const known = sums[card];
    sums[card] = known === undefined ? each : addCounts(known, each);
  }
  return sums;
}
