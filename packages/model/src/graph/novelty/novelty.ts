import type { Cards } from '../cards/cards.ts';
import type { Standing } from '../cards/standing.ts';
import type { Containment } from '../containment/containment.ts';
import type { Identity } from '../identity/identities.ts';
import type { Links } from '../identity/links.ts';
import type { Places } from '../identity/places.ts';
import { type Clocks, lateByOf } from '../roles/clocks.ts';
import { isLate } from './isLate.ts';
import type { NoveltyReason } from './noveltyReason.ts';
import { Runs, SeenCommands } from './seenCommands.ts';
import type { Commands } from './templates.ts';

/** How late one image is and whether its command is new. */
export interface Verdict {
  readonly lateByMs: number | undefined;
  /** Undefined: not known, or not asked (host). */
  readonly isNew: boolean | undefined;
  readonly reason: NoveltyReason;
  readonly template: string;
  readonly parentBinary: string;
}

/** The kubelet's and the agent's clocks: a first event this long after the base still covers it. */
const STARTUP = 5_000_000_000n;

export interface NoveltyInput {
  readonly identities: readonly Identity[];
  readonly cards: Cards;
  readonly links: Links;
  readonly containment: Containment;
  readonly clocks: Clocks;
  readonly standing: Standing;
  /** By card: 1 when it was put into its container after main. */
  readonly injected: Uint8Array;
  readonly places: Places;
  readonly commands: Commands;
  readonly limitMs: number;
}

/** Judges every image of every card; the answer is by identity (undefined: on no card). */
export function verdictsOf(input: NoveltyInput): (Verdict | undefined)[] {
  const { identities, standing, clocks, containment, limitMs, commands } = input;
  const { cards } = input.cards;
  const count = identities.length;
  const above = new Int32Array(count).fill(-1);
  const command = new Int32Array(count);
  // NaN: no start, or no base.
  const lateBy = new Float64Array(count).fill(Number.NaN);
  const runs = new Runs();
  const seen = new SeenCommands(containment);
  for (let card = 0; card < cards.length; card += 1) {
    const at = standing.within[card] ?? -1;
    if (at < 0) continue;
    const isOwn = (standing.own[card] ?? -1) >= 0;
    const images = cards[card]?.images ?? [];
    const base = clocks.base[at];
    for (let position = 0; position < images.length; position += 1) {
      const image = images[position] ?? -1;
      const identity = identities[image];
      if (identity === undefined) continue;
      const up = imageAbove(input, card, images, position);
      above[image] = up;
      const isInjected = input.injected[card] === 1 && position === 0;
      const run = runs.idOf(
        commands.binary[up] ?? 0,
        commands.binary[image] ?? 0,
        commands.template[image] ?? 0,
        isInjected,
      );
      command[image] = run;
      const late = lateByOf(identity, base, identities);
      if (late === undefined) continue;
      lateBy[image] = late;
      if (!isOwn || isLate(late, limitMs) || base?.from === 'first_seen') continue;
      seen.add(at, run, identity.start);
    }
  }
  const covered = coverage(input);
  const verdicts: (Verdict | undefined)[] = Array.from({ length: count });
  const judge = (image: number, identity: Identity, at: number): Verdict => {
    const late = lateBy[image] ?? Number.NaN;
    const lateByMs = Number.isNaN(late) ? undefined : late;
    const up = above[image] ?? -1;
    const template = commands.templates[commands.template[image] ?? 0] ?? '';
    const parentBinary = commands.binaries[commands.binary[up] ?? 0] ?? '';
    const base = clocks.base[at];
    let isNew: boolean | undefined;
    let reason: NoveltyReason = 'no_start';
    if (lateByMs !== undefined && base !== undefined) {
      if (base.from === 'first_seen') reason = 'first_seen';
      else if (!isLate(lateByMs, limitMs)) {
        isNew = false;
        reason = 'in_time';
      } else if (isCopy(identity, identities[up]) && verdicts[up] !== undefined) {
        isNew = verdicts[up].isNew;
        reason = 'as_its_parent';
      } else {
        reason = seen.find(at, command[image] ?? 0, identity.start);
        if (reason !== 'not_seen') isNew = false;
        else if (covered[at] === 1) isNew = true;
        else reason = 'not_covered';
      }
    }
    return { lateByMs, isNew, reason, template, parentBinary };
  };
  for (let card = 0; card < cards.length; card += 1) {
    const at = standing.within[card] ?? -1;
    for (const image of cards[card]?.images ?? []) {
      const identity = identities[image];
      if (identity !== undefined) verdicts[image] = at < 0 ? onHost : judge(image, identity, at);
    }
  }
  return verdicts;
}

const onHost: Verdict = {
  lateByMs: undefined,
  isNew: undefined,
  reason: 'host',
  template: '',
  parentBinary: '',
};

/** The image that started this one, when both stand in one enclosure; -1: it came from outside. */
function imageAbove(
  { cards, standing, links }: NoveltyInput,
  card: number,
  images: readonly number[],
  position: number,
): number {
  if (position > 0) return images[position - 1] ?? -1;
  const above = links.parent[images[0] ?? -1] ?? -1;
  const parentCard = cards.cardOf[above] ?? -1;
  if (parentCard < 0 || standing.within[parentCard] !== standing.within[card]) return -1;
  return above;
}

/** A forked worker, exec'd or not: the parent's image with the parent's arguments. */
function isCopy(image: Identity, above: Identity | undefined): boolean {
  if (above === undefined) return false;
  const { binary, arguments: args = '' } = image.fact;
  return (
    binary !== undefined && binary === above.fact.binary && args === (above.fact.arguments ?? '')
  );
}

/** By enclosure: 1 when the node's events cover [base, base + limit]. */
function coverage({ containment, clocks, identities, places, limitMs }: NoveltyInput): Uint8Array {
  const limit = BigInt(Math.round(limitMs * 1e6));
  return Uint8Array.from(containment.enclosures, ({ members }, at) => {
    const base = clocks.base[at];
    const member = identities[members[0] ?? -1];
    if (base === undefined || member === undefined) return 0;
    const { firstTime, lastTime } = places.node(member);
    if (firstTime === undefined || lastTime === undefined) return 0;
    return firstTime <= base.time + STARTUP && lastTime >= base.time + limit ? 1 : 0;
  });
}
