import { traitsOfAgent } from '../../event/agentTraits.ts';
import type { Nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import type { Containment } from '../containment/containment.ts';
import type { Identity } from '../identity/identities.ts';
import type { Card, Cards } from './cards.ts';
import type { Reobserved } from './reobserved.ts';

/** Where each card stands and what its images say together: columns by card, made once for all rules. */
export interface Standing {
  readonly count: number;
  readonly parent: Int32Array;
  /** The enclosure it says it is in, or that a process which nobody places must be in; -1: none. */
  readonly own: Int32Array;
  /** Its own enclosure, else that of the nearest ancestor which has one; -1: the host. */
  readonly within: Int32Array;
  /** Traits of any of its images. */
  readonly traits: Int32Array;
  /** Start of the first image. */
  readonly start: readonly (Nanos | undefined)[];
  readonly order: readonly bigint[];
  /** 1: it is in an enclosure and its parent is not in the same one. */
  readonly isRoot: Uint8Array;
  /** 1: one of its images has pid 1 inside of the container. */
  readonly isPidOne: Uint8Array;
  /** 1: a second listing of a process that another card stands for (D21). */
  readonly isShadow: Uint8Array;
}

/** Gathers the columns; parents come before children, so one forward pass does. */
export function standingOf(
  { cards }: Cards,
  identities: readonly Identity[],
  { enclosureOf }: Containment,
  reobserved: Reobserved,
): Standing {
  const count = cards.length;
  const parent = Int32Array.from(cards, (card) => card.parent);
  const own = Int32Array.from(cards, (card) => enclosureOf[card.images[0] ?? -1] ?? -1);
  const within = new Int32Array(count);
  const traits = new Int32Array(count);
  const isRoot = new Uint8Array(count);
  const isPidOne = new Uint8Array(count);
  const isShadow = new Uint8Array(count);
  const start: (Nanos | undefined)[] = [];
  const order: bigint[] = [];
  for (let index = 0; index < count; index += 1) {
    const card = cards[index];
    if (card === undefined) continue;
    const above = card.parent < 0 ? -1 : (within[card.parent] ?? -1);
    // Where no record says where a process is, it is where its parent is: silence is no move.
    if ((own[index] ?? -1) < 0 && above >= 0 && !isPlaced(card, identities)) own[index] = above;
    const ownEnclosure = own[index] ?? -1;
    within[index] = ownEnclosure < 0 ? above : ownEnclosure;
    const parentOwn = card.parent < 0 ? -1 : (own[card.parent] ?? -1);
    isRoot[index] = ownEnclosure >= 0 && parentOwn !== ownEnclosure ? 1 : 0;
    const first = firstOf(card, identities);
    start.push(first?.start);
    order.push(first?.order ?? 0n);
    for (const image of card.images) {
      if (reobserved.isShadow[image] === 1) isShadow[index] = 1;
      const fact = identities[image]?.fact;
      traits[index] = (traits[index] ?? 0) | (fact?.traits ?? 0);
      if (fact?.nsPid === 1) isPidOne[index] = 1;
    }
  }
  return { count, parent, own, within, traits, start, order, isRoot, isPidOne, isShadow };
}

/** Tells whether the agent itself marked the card as a probe. */
export function isMarkedProbe(standing: Standing, card: number): boolean {
  return ((standing.traits[card] ?? 0) & Trait.probe) !== 0;
}

/** Tells whether a record says that the process is in no container. */
function isPlaced({ images }: Card, identities: readonly Identity[]): boolean {
  return images.some((image) => {
    const identity = identities[image];
    if (identity === undefined) return false;
    const { traits } = identity.fact;
    if ((traits & (Trait.onHost | Trait.hostNamespaces)) !== 0) return true;
    return traitsOfAgent(identity.dialect).namesEveryContainer;
  });
}

function firstOf(card: Card, identities: readonly Identity[]): Identity | undefined {
  return identities[card.images[0] ?? -1];
}
