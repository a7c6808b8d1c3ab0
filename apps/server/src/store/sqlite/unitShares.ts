import { type Part, wholePart } from '@forebear/model/answer/part';
import type { Filter } from '@forebear/model/query/filter';
import { type Share, shareOf } from '../questions.ts';
import type { CaseUnit } from './caseUnits.ts';
import type { Forests } from './forests.ts';

/** Items, hops and marks kept together: some hundred bytes each. */
const maxKept = 300_000;

/**
 * What the units of a case add to its lists: each derived, reduced to its share and let go, so that memory is bounded by
 * the largest unit. Shares without a filter are kept until the facts change.
 */
export class UnitShares {
  readonly #forests: Forests;
  /** By limit of lateness and number of the unit, the one used longest ago first. */
  readonly #kept = new Map<string, Share>();
  #held = 0;
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
    for (const [, part] of this.parts(lateLimitMs)) yield shareOf(part, filter);
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

  #share(number: number, unit: CaseUnit | undefined, lateLimitMs: number): Share {
    const key = `${lateLimitMs} ${number}`;
    const known = this.#kept.get(key);
    const share = known ?? shareOf(this.#part(unit, lateLimitMs), { kind: 'all' });
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
    }
    return units === undefined ? [[0, undefined]] : units.map((unit, number) => [number, unit]);
  }
}

function weightOf({ pods, hosts, hops, marks }: Share): number {
  let weight = pods.length + hops.length + marks.length;
  for (const { tally } of hosts) weight += 1 + tally.external.size;
  return weight;
}
