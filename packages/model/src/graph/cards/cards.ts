import type { ExitFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { End } from '../derived.ts';
import { compareExits } from '../identity/exits.ts';
import type { Identity } from '../identity/identities.ts';
import type { Links } from '../identity/links.ts';
import { compareBig, compareText, earlier, later } from '../order.ts';
import { REOPENS } from './reopens.ts';

/** A process as drawn: its identities in order of their execs, and its place in the forest. */
export interface Card {
  /** Indexes of identities, oldest image first; never empty. */
  readonly images: readonly number[];
  /** Index of the parent card, lower than its own; -1: a root. */
  parent: number;
}

/** The cards, parents before children, and the card of each identity (-1: an inferred one that no link uses). */
export interface Cards {
  readonly cards: readonly Card[];
  readonly cardOf: Int32Array;
}

/**
 * Joins execs in place into one card (semantics, "Exec in place"): same pid as the parent, and within one container
 * instance or both outside of any. Then orders the forest. `enclosureOf`: by identity, -1 outside. `pids`: of `pidsOf`.
 */
export function cardsOf(
  identities: readonly Identity[],
  links: Links,
  enclosureOf: Int32Array,
  pids: Float64Array,
): Cards {
  const kept = keptIdentities(identities, links.parent);
  const next = successors(identities, links, enclosureOf, kept, pids);
  const isLater = new Uint8Array(identities.length);
  for (const successor of next) if (successor >= 0) isLater[successor] = 1;
  const chains: number[][] = [];
  for (let index = 0; index < identities.length; index += 1) {
    if (kept[index] === 0 || isLater[index] === 1) continue;
    const images: number[] = [];
    for (let at = index; at >= 0; at = next[at] ?? -1) images.push(at);
    chains.push(images);
  }
  return forestOf(chains, identities, links.parent);
}

/** An inferred process (nothing but an id) that no link uses is no node (semantics, Identity). */
function keptIdentities(identities: readonly Identity[], parent: Int32Array): Uint8Array {
  const kept = new Uint8Array(identities.length);
  for (let index = 0; index < identities.length; index += 1) {
    const up = parent[index] ?? -1;
    if (up >= 0 || (identities[index]?.fact.rank ?? 0) > 1) kept[index] = 1;
    if (up >= 0) kept[up] = 1;
  }
  return kept;
}

/** For each identity the one that took its pid by an exec in place; -1: none. The earliest claim counts. */
function successors(
  identities: readonly Identity[],
  { parent, suspect }: Links,
  enclosureOf: Int32Array,
  kept: Uint8Array,
  pids: Float64Array,
): Int32Array {
  const next = new Int32Array(identities.length).fill(-1);
  for (let index = 0; index < identities.length; index += 1) {
    const up = parent[index] ?? -1;
    if (up < 0 || pids[index] !== pids[up]) continue;
    const child = identities[index];
    const before = identities[up];
    if (child === undefined || before === undefined) continue;
    if (kept[index] === 0 || suspect[index] !== '') continue;
    if (!isSameTask(child, before) || enclosureOf[index] !== enclosureOf[up]) continue;
    const rival = identities[next[up] ?? -1];
    if (rival === undefined || compareIdentities(child, rival) < 0) next[up] = index;
  }
  return next;
}

/** Pids by identity; NaN, which equals nothing: unknown, or 0, which is nobody's. */
export function pidsOf(identities: readonly Identity[]): Float64Array {
  return Float64Array.from(identities, ({ fact: { pid } }) =>
    pid === undefined || pid === 0 ? Number.NaN : pid,
  );
}

/** Tells whether two identities of one pid stand for one task of one boot, as one agent tells it. */
function isSameTask(a: Identity, b: Identity): boolean {
  if (a.dialect !== b.dialect || hasTrait(a.fact.traits, Trait.blocked)) return false;
  return a.epoch === b.epoch && a.node === b.node && a.cluster === b.cluster;
}

/** By time, then by id, then by copy: the order of siblings. */
function compareIdentities(a: Identity, b: Identity): number {
  return (
    compareBig(a.order, b.order) ||
    compareText(a.id, b.id) ||
    compareText(a.key, b.key) ||
    a.copy - b.copy
  );
}

/** Parents before children, siblings in order; iterative, so that depth costs nothing. */
function forestOf(
  chains: readonly number[][],
  identities: readonly Identity[],
  parent: Int32Array,
): Cards {
  const ordered = sortedChains(chains, identities);
  const rankOf = new Int32Array(identities.length).fill(-1);
  for (const [rank, images] of ordered.entries()) for (const each of images) rankOf[each] = rank;
  // Children lists as linked columns, built backwards so that each list runs forwards.
  const firstChild = new Int32Array(ordered.length).fill(-1);
  const nextSibling = new Int32Array(ordered.length).fill(-1);
  const parentRank = new Int32Array(ordered.length).fill(-1);
  let firstRoot = -1;
  for (let rank = ordered.length - 1; rank >= 0; rank -= 1) {
    const up = parent[ordered[rank]?.[0] ?? -1] ?? -1;
    const above = up < 0 ? -1 : (rankOf[up] ?? -1);
    parentRank[rank] = above;
    nextSibling[rank] = above < 0 ? firstRoot : (firstChild[above] ?? -1);
    if (above < 0) firstRoot = rank;
    else firstChild[above] = rank;
  }
  const cards: Card[] = [];
  const cardOf = new Int32Array(identities.length).fill(-1);
  const cardOfRank = new Int32Array(ordered.length).fill(-1);
  const open: number[] = firstRoot < 0 ? [] : [firstRoot];
  for (let rank = open.pop(); rank !== undefined; rank = open.pop()) {
    const images = ordered[rank] ?? [];
    const above = parentRank[rank] ?? -1;
    cardOfRank[rank] = cards.length;
    for (const image of images) cardOf[image] = cards.length;
    cards.push({ images, parent: above < 0 ? -1 : (cardOfRank[above] ?? -1) });
    const sibling = nextSibling[rank] ?? -1;
    if (sibling >= 0) open.push(sibling);
    const child = firstChild[rank] ?? -1;
    if (child >= 0) open.push(child);
  }
  return { cards, cardOf };
}

function sortedChains(chains: readonly number[][], identities: readonly Identity[]): number[][] {
  // Rounding keeps the order of times but for ties: most comparisons need no bigint.
  const near = Float64Array.from(identities, ({ order }) => Number(order));
  return [...chains].sort((a, b) => {
    const rough = (near[a[0] ?? -1] ?? 0) - (near[b[0] ?? -1] ?? 0);
    if (rough !== 0) return rough;
    const first = identities[a[0] ?? -1];
    const second = identities[b[0] ?? -1];
    return first === undefined || second === undefined ? 0 : compareIdentities(first, second);
  });
}

/** How a card ended. */
export interface CardEnd {
  readonly end: End;
  readonly time: Nanos | undefined;
  readonly code: number | undefined;
  readonly signal: string;
  /** Set when events were seen after the reported end: the process lived on, and its end is unknown. */
  readonly contradictedBy: Nanos | undefined;
  readonly reported: ExitFact | undefined;
}

export const unknownEnd: CardEnd = {
  end: 'unknown',
  time: undefined,
  code: undefined,
  signal: '',
  contradictedBy: undefined,
  reported: undefined,
};

/**
 * The end of a card: the latest exit any of its images reported; `replaced` when its pid went on in another place
 * (runc's init becomes the entrypoint); else unknown. Silence is no end.
 */
export function endOf(
  card: Card,
  identities: readonly Identity[],
  exits: readonly (ExitFact | undefined)[],
  replacedAt: Nanos | undefined,
): CardEnd {
  let reported: ExitFact | undefined;
  let lastSeen: Nanos | undefined;
  for (const image of card.images) {
    const exit = exits[image];
    if (exit !== undefined && (reported === undefined || compareExits(exit, reported) > 0)) {
      reported = exit;
    }
    lastSeen = later(lastSeen, identities[image]?.fact.lastSeen);
  }
  if (reported === undefined) {
    return replacedAt === undefined
      ? unknownEnd
      : { ...unknownEnd, end: 'replaced', time: replacedAt };
  }
  const { time } = reported;
  if (time !== undefined && lastSeen !== undefined && lastSeen > time + REOPENS) {
    const reopened = { code: undefined, signal: '', contradictedBy: lastSeen, reported };
    return { end: 'unknown', time: undefined, ...reopened };
  }
  const { code, signal = '' } = reported;
  return { end: 'exited', time, code, signal, contradictedBy: undefined, reported };
}

/** When each card's pid went on in a card below it, outside or inside of the container's boundary. */
export function replacements(
  { cards, cardOf }: Cards,
  identities: readonly Identity[],
  links: Links,
  pids: Float64Array,
): (Nanos | undefined)[] {
  const times: (Nanos | undefined)[] = Array.from({ length: cards.length });
  for (const card of cards) {
    const first = card.images[0] ?? -1;
    const up = links.parent[first] ?? -1;
    if (up < 0 || pids[first] !== pids[up]) continue;
    const child = identities[first];
    const before = identities[up];
    if (child === undefined || before === undefined || links.suspect[first] !== '') continue;
    if (!isSameTask(child, before) || card.parent !== cardOf[up]) continue;
    times[card.parent] = earlier(times[card.parent], child.start);
  }
  return times;
}
