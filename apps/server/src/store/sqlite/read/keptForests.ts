interface Sized {
  readonly processes: { readonly length: number };
}

/**
 * Forests by what they were derived from, as many as there is room for: those used longest ago make room. Bounded in
 * processes, and in forests: one without a process takes room too.
 */
export class KeptForests<Forest extends Sized> {
  readonly #maxProcesses: number;
  readonly #maxForests: number;
  readonly #kept = new Map<string, Forest>();
  #processes = 0;

  constructor(maxProcesses: number, maxForests: number) {
    this.#maxProcesses = maxProcesses;
    this.#maxForests = maxForests;
  }

  /** Undefined: none is kept; does not count as use. */
  peek(key: string): Forest | undefined {
    return this.#kept.get(key);
  }

  /** The kept one, or the one made now, which stays whatever its size. */
  keep(key: string, make: () => Forest): Forest {
    const known = this.#kept.get(key);
    const forest = known ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, forest);
    if (known === undefined) this.#processes += forest.processes.length;
    for (const [oldest, { processes }] of this.#kept) {
      const hasRoom = this.#processes <= this.#maxProcesses && this.#kept.size <= this.#maxForests;
      if (hasRoom || oldest === key) break;
      this.#kept.delete(oldest);
      this.#processes -= processes.length;
    }
    return forest;
  }

  clear(): void {
    this.#kept.clear();
    this.#processes = 0;
  }
}
