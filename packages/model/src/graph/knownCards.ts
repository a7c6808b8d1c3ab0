import { type CardEnd, type Cards, cardsOf, endOf, pidsOf, replacements } from './cards/cards.ts';
import { KeyTable } from './cards/keyTable.ts';
import { type Reobserved, reobservedOf } from './cards/reobserved.ts';
import { type Standing, standingOf } from './cards/standing.ts';
import { type Containment, containmentOf } from './containment/containment.ts';
import { pidTable } from './identity/asOf.ts';
import { exitsOf, keyResolver, type ResolveKey } from './identity/exits.ts';
import { type Identity, identitiesOf } from './identity/identities.ts';
import { type Links, linksOf } from './identity/links.ts';
import type { Places } from './identity/places.ts';
import type { Settled } from './settle/settle.ts';

/** Which processes there were, who started whom and where each ran: what every later step of `derive` is told. */
export interface KnownCards {
  readonly identities: readonly Identity[];
  /** `processKey`s to identities. */
  readonly table: KeyTable;
  /** The same as of a time. */
  readonly resolve: ResolveKey;
  /** By identity. */
  readonly links: Links;
  /** By identity. */
  readonly reobserved: Reobserved;
  readonly containment: Containment;
  readonly forest: Cards;
  readonly standing: Standing;
  /** By card. */
  readonly ends: readonly CardEnd[];
}

/** Settled facts to a forest of cards. */
export function knownCardsOf(
  { facts, methods }: Pick<Settled, 'facts' | 'methods'>,
  places: Places,
): KnownCards {
  const identities = identitiesOf(facts, places);
  const table = new KeyTable(identities);
  const resolve = keyResolver(identities, table, (identity, time) =>
    places.node(identity).epochs.ofTime(time),
  );
  const exits = exitsOf(facts.exits, identities.length, resolve);
  const occupants = pidTable(identities, (index) => exits[index]?.time);
  const links = linksOf(identities, table, exits, occupants, methods);
  const containment = containmentOf(facts, identities);

  const pids = pidsOf(identities);
  const forest = cardsOf(identities, links, containment.enclosureOf, pids);
  const reobserved = reobservedOf(identities, links);
  const standing = standingOf(forest, identities, containment, reobserved);
  const replacedAt = replacements(forest, identities, links, pids);
  const ends = forest.cards.map((card, index) => endOf(card, identities, exits, replacedAt[index]));
  return { identities, table, resolve, links, reobserved, containment, forest, standing, ends };
}
