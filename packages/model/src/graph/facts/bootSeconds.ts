import { partitionPoint } from '../partitionPoint.ts';

/** Boots of one node beyond this many are not told apart any more: no machine restarts so often in one case. */
export const maxBootSeconds = 4_096;

/**
 * The boot seconds of one node: the smallest `maxBootSeconds` of all that were ever added, ascending. Which those are
 * depends on nothing but what was added: what has made room never comes back.
 */
export class BootSeconds {
  readonly #seconds: number[] = [];

  constructor(seconds: Iterable<number> = []) {
    for (const second of seconds) this.add(second);
  }

  /** Answers whether this changed anything. */
  add(second: number): boolean {
    const seconds = this.#seconds;
    const at = this.#placeOf(second);
    if (seconds[at] === second || at >= maxBootSeconds) return false;
    seconds.splice(at, 0, second);
    if (seconds.length > maxBootSeconds) seconds.pop();
    return true;
  }

  /** Ascending, each once. */
  list(): readonly number[] {
    return [...this.#seconds];
  }

  /** Where the first second stands that is not smaller. */
  #placeOf(second: number): number {
    return partitionPoint(
      this.#seconds.length,
      (index) => (this.#seconds[index] ?? second) < second,
    );
  }
}
