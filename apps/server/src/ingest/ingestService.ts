import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type { ProgressEvent } from '@forebear/model/wire/stream';
import type { Answer } from '../store/ports.ts';

/** One log on its way in: any size, any compression, in one request body, file or pipe. */
export interface Upload {
  readonly case: string;
  /** The client's UUID, so that it can follow and cancel; ours when it gave none. */
  readonly id: string | undefined;
  readonly name: string;
  readonly kind: Source['kind'];
  /** The source's cluster, used where the log names none. */
  readonly cluster: string;
  /** A format id, or `auto`. */
  readonly format: string;
  readonly bytesExpected: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** The body's chunks are given away: a stream's are. Nobody may read them again. */
  readonly ownsChunks?: boolean;
}

/** One batch of records that an agent pushed. */
export interface Push {
  readonly case: string;
  readonly sender: string;
  readonly cluster: string;
  /** A format id, or `auto`. */
  readonly format: string;
  readonly idempotencyKey: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes in, committed facts out; the one way into a store. */
export interface IngestService {
  /**
   * Resolves after the last commit, to the source in its end state. A body that breaks off ends `interrupted`;
   * what came before is in. `not_a_log` when nothing in it could be understood: what was found is in the details.
   */
  upload(upload: Upload): Promise<Answer<Source>>;
  /** Resolves after commit. `saturated` when too much is waiting; nothing of it is in then. */
  push(push: Push): Promise<Answer<Ledger>>;
  /** Stops taking; what is in stays. `unknown_source`, `source_finished`. */
  cancel(caseName: string, sourceId: string): Promise<Answer<Source>>;
  /** Called as sources move, at most four times a second each and once at the end. */
  watch(listener: (caseName: string, progress: ProgressEvent) => void): () => void;
  /** Cancels what runs, waits for its last commit. */
  close(): Promise<void>;
}
