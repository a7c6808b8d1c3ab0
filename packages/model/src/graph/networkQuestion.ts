import type { Dialect } from '../event/dialects.ts';
import {
  type AlertFact,
  dialectOfKey,
  type Facts,
  type FlowFact,
  type LookupFact,
  type SocketFact,
} from '../event/facts.ts';
import { podIndexAt } from './containment/containment.ts';
import type { KnownCards } from './knownCards.ts';
import { flowSockets, OwnAddresses } from './loose/flowSockets.ts';
import { type LoosePlace, type LoosePlaces, loosePlacesOf, PodNames } from './loose/places.ts';
import { flowEnds, ownAddressOf, PodAddresses } from './loose/podAddresses.ts';
import type { JudgedSocket, NetworkInput, NetworkProcess, ToldLookup } from './networkContract.ts';
import { larger } from './order.ts';
import type { Anchor } from './settle/anchors.ts';

interface SettledFacts extends Facts {
  readonly sockets: readonly JudgedSocket[];
}

/** What the process half found out, as far as it matters to who talked to whom. */
export interface CardsToNetwork
  extends Pick<
    KnownCards,
    'identities' | 'containment' | 'forest' | 'standing' | 'ends' | 'resolve'
  > {
  readonly anchors: ReadonlyMap<string, Anchor>;
}

/** What the network half is asked, and the places that stand behind the cards. */
export interface NetworkQuestion {
  readonly input: NetworkInput;
  readonly places: readonly LoosePlace[];
  /** Which of them a `processKey` means that names no process. */
  readonly placeOf: LoosePlaces['placeOf'];
  readonly podNames: PodNames;
  readonly podAddresses: PodAddresses;
  /** Index into cards, then places; undefined: nobody known. */
  readonly ownerOf: NetworkInput['resolve'];
}

/**
 * Processes only when anything was said of connections or names.
 *
 * @param told the facts of sockets and lookups as their agents told them, in the same order
 * @param conversations whether they are asked for
 */
export function networkQuestion(
  facts: Facts,
  known: CardsToNetwork,
  told: Pick<Facts, 'sockets' | 'lookups'>,
  conversations: boolean,
): NetworkQuestion {
  const { containment, forest, resolve, standing } = known;
  const cardOf: NetworkInput['resolve'] = (key, time) => {
    const identity = resolve(key, time);
    const card = identity === undefined ? -1 : (forest.cardOf[identity] ?? -1);
    return card < 0 ? undefined : card;
  };
  const { pods } = containment;
  const addresses = new PodAddresses();
  const hasPlaces = known.anchors.size > 0 || facts.audits.length > 0;
  const names = new PodNames(pods);
  if (hasPlaces) {
    const podOfCard = (card: number): number | undefined =>
      podIndexAt(containment, standing.own[card] ?? -1);
    learnSockets(facts, addresses, known, cardOf, podOfCard);
    for (const flow of facts.flows) {
      for (const { namespace, name, address } of flowEnds(flow)) {
        const pod = names.find(flow.cluster, namespace, name);
        const cluster = names.at(pod)?.cluster;
        if (cluster !== undefined) addresses.learn(cluster, address, pod);
      }
    }
  }
  const loose = loosePlacesOf(known.anchors, names, addresses);
  const cardCount = forest.cards.length;
  const ownerOf: NetworkInput['resolve'] = (key, time) => {
    const place = loose.placeOf.get(key);
    return place === undefined ? cardOf(key, time) : cardCount + place;
  };
  const isSilent =
    facts.sockets.length === 0 && facts.lookups.length === 0 && facts.flows.length === 0;
  return {
    places: loose.places,
    placeOf: loose.placeOf,
    podNames: names,
    podAddresses: addresses,
    ownerOf,
    input: {
      processes: isSilent ? [] : [...networkProcesses(known), ...loose.places.map(placeAsProcess)],
      cardCount,
      pods,
      containers: containment.enclosures.slice(0, containment.containerCount),
      sockets: socketsOf(withTellers(facts, told.sockets), loose, addresses),
      lookups: lookupsOf(facts, told.lookups),
      conversations,
      resolve: ownerOf,
    },
  };
}

function learnSockets(
  facts: Facts,
  addresses: PodAddresses,
  { identities, forest }: CardsToNetwork,
  cardOf: NetworkInput['resolve'],
  podOfCard: (card: number) => number | undefined,
): void {
  for (const fact of facts.sockets) {
    const address = ownAddressOf(fact);
    const card = address === undefined ? undefined : cardOf(fact.process, fact.time);
    const image = forest.cards[card ?? -1]?.images[0] ?? -1;
    const cluster = identities[image]?.cluster;
    if (address === undefined || card === undefined || cluster === undefined) continue;
    addresses.learn(cluster, address, podOfCard(card));
  }
}

/** The agent stands in the key that its own records gave the process: another's may be the one that is known by now. */
function withTellers(facts: Facts, told: readonly SocketFact[]): SettledFacts {
  if (facts.sockets === told) return facts;
  const sockets = facts.sockets.map((fact, at) => ({
    ...fact,
    ...tellerOf(told[at]?.process ?? fact.process),
  }));
  return { ...facts, sockets };
}

function tellerOf(key: string): { readonly teller?: Dialect } {
  const teller = dialectOfKey(key);
  return teller === 'tetragon' ? {} : { teller };
}

/** A lookup seen from outside came with the flow that carried it: of the same place, at the same moment, to the same resolver. */
function lookupsOf({ lookups, flows }: Facts, told: readonly LookupFact[]): readonly ToldLookup[] {
  if (lookups === told && flows.length === 0) return lookups;
  // Two at one moment cannot be told apart: then neither is said to have carried it.
  const carriers = new Map<string, FlowFact | undefined>();
  for (const flow of lookups.length > 0 ? flows : []) {
    const key = carriageOf(flow, flow.destinationIp, flow.destinationPort);
    const known = carriers.has(key) ? carriers.get(key) : flow;
    carriers.set(key, known?.sourcePort === flow.sourcePort ? known : undefined);
  }
  return lookups.map((fact, at) => {
    const flow = carriers.get(carriageOf(fact, fact.resolverIp, fact.resolverPort));
    return {
      ...fact,
      ...tellerOf(told[at]?.process ?? fact.process),
      ...(flow === undefined ? {} : { flow }),
    };
  });
}

function carriageOf(
  { process, time }: Pick<LookupFact, 'process' | 'time'>,
  ip: string,
  port: number,
): string {
  return `${process}\0${time ?? ''}\0${ip}\0${port}`;
}

/** Events of sockets with what was judged of them: calls that an agent prevented, and what flows tell. */
function socketsOf(
  facts: SettledFacts,
  loose: LoosePlaces,
  addresses: PodAddresses,
): readonly JudgedSocket[] {
  const prevented = new Map<string, string>();
  for (const alert of facts.alerts) {
    const { blocked, rule, result, time } = alert;
    if (!blocked || time === undefined) continue;
    const reason = larger(prevented.get(momentOf(alert)), `${rule}: ${result}`);
    if (reason !== undefined) prevented.set(momentOf(alert), reason);
  }
  const told: readonly JudgedSocket[] =
    prevented.size === 0
      ? facts.sockets
      : facts.sockets.map((fact) => {
          const reason = prevented.get(momentOf(fact));
          return reason === undefined ? fact : { ...fact, verdict: { verdict: 'BLOCKED', reason } };
        });
  if (facts.flows.length === 0) return told;
  const own = new OwnAddresses(facts.flows, loose, addresses);
  const sockets = [...told];
  for (const flow of facts.flows) {
    for (const socket of flowSockets(flow, (address) => own.isOwn(flow.process, address))) {
      sockets.push(socket);
    }
  }
  return sockets;
}

/** An alert is of the event that it came with: the same kind of what the process did, at the same moment. */
function momentOf({
  kind,
  process,
  time,
}: Pick<SocketFact | AlertFact, 'kind' | 'process' | 'time'>): string {
  return `${kind}\0${process}\0${time ?? ''}`;
}

function placeAsProcess({ pod, cluster, node }: LoosePlace): NetworkProcess {
  return {
    cluster,
    node,
    epoch: 0,
    parent: -1,
    binary: '',
    arguments: '',
    pid: undefined,
    pod,
    container: undefined,
    startTime: undefined,
    endTime: undefined,
  };
}

function networkProcesses({
  identities,
  containment,
  forest,
  standing,
  ends,
}: CardsToNetwork): NetworkProcess[] {
  return forest.cards.map(({ images, parent }, index) => {
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
      pod: podIndexAt(containment, at),
      container: at >= 0 && at < containment.containerCount ? at : undefined,
      startTime: standing.start[index],
      endTime: ends[index]?.time,
    };
  });
}
