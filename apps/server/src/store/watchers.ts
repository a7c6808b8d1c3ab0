import type { Change } from './ports.ts';

/** Who is told of each commit. A listener that throws is a bug and hides nothing from the others. */
export class Watchers {
  readonly #listeners = new Set<(change: Change) => void>();

  add(listener: (change: Change) => void): () => void {
    const own = (change: Change): void => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
