import type { FactBatch } from '@forebear/model/event/factBatch';
import type { SourceProgress } from '../../ports.ts';
import type { Appended, CaseWriter } from './caseWriter.ts';

/**
 * What shares a commit at most: when it fails, all have to send again. One full batch of an upload, or many small pushes. Four full
 * ones together write a third less (`append.bench.ts`), but the sender then waits for all of that behind the last byte.
 */
const mostRecords = 6_000;
const mostBatches = 64;
/** How long a batch whose source goes on waits for the next. */
const patienceMs = 100;

interface Waiting {
  readonly appended: Appended;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: batches of one case that come together, from one sender or many, are synced to the disk once. Pages that all of
 * them change (indexes above all) are written once, too. Each is answered when it is durable, in order.
 */
export class CommitGroup {
  readonly #writer: CaseWriter;
  #waiting: Waiting[] = [];
  #records = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(writer: CaseWriter) {
    this.#writer = writer;
  }

  /** Resolves when the batch is committed. `goesOn`: its source has more at once, for which the commit may wait a moment. */
  append(
    uuid: string,
    batch: FactBatch,
    progress: SourceProgress,
    goesOn: boolean,
  ): Promise<Appended> {
    let appended: Appended;
    try {
      appended = this.#writer.write(uuid, batch, progress);
    } catch (error) {
      if (!this.#writer.hasWritten) this.#rejectAll(error);
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ appended, resolve, reject });
      this.#records += batch.records.count;
      if (this.#records >= mostRecords || this.#waiting.length >= mostBatches) this.commit();
      else if (goesOn) this.#timer ??= setTimeout(() => this.commit(), patienceMs);
      // Behind the messages that are here already: what is in them joins the group.
      else setImmediate(() => this.commit());
    });
  }

  /** Commits what waits, at once. Whoever waits for it hears of a failure; the caller does not. */
  commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#records = 0;
    try {
      this.#writer.commit();
    } catch (error) {
      this.#rejectAll(error);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { appended, resolve } of waiting) resolve(appended);
  }

  #rejectAll(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(error);
  }
}
