import type { Ledger } from '@forebear/model/wire/primitives';

/** Batches handed to the store and not durable yet: the writer has the next at hand while it commits the last. */
const mostUnderWay = 5;

/** Appends of one source under way, in order; as many as may be, so that nobody waits for every commit. */
export class AppendWindow {
  readonly #added: (ledger: Ledger) => void;
  readonly #failed: (error: unknown) => void;
  readonly #underWay: Promise<Ledger>[] = [];

  /** `added` is told what each append came to, in their order; `failed` at once of one that is rejected. */
  constructor(added: (ledger: Ledger) => void, failed: (error: unknown) => void) {
    this.#added = added;
    this.#failed = failed;
  }

  /** Resolves when the next may come. Rejects when an earlier one has. */
  async take(append: Promise<Ledger>): Promise<void> {
    append.catch(this.#failed);
    this.#underWay.push(append);
    while (this.#underWay.length >= mostUnderWay) await this.#settleFirst();
  }

  /** Resolves when all are durable; rejects with the first that failed. */
  async settle(): Promise<void> {
    while (this.#underWay.length > 0) await this.#settleFirst();
  }

  async #settleFirst(): Promise<void> {
    const first = this.#underWay.shift();
    if (first !== undefined) this.#added(await first);
  }
}
