import type { ArenaShelf } from '../arena/arenaShelf.ts';
import type { HashKey } from '../arena/sipHash.ts';
import type { TakeBytes } from '../event/foldedBytes.ts';
import type { Format } from '../formats/format.ts';

/** How a stream is read. */
export interface IngestOptions {
  /** The source's cluster, used where the log names none. */
  readonly cluster: string;
  /**
   * What identifies a record's bytes in a case: the case's key, under which they are hashed (`sipHash`), or a collision-resistant
   * hash of 64 bits, for cases from before there were keys.
   */
  readonly hash: HashKey | ((bytes: Uint8Array) => bigint);
  /** Index of the member (file in an archive) that the stream is. */
  readonly member?: number;
  /** What the member is called, with the folders of its archive or upload, `/` between them (`Origin.path`); absent: it has no name. */
  readonly path?: string;
  /** Bytes of the member before the stream, a whole line: they were given to the stream before. 0 when absent. */
  readonly startsAt?: number;
  /** The formats to choose from; absent: every registered one. */
  readonly formats?: readonly Format[];
  /** Every record is of this format, in envelopes too; `auto` or absent: of whichever claims it. */
  readonly format?: string;
  /** A batch is handed out when it holds this many records … */
  readonly batchRecords?: number;
  /** … or this many bytes of them. */
  readonly batchBytes?: number;
  readonly maxRecordBytes?: number;
  /**
   * Bytes after which records whose format can read them from their bytes are read so: it takes memory, which a short stream
   * is not worth. Infinity: every record is parsed and decoded, the oracle of tests.
   */
  readonly scansAfter?: number;
  /** How the bytes of a batch's records leave its arena; absent: as a copy. */
  readonly takeBytes?: TakeBytes;
  /** Where its arena comes from, and goes when the stream is closed; absent: it has one of its own. */
  readonly arenas?: ArenaShelf | undefined;
}
