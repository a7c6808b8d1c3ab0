import type { GapFact } from '../event/facts.ts';
import { compareAbsentLast } from '../graph/order.ts';
import type { Completeness, Derivation } from '../wire/primitives.ts';
import type { Source, SourceGap } from '../wire/sources.ts';
import { timeTextOf } from './timeText.ts';

/** What a view stands on: all sources of the case, and the losses that agents reported. */
export interface Evidence {
  readonly sources: readonly Source[];
  readonly gaps: readonly GapFact[];
}

/**
 * How much of the truth an answer holds (semantics, Honesty). A quarantined record counts everywhere, because its pod
 * is unknown; what is in a refused file, which is no log, counts nowhere. `nodes`: `cluster\0node` of the scope; undefined: the whole case. A gap without a node is everywhere.
 * `derived`: how many of the case's parts the answer has looked at, when it is given before it has looked at all.
 */
export function completenessOf(
  { sources: all, gaps }: Evidence,
  nodes?: ReadonlySet<string>,
  derived?: Derivation,
): Completeness {
  const sources = all.filter(({ state }) => state !== 'refused');
  const names = new Set([...(nodes ?? [])].map((key) => key.slice(key.indexOf('\0') + 1)));
  const inScope = (gap: { readonly cluster: string; readonly node: string }): boolean =>
    nodes === undefined ||
    gap.node === '' ||
    nodes.has(`${gap.cluster}\0${gap.node}`) ||
    (gap.cluster === '' && names.has(gap.node));
  const reported = gaps.filter(inScope);
  const seen = sources.flatMap((source) => source.gaps.filter(inScope));
  const damaged = sources.reduce(
    (sum, { members }) => sum + members.filter(({ damage }) => damage.length > 0).length,
    0,
  );
  const quarantined = sources.reduce((sum, { ledger }) => sum + ledger.quarantined, 0);
  const ended = sources.every(({ state }) => state === 'complete');
  const lost = reported.some(({ kind }) => kind === 'rate_limit' || kind.startsWith('throttle'));
  const watched = sources.some(({ state }) => state === 'live');
  // The end of a throttling says that events come again.
  const gapCount =
    countOfGaps(reported.filter(({ kind }) => kind !== 'throttle_stop')) + seen.length;
  const isAll = derived === undefined || derived.parts >= derived.of;
  const isSilent = reported.length + seen.length === 0;
  return {
    complete: ended && isSilent && damaged === 0 && quarantined === 0 && isAll,
    agentLoss: lossWord(lost, watched),
    gaps: gapCount,
    quarantined,
    shardsMissing: 0,
    ...(derived === undefined || isAll ? {} : { derived }),
  };
}

/** A file never proves that the agent lost nothing: only a live source is monitored. */
function lossWord(lost: boolean, watched: boolean): Completeness['agentLoss'] {
  if (lost) return 'reported';
  return watched ? 'none reported' : 'not monitored';
}

const SECOND = 1_000_000_000n;

/** As many as `gapItems` draws. */
function countOfGaps(gaps: readonly GapFact[]): number {
  return new Set(gaps.map(secondOf)).size;
}

/** What reports of one kind on one node within one second have in common. */
function secondOf({ cluster, node, kind, detail, time }: GapFact): string {
  const second = time === undefined ? '' : String(time / SECOND);
  return [cluster, node, kind, detail ?? '', second].join('\0');
}

/** Reported losses as drawn: those of one kind on one node within one second are one, with their sum. In time order. */
export function gapItems(gaps: readonly GapFact[]): SourceGap[] {
  const rows = new Map<
    string,
    { gap: GapFact; from: GapFact['time']; to: GapFact['time']; count: number | null }
  >();
  const ordered = [...gaps].sort((a, b) => compareAbsentLast(a.time, b.time));
  for (const gap of ordered) {
    const key = secondOf(gap);
    const known = rows.get(key);
    if (known === undefined) {
      rows.set(key, { gap, from: gap.time, to: gap.time, count: gap.count ?? null });
      continue;
    }
    known.to = gap.time;
    if (gap.count !== undefined) known.count = (known.count ?? 0) + gap.count;
  }
  return [...rows.values()].map(({ gap, from, to, count }) => ({
    cluster: gap.cluster,
    node: gap.node,
    kind: gap.kind,
    from: timeTextOf(from),
    to: timeTextOf(to),
    count,
    detail: gap.detail ?? '',
  }));
}
