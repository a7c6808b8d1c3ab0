import type { Facts } from '../event/facts.ts';
import { CardsByKey } from './cards/cardsByKey.ts';
import { countsOf } from './counts.ts';
import type { Derived, DerivedContainer, DeriveOptions } from './derived.ts';
import { describeCards } from './describeCards.ts';
import { exitTellersOf } from './exitTellers.ts';
import { Places } from './identity/places.ts';
import { refOf } from './identity/refs.ts';
import { type JudgedCards, judgedCardsOf } from './judgedCards.ts';
import { type KnownCards, knownCardsOf } from './knownCards.ts';
import { looseOf, placedOf, podAgentsOf } from './loose/loose.ts';
import { loudnessOf } from './loudness.ts';
import { deriveNetwork } from './network/network.ts';
import type { DeriveNetwork } from './networkContract.ts';
import { networkQuestion } from './networkQuestion.ts';
import { peopleOf } from './people.ts';
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
  const nodes = new Places(given);
  const { facts, meant, methods, ids, anchors } = settle(given, nodes);
  const known = knownCardsOf({ facts, methods }, nodes);
  const judged = judgedCardsOf(known, nodes, limitMs);
  const question = networkQuestion(facts, { ...known, anchors }, given, conversations);
  const network = deriveTalk(question.input);
  const people = peopleOf(facts, known, judged, question, network);
  const loudness = loudnessOf(known, judged, network, people, limitMs);

  const { places } = question;
  return {
    processes: describeCards({
      limitMs,
      ...known,
      ...judged,
      ...people,
      ...loudness,
      refs: refsOf(known, sha256),
      ids,
      otherKeys: keysByMeaning(meant),
      counts: countsOf(facts.counts, known),
      network,
    }),
    pods: known.containment.pods,
    containers: containersOf(known, judged),
    hops: network.hops,
    calls: people.calls,
    loose: looseOf(places, known.forest.cards.length, network, people.alerts),
    alertCards: people.alertCards,
    exitTellers: exitTellersOf(given),
    podAgents: podAgentsOf(places),
    placed: placedOf(places, question.placeOf),
    meant,
    ...(network.conversations === undefined ? {} : { conversations: network.conversations }),
    byKey: new CardsByKey(known.table, known.forest.cardOf, meant),
  };
}

/** Every card is known by the first of its images. */
function refsOf({ forest, identities }: KnownCards, sha256: DeriveOptions['sha256']): string[] {
  return forest.cards.map(({ images }) => {
    const first = identities[images[0] ?? -1];
    return first === undefined ? '' : refOf(first, sha256);
  });
}

function containersOf(
  { containment: { enclosures, containerCount } }: KnownCards,
  { clocks, kinds }: JudgedCards,
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
