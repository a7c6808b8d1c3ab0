import type { Cards } from '../cards/cards.ts';
import type { Standing } from '../cards/standing.ts';
import { type Containment, podIndexAt } from '../containment/containment.ts';
import type { Role } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import type { Injected } from './authors.ts';

/** The processes that somebody put into a container that was running; what an agent or a rhythm calls a probe is the kubelet's. */
export function injectedOf(
  {
    identities,
    forest,
    standing,
    containment,
  }: {
    readonly identities: readonly Identity[];
    readonly forest: Cards;
    readonly standing: Standing;
    readonly containment: Containment;
  },
  injected: Uint8Array,
  role: readonly Role[],
): Injected[] {
  return forest.cards.flatMap(({ images }, card): Injected[] => {
    const own = standing.own[card] ?? -1;
    const pod = podIndexAt(containment, own);
    if (injected[card] === 0 || role[card] === 'probe' || pod === undefined) return [];
    return [
      {
        card,
        pod,
        container: containment.enclosures[own]?.fact.name ?? '',
        start: standing.start[card],
        images: images.map((image) => ({
          binary: identities[image]?.fact.binary ?? '',
          arguments: identities[image]?.fact.arguments ?? '',
        })),
      },
    ];
  });
}
