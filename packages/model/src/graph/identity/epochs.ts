import type { ProcessFact } from '../../event/facts.ts';
import { floorDivide, type Nanos, nanos } from '../../event/time.ts';
import { partitionPoint } from '../partitionPoint.ts';

const SECOND = 1_000_000_000n;
/** Boot times further apart than this belong to two boots (semantics, Identity). */
const GAP_SECONDS = 60;

/** The whole second at which a process says its node booted: start minus ktime, rounded down. */
export function bootSecondOf(fact: Pick<ProcessFact, 'startTime' | 'ktime'>): number | undefined {
  if (fact.startTime === undefined || fact.ktime === undefined) return undefined;
  return Number(floorDivide(fact.startTime - fact.ktime, SECOND));
}

/** The boots of one node, oldest first; boot `k` is epoch `k`. */
export class Epochs {
  readonly #firstSeconds: number[] = [];

  /** `seconds`: every boot second that anybody reported of the node, in any order. */
  constructor(seconds: Iterable<number>) {
    const ordered = [...new Set(seconds)].sort((a, b) => a - b);
    let last: number | undefined;
    for (const second of ordered) {
      if (last === undefined || second - last > GAP_SECONDS) this.#firstSeconds.push(second);
      last = second;
    }
  }

  get count(): number {
    return this.#firstSeconds.length;
  }

  /** The epoch of a boot second that the node reported. */
  ofBootSecond(second: number): number {
    const begun = partitionPoint(
      this.#firstSeconds.length,
      (epoch) => (this.#firstSeconds[epoch] ?? 0) <= second,
    );
    return Math.max(0, begun - 1);
  }

  /** The boot during which a moment lies: the latest that began before it, else the first. */
  ofTime(time: Nanos): number {
    return this.ofBootSecond(Number(floorDivide(time, SECOND)));
  }

  /** When the epoch began, to the second; undefined when nobody reported a boot. */
  bootOf(epoch: number): Nanos | undefined {
    const second = this.#firstSeconds[epoch];
    return second === undefined ? undefined : nanos(BigInt(second) * SECOND);
  }
}

/** No boot reported: one epoch, of unknown beginning. */
export const noEpochs = new Epochs([]);
