import type { Arena } from '../arena/arena.ts';
import { ArenaRows } from '../event/arenaRows.ts';
import { ArenaStrings } from '../event/arenaStrings.ts';
import { EmittedSightings } from '../event/emittedSightings.ts';
import type { FactBatch } from '../event/factBatch.ts';
import { FactBatchBuilder } from '../event/factBatchBuilder.ts';
import type { TakeBytes } from '../event/foldedBytes.ts';
import type { IngestOptions } from './ingestOptions.ts';

const BATCH_RECORDS = 16_384;
/** Below what allocators hand back to the system at once, so that the next batch finds its memory at hand. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** The first batch is small, so that whoever waits for it begins early; each one may be twice the last. */
const FIRST_BATCH_BYTES = 1024 * 1024;

/** The batches of one stream: the one that is being filled, and those that wait to be handed out. */
export class Batches {
  builder: FactBatchBuilder;
  /** Bytes of records in batches before the one being filled. */
  handedOut = 0;
  /** How much the one being filled may hold. */
  readonly mostRecords: number;
  mostBytes: number;
  readonly #cluster: string;
  readonly #limit: number;
  readonly #take: TakeBytes | undefined;
  readonly #emitted = new EmittedSightings();
  #strings: ArenaStrings | undefined;
  #rows: ArenaRows | undefined;
  #ready: FactBatch[] = [];

  constructor({ cluster, batchRecords, batchBytes, takeBytes }: IngestOptions) {
    this.#cluster = cluster;
    this.#take = takeBytes;
    this.#limit = batchBytes ?? BATCH_BYTES;
    this.mostRecords = batchRecords ?? BATCH_RECORDS;
    this.mostBytes = Math.min(this.#limit, FIRST_BATCH_BYTES);
    this.builder = this.#newBuilder();
  }

  /** From now on batches are filled in an arena. What is decoded so far has its rows and strings elsewhere. */
  fillIn(arena: Arena): void {
    this.finish();
    this.#strings = new ArenaStrings(arena);
    this.#rows = new ArenaRows(arena, this.#cluster, this.#take);
    this.builder = this.#newBuilder();
  }

  /** Ends the batch when it is full: to be asked after each record. */
  finishFull(): void {
    const { recordCount, rawBytes, isFull } = this.builder;
    if (recordCount >= this.mostRecords || rawBytes >= this.mostBytes || isFull) this.#next();
  }

  /** Ends the batch unless nothing is in it. */
  finish(): void {
    if (this.builder.recordCount > 0 || this.builder.blankCount > 0) this.#next();
  }

  /** Hands out what is finished. */
  takeReady(): FactBatch[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #next(): void {
    this.mostBytes = Math.min(this.#limit, this.mostBytes * 2);
    this.handedOut += this.builder.rawBytes;
    this.#ready.push(this.builder.finish());
    this.builder = this.#newBuilder();
  }

  #newBuilder(): FactBatchBuilder {
    const emitted = this.#emitted;
    return new FactBatchBuilder(this.#cluster, emitted, this.handedOut, this.#strings, this.#rows);
  }
}
