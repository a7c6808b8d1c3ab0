import type { EventCounts } from '../event/facts.ts';
import { addCounts } from './facts/mergeFacts.ts';
import type { KnownCards } from './knownCards.ts';

/** How much was seen of each card; undefined: nothing was counted. */
export function countsOf(
  counts: readonly EventCounts[],
  { forest, resolve }: Pick<KnownCards, 'forest' | 'resolve'>,
): (EventCounts | undefined)[] {
  const sums: (EventCounts | undefined)[] = Array.from({ length: forest.cards.length });
  for (const each of counts) {
    const identity = resolve(each.process, undefined);
    const card = identity === undefined ? -1 : (forest.cardOf[identity] ?? -1);
    if (card < 0) continue;
    const known = sums[card];
    sums[card] = known === undefined ? each : addCounts(known, each);
  }
  return sums;
}
