import type { Nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import { freeBatch, type PackedBatch, unpackBatch } from '../packedBatch.ts';
import type { NewSource, SourceEnd, SourceProgress } from '../ports.ts';
import { type Appended, CaseWriter } from './caseWriter.ts';
import type { SealPolicy } from './partitions.ts';

/** What a case says of itself when it is opened. */
export interface OpenedCase {
  readonly version: number;
  readonly recordKey: Uint8Array | undefined;
}

/** What the writer's thread offers. Cases are named by the path of their file. */
export class WriterCalls {
  readonly #writers = new Map<string, CaseWriter>();
  readonly #policy: SealPolicy;

  constructor(policy: SealPolicy) {
    this.#policy = policy;
  }

  /** Opens a case, making it when there is none; answers the version of its facts and the key of its records. */
  open(path: string): OpenedCase {
    let writer = this.#writers.get(path);
    if (writer === undefined) {
      writer = new CaseWriter(path, this.#policy);
      this.#writers.set(path, writer);
    }
    const { version, recordKey } = writer;
    return { version, recordKey };
  }

  close(path: string): void {
    this.#writers.get(path)?.close();
    this.#writers.delete(path);
  }

  closeAll(): void {
    for (const path of this.#writers.keys()) this.close(path);
  }

  begin(path: string, source: NewSource): { source: Source | undefined; version: number } {
    const writer = this.#writerOf(path);
    return { source: writer.begin(source), version: writer.version };
  }

  append(path: string, uuid: string, batch: PackedBatch, progress: SourceProgress): Appended {
    try {
      return this.#writerOf(path).append(uuid, unpackBatch(batch), progress);
    } finally {
      freeBatch(batch);
    }
  }

  end(path: string, uuid: string, end: SourceEnd): { source: Source | undefined; version: number } {
    const writer = this.#writerOf(path);
    const ended = { source: writer.end(uuid, end), version: writer.version };
    // After the answer: what was committed is all there, whether indexed or not.
    setImmediate(() => this.#writers.get(path)?.tidy());
    return ended;
  }

  rememberPush(path: string, key: string, bodyHash: string, ledger: Ledger, now: Nanos): void {
    this.#writerOf(path).rememberPush(key, bodyHash, ledger, now);
  }

  recallPush(path: string, key: string, now: Nanos) {
    return this.#writerOf(path).recallPush(key, now);
  }

  #writerOf(path: string): CaseWriter {
    const writer = this.#writers.get(path);
    if (writer === undefined) throw new Error('this case is closed');
    return writer;
  }
}
