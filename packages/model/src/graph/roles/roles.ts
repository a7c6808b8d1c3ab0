import type { Cards } from '../cards/cards.ts';
import { isMarkedProbe, type Standing } from '../cards/standing.ts';
import type { Containment } from '../containment/containment.ts';
import type { Role } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import type { Places } from '../identity/places.ts';
import type { Commands } from '../novelty/templates.ts';
import { compareBig } from '../order.ts';
import { type Clocks, isInjected } from './clocks.ts';
import { hasProbeRhythm, type ProbeStart } from './probes.ts';

/** A node's first observed minute: a probe that already ran then may be older than the log. */
const FIRST_MINUTE = 60_000_000_000n;

export interface Roles {
  readonly role: readonly Role[];
  /** By card: 1 when it was put into its container after main, probes included. */
  readonly injected: Uint8Array;
  /** By card: 1 when the role `probe` follows from the rhythm, not from the agent's mark. */
  readonly inferredProbe: Uint8Array;
}

/** The role of every card (semantics, Roles). */
export function rolesOf(
  identities: readonly Identity[],
  { cards }: Cards,
  containment: Containment,
  standing: Standing,
  clocks: Clocks,
  places: Places,
  commands: Commands,
  limitMs: number,
): Roles {
  const role: Role[] = [];
  const injected = new Uint8Array(standing.count);
  const inferredProbe = new Uint8Array(standing.count);
  for (let card = 0; card < standing.count; card += 1) {
    const at = standing.own[card] ?? -1;
    if (at < 0) {
      role.push((standing.within[card] ?? -1) < 0 ? 'host' : '');
      continue;
    }
    const main = clocks.main[at] ?? -1;
    const containerStart = containment.enclosures[at]?.fact.startTime;
    if (isInjected(standing, card, main, containerStart)) injected[card] = 1;
    if (isMarkedProbe(standing, card)) role.push('probe');
    else if (card === main) role.push('main');
    else role.push(injected[card] === 1 ? 'injected' : '');
  }
  const limit = BigInt(Math.round(limitMs * 1e6));
  for (const { starts, at } of startsOf(identities, cards, standing, injected, commands)) {
    const first = starts[0];
    if (first === undefined || !hasProbeRhythm(starts)) continue;
    const base = clocks.base[at]?.time;
    const firstImage = identities[cards[first.card]?.images[0] ?? -1];
    const nodeFirst = firstImage === undefined ? undefined : places.node(firstImage).firstTime;
    const beforeLimit = base !== undefined && first.start <= base + limit;
    const beforeLog = nodeFirst !== undefined && first.start <= nodeFirst + FIRST_MINUTE;
    if (!beforeLimit && !beforeLog) continue;
    for (const { card } of starts) {
      if (role[card] !== 'probe') inferredProbe[card] = 1;
      role[card] = 'probe';
    }
  }
  return { role, injected, inferredProbe };
}

/** Starts of injected roots by (container instance, image, argument template), each in order of time. */
function startsOf(
  identities: readonly Identity[],
  cards: Cards['cards'],
  standing: Standing,
  injected: Uint8Array,
  commands: Commands,
): Iterable<{ at: number; starts: ProbeStart[] }> {
  const byCommand = new Map<string, { at: number; starts: ProbeStart[] }>();
  for (let card = 0; card < cards.length; card += 1) {
    if (injected[card] === 0) continue;
    const start = standing.start[card];
    const image = cards[card]?.images[0] ?? -1;
    if (start === undefined || identities[image] === undefined) continue;
    const at = standing.own[card] ?? -1;
    const key = `${at} ${commands.binary[image]} ${commands.template[image]}`;
    const known = byCommand.get(key);
    if (known === undefined) byCommand.set(key, { at, starts: [{ card, start }] });
    else known.starts.push({ card, start });
  }
  for (const { starts } of byCommand.values()) {
    starts.sort((a, b) => compareBig(a.start, b.start) || a.card - b.card);
  }
  return byCommand.values();
}
