import type { Nanos } from '../../event/time.ts';
import type { CardEnd } from '../cards/cards.ts';
import type { Containment } from '../containment/containment.ts';
import type { DerivedContainer } from '../derived.ts';
import { compareBig, compareText } from '../order.ts';
import type { Clocks } from './clocks.ts';

type Kind = DerivedContainer['kind'];

/** One container name of a pod: its first instance and the end of its last. */
interface Named {
  readonly first: number;
  last: number;
  readonly start: Nanos;
}

/** The kubelet prints whole seconds: a start may seem up to a second too early. */
const WHOLE_SECOND = 1_000_000_000n;

/**
 * What each container instance is to its pod (semantics, Roles). The same name again is a `restart`. No agent marks init
 * containers; one is recognised by its course: it ended well, and the pod's next container started only then, within the
 * limit. A name that first appears later than the limit after the pod's first main is `ephemeral`, a late container.
 */
export function containerKindsOf(
  { enclosures, containerCount }: Containment,
  clocks: Clocks,
  ends: readonly CardEnd[],
  limitMs: number,
): Kind[] {
  const kinds: Kind[] = Array.from({ length: containerCount }, () => 'main');
  const byPod = new Map<number, Map<string, Named>>();
  for (let index = 0; index < containerCount; index += 1) {
    const enclosure = enclosures[index];
    const start = clocks.base[index]?.time ?? enclosure?.start;
    if (enclosure === undefined || enclosure.pod < 0 || enclosure.fact.name === '') continue;
    if (start === undefined) continue;
    let names = byPod.get(enclosure.pod);
    if (names === undefined) {
      names = new Map();
      byPod.set(enclosure.pod, names);
    }
    // Instances come in order of their starts (`containmentOf`).
    const known = names.get(enclosure.fact.name);
    if (known === undefined) names.set(enclosure.fact.name, { first: index, last: index, start });
    else {
      known.last = index;
      kinds[index] = 'restart';
    }
  }
  const limit = BigInt(Math.round(limitMs * 1e6));
  for (const names of byPod.values()) {
    const ordered = [...names]
      .sort(([a, x], [b, y]) => compareBig(x.start, y.start) || compareText(a, b))
      .map(([, named]) => named);
    markInit(ordered, clocks, ends, limit, kinds);
    markEphemeral(ordered, clocks, limit, kinds);
  }
  return kinds;
}

function markInit(
  ordered: readonly Named[],
  clocks: Clocks,
  ends: readonly CardEnd[],
  limit: bigint,
  kinds: Kind[],
): void {
  for (const [at, named] of ordered.entries()) {
    const next = ordered[at + 1];
    const end = ends[clocks.main[named.last] ?? -1];
    if (next === undefined || end?.end !== 'exited' || end.time === undefined) continue;
    if ((end.code ?? 0) !== 0 || end.signal !== '') continue;
    const waited = next.start + WHOLE_SECOND >= end.time && next.start <= end.time + limit;
    if (waited) kinds[named.first] = 'init';
  }
}

function markEphemeral(
  ordered: readonly Named[],
  clocks: Clocks,
  limit: bigint,
  kinds: Kind[],
): void {
  let firstMain: Nanos | undefined;
  for (const { first, start } of ordered) {
    if (kinds[first] === 'init' || clocks.base[first]?.from === 'first_seen') continue;
    if (firstMain === undefined) firstMain = start;
    else if (start > firstMain + limit) kinds[first] = 'ephemeral';
  }
}
