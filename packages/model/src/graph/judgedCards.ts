import type { DerivedContainer, Role } from './derived.ts';
import type { Places } from './identity/places.ts';
import type { KnownCards } from './knownCards.ts';
import { type Verdict, verdictsOf } from './novelty/novelty.ts';
import { commandsOf } from './novelty/templates.ts';
import { type Clocks, clocksOf } from './roles/clocks.ts';
import { containerKindsOf } from './roles/containerKinds.ts';
import { rolesOf } from './roles/roles.ts';

/** What each card is to its container, and how late and how new it is. */
export interface JudgedCards {
  /** By enclosure. */
  readonly clocks: Clocks;
  /** By container. */
  readonly kinds: readonly DerivedContainer['kind'][];
  /** By card. */
  readonly role: readonly Role[];
  /** By card: 1 when it was put into its container after main, probes included. */
  readonly injected: Uint8Array;
  /** By identity. */
  readonly verdicts: readonly (Verdict | undefined)[];
}

/** Judges a forest by the clocks of its containers; `limitMs`: from where on a start is late. */
export function judgedCardsOf(known: KnownCards, places: Places, limitMs: number): JudgedCards {
  const { identities, forest, containment, standing, links, ends } = known;
  const clocks = clocksOf(containment, standing, (card) => forest.cards[card]?.images[0] ?? -1);
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
  return { clocks, kinds, role, injected, verdicts };
}
