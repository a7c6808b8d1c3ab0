import type { Nanos } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import { isMarkedProbe, type Standing } from '../cards/standing.ts';
import type { Containment } from '../containment/containment.ts';
import type { LateBase } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';

/** The kubelet prints whole seconds, and runc needs a moment (semantics, Roles). */
const STARTUP = 5_000_000_000n;
/** Beyond this the node's clock was stepped, and only ktime tells how long it was (D18). */
export const STEPPED = 1_000_000_000n;

/** What lateness counts from in one enclosure. */
export interface Base {
  readonly time: Nanos;
  readonly from: LateBase;
  /** The identity whose start it is; -1: the container's own start. */
  readonly identity: number;
}

/** Columns by enclosure. */
export interface Clocks {
  /** Card of the main process; -1: unknown. */
  readonly main: Int32Array;
  readonly base: readonly (Base | undefined)[];
}

/**
 * Finds the main process of every container instance: a root of it that has pid 1 inside, or started no later than the
 * container's start + 5 s, or by which an agent says the container was entered; of several the first; never a marked probe, never a
 * second listing of a process (D21). And the base of its lateness.
 */
export function clocksOf(
  { enclosures }: Containment,
  standing: Standing,
  firstImage: (card: number) => number,
): Clocks {
  const main = new Int32Array(enclosures.length).fill(-1);
  const earliest = new Int32Array(enclosures.length).fill(-1);
  for (let card = 0; card < standing.count; card += 1) {
    const at = standing.own[card] ?? -1;
    const enclosure = enclosures[at];
    if (enclosure === undefined) continue;
    if (startsBefore(standing, card, earliest[at] ?? -1)) earliest[at] = card;
    if (standing.isRoot[card] === 0 || !enclosure.isContainer) continue;
    if (isMarkedProbe(standing, card) || standing.isShadow[card] === 1) continue;
    const limit = enclosure.fact.startTime;
    const start = standing.start[card];
    const inTime = limit !== undefined && start !== undefined && start <= limit + STARTUP;
    if (standing.isPidOne[card] === 0 && !isEntry(standing, card) && !inTime) continue;
    const known = main[at] ?? -1;
    if (known < 0 || isEarlier(standing, card, known)) main[at] = card;
  }
  const base = enclosures.map((enclosure, at): Base | undefined => {
    const card = main[at] ?? -1;
    const mainStart = standing.start[card];
    if (mainStart !== undefined) {
      return { time: mainStart, from: 'main', identity: firstImage(card) };
    }
    const { startTime } = enclosure.fact;
    if (startTime !== undefined) return { time: startTime, from: 'container_start', identity: -1 };
    const first = earliest[at] ?? -1;
    const seen = standing.start[first];
    if (seen === undefined) return undefined;
    return { time: seen, from: 'first_seen', identity: firstImage(first) };
  });
  return { main, base };
}

/**
 * Milliseconds from the base to the start of an image, never negative (D19). Wall times, as they are shown; ktime when
 * the two disagree by more than a second, because then the clock was stepped between them.
 */
export function lateByOf(
  image: Identity,
  base: Base | undefined,
  identities: readonly Identity[],
): number | undefined {
  if (base === undefined || image.start === undefined) return undefined;
  const wall = image.start - base.time;
  const boot = bootDifference(image, identities[base.identity]);
  const isStepped = boot !== undefined && distance(boot, wall) > STEPPED;
  return Math.max(0, Number(isStepped ? boot : wall) / 1e6);
}

/**
 * By how many nanoseconds the node's clock was stepped around a process: between its own reported starts, or since its
 * parent's. 0 within a boot whose clock ran on.
 */
export function clockStepOf(images: readonly Identity[], parent: Identity | undefined): bigint {
  let step = 0n;
  let before = parent;
  for (const image of images) {
    if (image.startSpread > step) step = image.startSpread;
    const boot = before === undefined ? undefined : bootDifference(image, before);
    if (boot !== undefined && image.start !== undefined && before?.start !== undefined) {
      const off = distance(image.start - before.start, boot);
      if (off > step) step = off;
    }
    before = image;
  }
  return step;
}

/** How far two processes of one boot lie apart on the boot's own clock. */
function bootDifference(image: Identity, from: Identity | undefined): bigint | undefined {
  const later = image.fact.ktime;
  const earlier = from?.fact.ktime;
  if (from === undefined || later === undefined || earlier === undefined) return undefined;
  const isSameBoot =
    image.cluster === from.cluster && image.node === from.node && image.epoch === from.epoch;
  return isSameBoot ? later - earlier : undefined;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

/** The agent says that the container was entered by it. */
function isEntry(standing: Standing, card: number): boolean {
  return hasTrait(standing.traits[card] ?? 0, Trait.containerEntry);
}

function startsBefore(standing: Standing, card: number, known: number): boolean {
  const start = standing.start[card];
  const other = standing.start[known];
  return start !== undefined && (other === undefined || start < other);
}

function isEarlier(standing: Standing, card: number, known: number): boolean {
  return (standing.order[card] ?? 0n) < (standing.order[known] ?? 0n);
}

/** Tells whether a root of a container was put into it later: it starts after main, or too late to belong to the start. */
export function isInjected(
  standing: Standing,
  card: number,
  main: number,
  containerStart: Nanos | undefined,
): boolean {
  if (standing.isRoot[card] === 0 || card === main || standing.isShadow[card] === 1) return false;
  const start = standing.start[card];
  const mainOrder = main < 0 ? undefined : standing.order[main];
  if (mainOrder !== undefined && (standing.order[card] ?? 0n) > mainOrder && start !== undefined) {
    return true;
  }
  return start !== undefined && containerStart !== undefined && start > containerStart + STARTUP;
}
