import { type ExitFact, type ProcessFact, processKey } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import type { Place, Places } from '../identity/places.ts';
import { compareBig, compareText, later } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import { isSameBinary } from './spelledGroup.ts';

/** An image that an agent with ids of its own reported: what the records of other agents may mean. */
export interface KnownImage {
  readonly id: string;
  readonly dialect: ProcessFact['dialect'];
  readonly place: Place;
  readonly pid: number;
  /** Reported, else computed from the id and the boot, to the second. */
  readonly start: Nanos;
  readonly startReported: boolean;
  /** Empty: not known. */
  readonly binary: string;
  readonly arguments: string;
  readonly end: Nanos | undefined;
}

const SECOND = 1_000_000_000n;
/** A pid has few images in one second; looking at more of them finds nobody. */
const MOST_STEPS = 64;

/** The images of agents with ids of their own, by node and pid, oldest first. */
export class KnownImages {
  readonly #byPid = new Map<string, KnownImage[]>();

  constructor(facts: readonly ProcessFact[], exits: readonly ExitFact[], places: Places) {
    const ends = new Map<string, Nanos>();
    for (const { process, time } of exits) {
      const latest = later(ends.get(process), time);
      if (latest !== undefined) ends.set(process, latest);
    }
    const best = new Map<string, KnownImage & { readonly rank: number }>();
    for (const fact of facts) {
      const image = imageOf(fact, places, ends);
      if (image === undefined) continue;
      const key = `${image.place.cluster}\0${image.place.node}\0${fact.id}`;
      const known = best.get(key);
      if (known === undefined || isBetter(image, known)) best.set(key, image);
    }
    for (const image of best.values()) {
      const key = keyOf(image.place, image.pid);
      const known = this.#byPid.get(key);
      if (known === undefined) this.#byPid.set(key, [image]);
      else known.push(image);
    }
    for (const images of this.#byPid.values()) {
      images.sort((a, b) => compareBig(a.start, b.start) || compareText(a.id, b.id));
    }
  }

  /** Those of one pid, oldest first. */
  ofPid(place: Place, pid: number): readonly KnownImage[] {
    return this.#byPid.get(keyOf(place, pid)) ?? [];
  }

  /**
   * The image of that pid that was there within [from, to) and runs that binary (empty: whichever): the last of them, and none
   * when a later one took the pid before.
   */
  aliveAt(
    place: Place,
    pid: number,
    binary: string,
    from: Nanos,
    to: Nanos,
  ): KnownImage | undefined {
    const images = this.ofPid(place, pid);
    // A start that was computed is good to the second.
    const last = countBefore(images, to + SECOND) - 1;
    for (let index = last; index >= 0 && index > last - MOST_STEPS; index -= 1) {
      const image = images[index];
      if (image === undefined || image.start - (image.startReported ? 0n : SECOND) >= to) continue;
      const next = images[index + 1];
      if (next !== undefined && next.start <= from) return undefined;
      if (image.end !== undefined && image.end + SECOND < from) return undefined;
      if (binary === '' || image.binary === '' || isSameBinary(image.binary, binary)) return image;
    }
    return undefined;
  }
}

/** How many of the images, which are in order of their starts, began before. */
function countBefore(images: readonly KnownImage[], time: bigint): number {
  return partitionPoint(images.length, (index) => (images[index]?.start ?? 0n) < time);
}

function imageOf(
  fact: ProcessFact,
  places: Places,
  ends: ReadonlyMap<string, Nanos>,
): (KnownImage & { readonly rank: number }) | undefined {
  const { pid } = fact;
  if (pid === undefined || pid === 0) return undefined;
  const place = places.place(fact.cluster, fact.node);
  const start = fact.startTime ?? computedStart(fact, places, place);
  if (start === undefined) return undefined;
  return {
    id: fact.id,
    dialect: fact.dialect,
    place,
    pid,
    start,
    startReported: fact.startTime !== undefined,
    binary: fact.binary ?? '',
    arguments: fact.arguments ?? '',
    end: ends.get(processKey(fact)) ?? ends.get(processKey({ ...fact, cluster: place.cluster })),
    rank: fact.rank,
  };
}

/** Of a process that only an id names; a node that booted twice does not tell which boot. */
function computedStart({ ktime }: ProcessFact, places: Places, place: Place): Nanos | undefined {
  const { epochs } = places.node(place);
  const boot = epochs.count === 1 ? epochs.bootOf(0) : undefined;
  return ktime === undefined || boot === undefined ? undefined : nanos(boot + ktime);
}

function isBetter(
  a: KnownImage & { readonly rank: number },
  b: KnownImage & { readonly rank: number },
): boolean {
  if (a.startReported !== b.startReported) return a.startReported;
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.start !== b.start) return a.start > b.start;
  return a.binary === b.binary ? a.arguments > b.arguments : a.binary > b.binary;
}

function keyOf({ cluster, node }: Place, pid: number): string {
  return `${cluster}\0${node}\0${pid}`;
}
