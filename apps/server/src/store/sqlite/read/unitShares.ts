import type { Call } from '@forebear/model/answer/destinations';
import { type Part, wholePart } from '@forebear/model/answer/part';
import { type Filter, matchAll } from '@forebear/model/query/filter';
import type { DestinationQuery } from '../../ports.ts';
import { callsIn, callsOpenIn, type Share, shareOf } from '../../questions.ts';
import type { CaseUnit } from './caseUnits.ts';
import type { Forests } from './forests.ts';
import { UnitTexts } from './unitTexts.ts';

/** Items, hops and marks kept together: some hundred bytes each. */
const maxKept = 300_000;
/** Calls kept beside them; those of further units are made again when they are asked for. */
const maxCalls = 150_000;

/**
 * What the units of a case add to its lists: each derived, reduced to its share and let go, so that memory is bounded by
 * the largest unit. Shares without a filter are kept until the facts change.
 */
export class UnitShares {
  readonly #forests: Forests;
  /** By limit of lateness and number of the unit, the one used longest ago first. */
  readonly #kept = new Map<string, Share>();
  readonly #calls = new Map<string, readonly Call[]>();
  readonly #texts = new UnitTexts();
  #held = 0;
  #heldCalls = 0;
  #facts = '';

  constructor(forests: Forests) {
    this.#forests = forests;
  }

  /** The shares of all units, in their order. */
  *all(lateLimitMs: number): Iterable<Share> {
    for (const [number, unit] of this.#units()) yield this.#share(number, unit, lateLimitMs);
  }

  /** What of the shares a filter keeps. */
  *kept(lateLimitMs: number, filter: Filter): Iterable<Share> {
    if (filter.kind === 'all') {
      yield* this.all(lateLimitMs);
      return;
    }
    const pods = this.#forests.onlyPodOf(filter);
    if (pods !== undefined) {
      for (const pod of pods) yield shareOf(this.#forests.partOf(pod, lateLimitMs), filter);
      return;
    }
    const wanted = this.#forests.unitsOf(filter);
    const without = this.#without(filter);
    for (const [number, unit] of this.#units())
      if (wanted === undefined || wanted.has(number))
        yield without.has(number) ? nothing : this.#shareUnder(filter, unit, lateLimitMs);
  }

  /** How many shares `kept` has. */
  count(filter: Filter): number {
    const all = this.#units().length;
    if (filter.kind === 'all') return all;
    return this.#forests.onlyPodOf(filter)?.length ?? this.#forests.unitsOf(filter)?.size ?? all;
  }

  /** The calls that a question for destinations is about, by number of the unit; `wanted`: those units' alone. */
  *calls(
    query: Pick<DestinationQuery, 'filter' | 'lateLimitMs' | 'from' | 'to'>,
    wanted?: ReadonlySet<number>,
  ): Iterable<readonly [number: number, readonly Call[]]> {
    const { lateLimitMs, filter } = query;
    const meant = this.#forests.unitsOf(filter);
    const without = this.#without(filter);
    for (const [number, unit] of this.#units()) {
      if (wanted !== undefined && !wanted.has(number)) continue;
      if (meant !== undefined && !meant.has(number)) continue;
      if (filter.kind !== 'all') {
        yield [number, without.has(number) ? [] : callsIn(this.#part(unit, lateLimitMs), query)];
        continue;
      }
      const known = this.#calls.get(`${lateLimitMs} ${number}`);
      const calls = known ?? this.#keepCalls(number, this.#part(unit, lateLimitMs), lateLimitMs);
      yield [number, callsOpenIn(calls, query)];
    }
  }

  /** The units' parts, each derived when it is come to; `wanted`: those of these numbers alone. */
  *parts(
    lateLimitMs: number,
    {
      wanted,
      ancestors,
    }: { readonly wanted?: ReadonlySet<number> | undefined; readonly ancestors?: boolean } = {},
  ): Iterable<readonly [number: number, Part]> {
    for (const [number, unit] of this.#units())
      if (wanted === undefined || wanted.has(number))
        yield [number, this.#part(unit, lateLimitMs, ancestors)];
  }

  /** Numbers of units in which the filter is known to find nothing. */
  #without(filter: Filter): ReadonlySet<number> {
    // Before what is kept of other facts is asked.
    this.#units();
    return this.#texts.without(filter, this.#forests.units ?? []);
  }

  #share(number: number, unit: CaseUnit | undefined, lateLimitMs: number): Share {
    const key = `${lateLimitMs} ${number}`;
    const known = this.#kept.get(key);
    const share = known ?? this.#makeShare(number, unit, lateLimitMs);
    this.#kept.delete(key);
    this.#kept.set(key, share);
    if (known === undefined) this.#held += weightOf(share);
    for (const [oldest, other] of this.#kept) {
      if (this.#held <= maxKept || oldest === key) break;
      this.#kept.delete(oldest);
      this.#held -= weightOf(other);
    }
    return share;
  }

  /** The unit's forest is let go when this is left: what is come back to later holds shares alone. */
  #shareUnder(filter: Filter, unit: CaseUnit | undefined, lateLimitMs: number): Share {
    return shareOf(this.#part(unit, lateLimitMs), filter);
  }

  #makeShare(number: number, unit: CaseUnit | undefined, lateLimitMs: number): Share {
    const part = this.#part(unit, lateLimitMs);
    this.#keepCalls(number, part, lateLimitMs);
    if (unit !== undefined) this.#texts.keep(number, part);
    return shareOf(part, matchAll);
  }

  /** A unit is derived for one list after the other: its calls are kept from the first time on, while there is room. */
  #keepCalls(number: number, part: Part, lateLimitMs: number): readonly Call[] {
    const key = `${lateLimitMs} ${number}`;
    const calls = callsIn(part, { filter: matchAll });
    if (!this.#calls.has(key) && this.#heldCalls + calls.length <= maxCalls) {
      this.#calls.set(key, calls);
      this.#heldCalls += calls.length;
    }
    return calls;
  }

  /** Undefined: the whole case at once. */
  #part(unit: CaseUnit | undefined, lateLimitMs: number, ancestors = false): Part {
    return unit === undefined
      ? wholePart(this.#forests.whole(lateLimitMs))
      : this.#forests.part(unit, lateLimitMs, ancestors);
  }

  #units(): readonly (readonly [number, CaseUnit | undefined])[] {
    const { facts, units } = this.#forests;
    if (facts !== this.#facts) {
      this.#facts = facts;
      this.#kept.clear();
      this.#held = 0;
      this.#calls.clear();
      this.#heldCalls = 0;
      this.#texts.clear();
    }
    return units === undefined ? [[0, undefined]] : units.map((unit, number) => [number, unit]);
  }
}

const nothing: Share = { pods: [], hosts: [], keptHosts: [], hops: [], marks: [] };

function weightOf({ pods, hosts, hops, marks }: Share): number {
  let weight = pods.length + hops.length + marks.length;
  for (const { tally } of hosts) weight += 1 + tally.external.size;
  return weight;
}
