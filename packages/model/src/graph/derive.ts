import type { EventCounts, Facts } from '../event/facts.ts';
import { alertsByOwner } from './alerts.ts';
import { type Authors, authorsOf } from './authors/authors.ts';
import type { Call } from './authors/call.ts';
import { alertKey, startedByAlerts } from './authors/callAlerts.ts';
import { accountPodsOf, callsOf, podsOfAccounts } from './authors/calls.ts';
import { injectedOf } from './authors/injected.ts';
import { apiClientsOf, type Maker, makersOf } from './authors/makers.ts';
import { cardsOf, endOf, pidsOf, replacements } from './cards/cards.ts';
import { CardsByKey } from './cards/cardsByKey.ts';
import { KeyTable } from './cards/keyTable.ts';
import { reobservedOf } from './cards/reobserved.ts';
import { standingOf } from './cards/standing.ts';
import { type Containment, containmentOf } from './containment/containment.ts';
import type { Derived, DerivedCall, DerivedContainer, DeriveOptions } from './derived.ts';
import { describeCards } from './describeCards.ts';
import { addCounts } from './facts/mergeFacts.ts';
import { leftContainer } from './flags/boundary.ts';
import { markedBelow, roseFrom } from './flags/loud.ts';
import { newExternalDestinations } from './flags/newDestinations.ts';
import { isPressingAlert } from './flags/pressingAlert.ts';
import { pidTable } from './identity/asOf.ts';
import { exitsOf, keyResolver, type ResolveKey } from './identity/exits.ts';
import { identitiesOf } from './identity/identities.ts';
import { linksOf } from './identity/links.ts';
import { Places } from './identity/places.ts';
import { refOf } from './identity/refs.ts';
import { looseOf, placedOf, podAgentsOf } from './loose/loose.ts';
import { deriveNetwork } from './network/network.ts';
import type { DeriveNetwork } from './networkContract.ts';
import { networkQuestion } from './networkQuestion.ts';
import { verdictsOf } from './novelty/novelty.ts';
import { commandsOf } from './novelty/templates.ts';
import { type Clocks, clocksOf } from './roles/clocks.ts';
import { containerKindsOf } from './roles/containerKinds.ts';
import { rolesOf } from './roles/roles.ts';
import { keysByMeaning } from './settle/keysByMeaning.ts';
import { settle } from './settle/settle.ts';

/**
 * Everything that follows from a set of facts (semantics): who stands for which process, who started whom, what role it
 * has, how late and how new it is, whom it talked to. A function of the set: order, repetition and batching of what
 * made it cannot be told from the answer. Linear in the facts but for sorting; nothing recurses over depth.
 */
export function derive(
  given: Facts,
  { lateLimitMs: limitMs, sha256, conversations = false }: DeriveOptions,
  deriveTalk: DeriveNetwork = deriveNetwork,
): Derived {
  const places = new Places(given);
  const { facts, meant, methods, ids, anchors } = settle(given, places);
  const identities = identitiesOf(facts, places);
  const table = new KeyTable(identities);
  const resolve = keyResolver(identities, table, (identity, time) =>
    places.node(identity).epochs.ofTime(time),
  );
  const exits = exitsOf(facts.exits, identities.length, resolve);
  const pids = pidsOf(identities);
  const occupants = pidTable(identities, (index) => exits[index]?.time);
  const links = linksOf(identities, table, exits, occupants, methods);
  const containment = containmentOf(facts, identities);

  const forest = cardsOf(identities, links, containment.enclosureOf, pids);
  const { cards, cardOf } = forest;
  const reobserved = reobservedOf(identities, links);
  const standing = standingOf(forest, identities, containment, reobserved);
  const replacedAt = replacements(forest, identities, links, pids);
  const ends = cards.map((card, index) => endOf(card, identities, exits, replacedAt[index]));

  const clocks = clocksOf(containment, standing, (card) => cards[card]?.images[0] ?? -1);
  const commands = commandsOf(identities);
  const { role, injected } = rolesOf(
    identities,
    forest,
    containment,
    standing,
    clocks,
    places,
    commands,
    limitMs,
  );
  const kinds = containerKindsOf(containment, clocks, ends, limitMs);
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

  const known = { identities, containment, forest, standing, ends, resolve, anchors };
  const {
    input,
    places: loosePlaces,
    placeOf,
    podNames,
    podAddresses,
    ownerOf,
  } = networkQuestion(facts, known, given, conversations);
  const network = deriveTalk(input);
  const calls = callsOf(facts.audits, podNames, podAddresses);
  const makers = makersOf(calls, apiClientsOf(known, network.leavesByProcess));
  const people = authorsOf(calls, injectedOf(known, injected, role), facts.audits);
  const alertCards = startedByAlerts(facts.alerts, people, (alert) => {
    const owner = ownerOf(alert.process, alert.time);
    return owner === undefined ? undefined : loosePlaces[owner - cards.length]?.pod;
  });
  const alerts = alertsByOwner(
    facts.alerts,
    cards.length + loosePlaces.length,
    (alert) => alertCards.get(alertKey(alert)) ?? ownerOf(alert.process, alert.time),
  );
  const newDestinations = newExternalDestinations(
    network.leavesByProcess,
    standing,
    containment,
    clocks,
    limitMs,
  );
  const rises = cards.map((_card, index) => roseFrom(index, forest, identities, links));
  const pressing = markedBelow(
    standing,
    (card) =>
      newDestinations[card] !== undefined ||
      rises[card] !== undefined ||
      alerts[card]?.some(isPressingAlert) === true,
  );

  return {
    processes: describeCards({
      limitMs,
      identities,
      links,
      reobserved,
      verdicts,
      containment,
      clocks,
      kinds,
      forest,
      refs: cards.map(({ images }) => {
        const first = identities[images[0] ?? -1];
        return first === undefined ? '' : refOf(first, sha256);
      }),
      standing,
      role,
      ends,
      ids,
      otherKeys: keysByMeaning(meant),
      alerts,
      authors: people.authors,
      unaccounted: people.unaccounted,
      counts: countsOf(facts.counts, cards.length, (key) => cardAt(resolve, cardOf, key)),
      network,
      newDestinations,
      rises,
      left: leftContainer(standing),
      pressing,
    }),
    pods: containment.pods,
    containers: containersOf(containment, clocks, kinds),
    hops: network.hops,
    calls: derivedCalls(calls, people, makers),
    loose: looseOf(loosePlaces, cards.length, network, alerts),
    alertCards,
    podAgents: podAgentsOf(loosePlaces),
    placed: placedOf(loosePlaces, placeOf),
    meant,
    ...(network.conversations === undefined ? {} : { conversations: network.conversations }),
    byKey: new CardsByKey(table, cardOf, meant),
  };
}

function derivedCalls(
  calls: readonly Call[],
  { started }: Authors,
  makers: ReadonlyMap<Call, Maker>,
): DerivedCall[] {
  const accounts = podsOfAccounts(calls);
  return calls.map((call) => ({
    ...call,
    process: started.get(call),
    madeBy: makers.get(call)?.card,
    makers: makers.get(call)?.candidates ?? 0,
    accountPods: accountPodsOf(call, accounts),
  }));
}

function containersOf(
  { enclosures, containerCount }: Containment,
  clocks: Clocks,
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
