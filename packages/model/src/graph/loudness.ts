import type { Leaf } from './derived.ts';
import { leftContainer, type NamespaceEvidence } from './flags/boundary.ts';
import { markedBelow, roseFrom } from './flags/loud.ts';
import { newExternalDestinations } from './flags/newDestinations.ts';
import { isPressingAlert } from './flags/pressingAlert.ts';
import type { JudgedCards } from './judgedCards.ts';
import type { KnownCards } from './knownCards.ts';
import type { NetworkResult } from './networkContract.ts';
import type { People } from './people.ts';

/** What makes a card loud beside being late and new. Columns by card. */
export interface Loudness {
  /** Outside of the cluster, and called by nobody of the container before. */
  readonly newDestinations: readonly (Leaf | undefined)[];
  /** The uid from which it rose to root. */
  readonly rises: readonly (number | undefined)[];
  readonly left: readonly (NamespaceEvidence | undefined)[];
  /** 1: it or a descendant did what makes lateness loud. */
  readonly pressing: Uint8Array;
}

/** Finds it; `limitMs`: from where on a start is late. */
export function loudnessOf(
  { identities, links, containment, forest, standing }: KnownCards,
  { clocks }: Pick<JudgedCards, 'clocks'>,
  { leavesByProcess }: NetworkResult,
  { alerts }: Pick<People, 'alerts'>,
  limitMs: number,
): Loudness {
  const newDestinations = newExternalDestinations(
    leavesByProcess,
    standing,
    containment,
    clocks,
    limitMs,
  );
  const rises = forest.cards.map((_card, index) => roseFrom(index, forest, identities, links));
  const pressing = markedBelow(
    standing,
    (card) =>
      newDestinations[card] !== undefined ||
      rises[card] !== undefined ||
      alerts[card]?.some(isPressingAlert) === true,
  );
  return { newDestinations, rises, left: leftContainer(standing), pressing };
}
