import type { Nanos } from '../event/time.ts';
import type { Cards } from './cards.ts';
import { type Base, type Clocks, lateByOf } from './clocks.ts';
import { containerNameKeys } from './containerName.ts';
import type { Containment } from './containment.ts';
import type { Identity } from './identities.ts';
import type { Links } from './links.ts';
import type { Places } from './places.ts';
import type { Standing } from './standing.ts';
import { workloadOf } from './workload.ts';

/** Where the same command was seen before, when an image is late and not new; or why that cannot be said. */
export type NoveltyReason =
  | 'in_time'
  | 'as_its_parent'
  | 'seen_in_container'
  | 'seen_in_workload'
  | 'not_seen'
  | 'first_seen'
  | 'not_covered'
  | 'no_start'
  | 'host';

/** How late one image is and whether its command is new. */
export interface Verdict {
  readonly lateByMs: number | undefined;
  /** Undefined: not known, or not asked (host). */
  readonly isNew: boolean | undefined;
  readonly reason: NoveltyReason;
  readonly template: string;
  readonly parentBinary: string;
}

/** What an image's command is made of. */
interface Part {
  readonly template: string;
  readonly parentBinary: string;
  /** The image that started it inside of the enclosure; -1: none. */
  readonly above: number;
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
  /** By identity. */
  readonly templates: readonly string[];
  readonly limitMs: number;
}

/** Judges every image of every card; the answer is by identity (undefined: on no card). */
export function verdictsOf(input: NoveltyInput): (Verdict | undefined)[] {
  const { identities, cards, standing, clocks, containment, limitMs } = input;
  const keys: string[] = Array.from({ length: identities.length }, () => '');
  const parts: (Part | undefined)[] = Array.from({ length: identities.length });
  const seen = new SeenCommands(containment);
  for (const [card, { images }] of cards.cards.entries()) {
    const at = standing.within[card] ?? -1;
    const isOwn = (standing.own[card] ?? -1) >= 0;
    for (const [position, image] of images.entries()) {
      const identity = identities[image];
      if (identity === undefined || at < 0) continue;
      const above = imageAbove(input, card, position);
      const { binary = '' } = identity.fact;
      const template = input.templates[image] ?? '';
      const parentBinary = identities[above]?.fact.binary ?? '';
      const isInjected = input.injected[card] === 1 && position === 0;
      const key = [parentBinary, binary, template, isInjected ? '1' : ''].join('\0');
      keys[image] = key;
      parts[image] = { template, parentBinary, above };
      const base = clocks.base[at];
      const lateBy = lateByOf(identity, base, identities);
      if (!isOwn || lateBy === undefined || lateBy > limitMs || base?.from === 'first_seen')
        continue;
      seen.add(at, key, identity.start);
    }
  }
  const covered = coverage(input);
  const verdicts: (Verdict | undefined)[] = Array.from({ length: identities.length });
  for (const [card, { images }] of cards.cards.entries()) {
    const at = standing.within[card] ?? -1;
    for (const image of images) {
      const identity = identities[image];
      const part = parts[image];
      if (identity === undefined) continue;
      if (part === undefined) {
        verdicts[image] = onHost;
        continue;
      }
      const { template, parentBinary, above } = part;
      const lateByMs = lateByOf(identity, clocks.base[at], identities);
      const [isNew, reason] = judge({
        lateByMs,
        limitMs,
        base: clocks.base[at],
        covered: covered[at] === 1,
        copyOf: isCopy(identity, identities[above]) ? verdicts[above] : undefined,
        seen: () => seen.find(at, keys[image] ?? '', identity.start),
      });
      verdicts[image] = { lateByMs, isNew, reason, template, parentBinary };
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

function judge(question: {
  lateByMs: number | undefined;
  limitMs: number;
  base: Base | undefined;
  covered: boolean;
  copyOf: Verdict | undefined;
  seen: () => NoveltyReason;
}): [boolean | undefined, NoveltyReason] {
  const { lateByMs, limitMs, base, covered, copyOf } = question;
  if (lateByMs === undefined || base === undefined) return [undefined, 'no_start'];
  if (base.from === 'first_seen') return [undefined, 'first_seen'];
  if (lateByMs <= limitMs) return [false, 'in_time'];
  if (copyOf !== undefined) return [copyOf.isNew, 'as_its_parent'];
  const found = question.seen();
  if (found !== 'not_seen') return [false, found];
  return covered ? [true, 'not_seen'] : [undefined, 'not_covered'];
}

/** The image that started this one, when both stand in one enclosure; -1: it came from outside. */
function imageAbove(input: NoveltyInput, card: number, position: number): number {
  const { cards, standing, links } = input;
  const images = cards.cards[card]?.images ?? [];
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

/** Commands seen in time: per container name of a pod, and per container name of a workload's other pods. */
class SeenCommands {
  readonly #containment: Containment;
  readonly #byContainer = new Set<string>();
  /** The earliest start in two different pods: enough to answer "in another pod, before". */
  readonly #byWorkload = new Map<string, { pod: number; start: Nanos }[]>();
  readonly #workloads: readonly string[];
  readonly #names: readonly string[];

  constructor(containment: Containment) {
    this.#containment = containment;
    this.#names = containerNameKeys(containment);
    this.#workloads = containment.pods.map(({ fact, cluster }) => {
      const workload = workloadOf(fact);
      return workload === undefined ? '' : `${cluster}\0${fact.namespace}\0${workload}`;
    });
  }

  add(at: number, command: string, start: Nanos | undefined): void {
    this.#byContainer.add(`${this.#names[at] ?? ''}\0${command}`);
    const enclosure = this.#containment.enclosures[at];
    const key = this.#workloadKey(at, command);
    if (key === undefined || enclosure === undefined || start === undefined) return;
    const known = this.#byWorkload.get(key) ?? [];
    const same = known.find(({ pod }) => pod === enclosure.pod);
    if (same !== undefined) {
      if (start < same.start) same.start = start;
    } else known.push({ pod: enclosure.pod, start });
    known.sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)) || a.pod - b.pod);
    this.#byWorkload.set(key, known.slice(0, 2));
  }

  find(at: number, command: string, start: Nanos | undefined): NoveltyReason {
    if (this.#byContainer.has(`${this.#names[at] ?? ''}\0${command}`)) return 'seen_in_container';
    const pod = this.#containment.enclosures[at]?.pod;
    const key = this.#workloadKey(at, command);
    if (key === undefined || start === undefined) return 'not_seen';
    const others = this.#byWorkload.get(key) ?? [];
    const earlier = others.some((other) => other.pod !== pod && other.start < start);
    return earlier ? 'seen_in_workload' : 'not_seen';
  }

  #workloadKey(at: number, command: string): string | undefined {
    const enclosure = this.#containment.enclosures[at];
    if (enclosure === undefined) return undefined;
    const workload = this.#workloads[enclosure.pod] ?? '';
    return workload === '' ? undefined : `${workload}\0${enclosure.fact.name}\0${command}`;
  }
}
