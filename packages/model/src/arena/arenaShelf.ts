import { Arena } from './arena.ts';

/**
 * Arenas that streams are done with, for the next ones. A new one costs more than its memory: the engine has compiled the readers
 * for the functions of the last one, and would have to learn another's.
 */
export class ArenaShelf {
  readonly #most: number;
  readonly #free: Arena[] = [];

  /** `most`: how many are kept; some 45 MiB each. */
  constructor(most: number) {
    this.#most = most;
  }

  /** One that holds nothing. */
  take(): Arena {
    return this.#free.pop() ?? new Arena();
  }

  /**
   * Puts one back, once; whoever read in it looks at it no more. Clearing it touches all that was reserved, so that even after a
   * short stream it takes the whole of its memory.
   */
  put(arena: Arena): void {
    if (this.#free.includes(arena)) throw new Error('this arena is here already');
    if (this.#free.length >= this.#most) return;
    arena.clear();
    this.#free.push(arena);
  }
}
