import type { Part } from '@forebear/model/answer/part';
import { timeTextOf } from '@forebear/model/answer/timeText';
import { type EventClass, eventClasses } from '@forebear/model/event/event';
import { millisBetween, type Nanos, nanos } from '@forebear/model/event/time';
import type { DerivedProcess } from '@forebear/model/graph/derived';
import type { HistogramAnswer } from '@forebear/model/wire/events';
import type { Completeness } from '@forebear/model/wire/primitives';
import type { SourceGap } from '@forebear/model/wire/sources';

/** The buckets of one histogram: `count` of equal width over [from, to). */
export interface Buckets {
  readonly from: Nanos;
  /** At least 1 ns a bucket. */
  readonly width: bigint;
  readonly count: number;
}

/** Buckets over what is asked, else over what there is; undefined: nothing has a time. */
export function bucketsOver(
  asked: { readonly from?: Nanos; readonly to?: Nanos; readonly buckets: number },
  first: Nanos | undefined,
  last: Nanos | undefined,
): Buckets | undefined {
  const from = asked.from ?? first;
  const to = asked.to ?? (last === undefined ? undefined : nanos(last + 1n));
  if (from === undefined || to === undefined || to <= from) return undefined;
  const count = Math.max(1, Math.floor(asked.buckets));
  const span = to - from;
  const width = (span + BigInt(count) - 1n) / BigInt(count);
  return { from, width: width < 1n ? 1n : width, count };
}

/** Counts events into buckets by class. */
export class HistogramTally {
  readonly #buckets: Buckets | undefined;
  readonly #counts: Record<EventClass, number[]>;

  constructor(buckets: Buckets | undefined) {
    this.#buckets = buckets;
    const empty = () => Array.from({ length: buckets?.count ?? 0 }, () => 0);
    this.#counts = { exec: empty(), network: empty(), dns: empty(), file: empty(), other: empty() };
  }

  add(cls: EventClass, time: Nanos, count = 1): void {
    if (this.#buckets === undefined || time < this.#buckets.from) return;
    this.addAt(cls, Number((time - this.#buckets.from) / this.#buckets.width), count);
  }

  addAt(cls: EventClass, bucket: number, count: number): void {
    const row = this.#counts[cls];
    const known = row[bucket];
    if (known !== undefined) row[bucket] = known + count;
  }

  answer(
    loud: HistogramAnswer['loud'],
    gaps: readonly SourceGap[],
    completeness: Completeness,
  ): HistogramAnswer {
    const buckets = this.#buckets;
    const end =
      buckets === undefined
        ? undefined
        : nanos(buckets.from + buckets.width * BigInt(buckets.count));
    const [exec, network, dns, file, other] = eventClasses.map((cls) => this.#counts[cls]);
    return {
      from: timeTextOf(buckets?.from),
      to: timeTextOf(end),
      widthMs: buckets === undefined ? 0 : Number(buckets.width) / 1e6,
      exec: exec ?? [],
      network: network ?? [],
      dns: dns ?? [],
      file: file ?? [],
      other: other ?? [],
      loud,
      gaps: gaps.map(({ kind, node, from, to, count }) => ({ kind, node, from, to, count })),
      completeness,
    };
  }
}

/** When a loud process became loud: its start, or that of its late image. */
export interface LoudTime {
  readonly time: Nanos;
  readonly ref: string;
}

/** Starts of a part's loud processes that `keep` keeps. */
export function loudTimesOf(
  { derived, ownsProcess }: Part,
  keep: (process: DerivedProcess) => boolean,
): LoudTime[] {
  const times: LoudTime[] = [];
  for (const [index, process] of derived.processes.entries()) {
    if (!process.loud || !ownsProcess(index) || !keep(process)) continue;
    const time = loudTimeOf(process);
    if (time !== undefined) times.push({ time, ref: process.ref });
  }
  return times;
}

/** Where a loud process is marked: at its latest image, which is the one that came late. */
function loudTimeOf({ images, startTime, lateByMs }: DerivedProcess): Nanos | undefined {
  const worst = images.find((image) => image.lateByMs !== undefined && image.lateByMs === lateByMs);
  return worst?.startTime ?? startTime;
}

/** By time, then by ref. */
export function compareLoudTimes(a: LoudTime, b: LoudTime): number {
  const gap = millisBetween(b.time, a.time);
  if (gap !== 0) return gap;
  return a.ref < b.ref ? -1 : Number(a.ref > b.ref);
}
