import type { Facts } from '../event/facts.ts';
import type { CardEnd, Cards } from './cards/cards.ts';
import type { Standing } from './cards/standing.ts';
import { type Containment, podIndexAt } from './containment/containment.ts';
import type { ResolveKey } from './identity/exits.ts';
import type { Identity } from './identity/identities.ts';
import type { NetworkInput, NetworkProcess } from './networkContract.ts';

/** What the process half found out, as far as it matters to who talked to whom. */
export interface CardsToNetwork {
  readonly identities: readonly Identity[];
  readonly containment: Containment;
  readonly forest: Cards;
  readonly standing: Standing;
  readonly ends: readonly CardEnd[];
  readonly resolve: ResolveKey;
}

/** What the network half is asked: processes only when anything was said of connections or names. */
export function networkInput(facts: Facts, known: CardsToNetwork): NetworkInput {
  const { containment, forest, resolve } = known;
  const isSilent = facts.sockets.length === 0 && facts.lookups.length === 0;
  return {
    processes: isSilent ? [] : networkProcesses(known),
    pods: containment.pods,
    containers: containment.enclosures.slice(0, containment.containerCount),
    sockets: facts.sockets,
    lookups: facts.lookups,
    resolve: (key, time) => {
      const identity = resolve(key, time);
      const card = identity === undefined ? -1 : (forest.cardOf[identity] ?? -1);
      return card < 0 ? undefined : card;
    },
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
