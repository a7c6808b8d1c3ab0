import type { Nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import { freeBatch, type PackedBatch, unpackBatch } from '../../../crossing/packedBatch.ts';
import type { NewSource, SourceEnd, SourceProgress } from '../../ports.ts';
import { type Appended, CaseWriter } from '../write/caseWriter.ts';
import { CommitGroup } from '../write/commitGroup.ts';
import type { SealPolicy } from '../write/partitions.ts';

/** What a case says of itself when it is opened. */
export interface OpenedCase {
  readonly version: number;
  readonly recordKey: Uint8Array | undefined;
}

interface OpenWriter {
  readonly writer: CaseWriter;
  readonly group: CommitGroup;
}

/** What the writer's thread offers. Cases are named by the path of their file. */
export class WriterCalls {
  readonly #writers = new Map<string, OpenWriter>();
  readonly #policy: SealPolicy;

  constructor(policy: SealPolicy) {
    this.#policy = policy;
  }

  /** Opens a case, making it when there is none; answers the version of its facts and the key of its records. */
  open(path: string): OpenedCase {
    let open = this.#writers.get(path);
    if (open === undefined) {
      const writer = new CaseWriter(path, this.#policy);
      open = { writer, group: new CommitGroup(writer) };
      this.#writers.set(path, open);
    }
    const { version, recordKey } = open.writer;
    return { version, recordKey };
  }

  close(path: string): void {
    const open = this.#writers.get(path);
    this.#writers.delete(path);
    open?.group.commit();
    open?.writer.close();
  }

  closeAll(): void {
    for (const path of this.#writers.keys()) this.close(path);
  }

  begin(path: string, source: NewSource): { source: Source | undefined; version: number } {
    const writer = this.#settled(path);
    return { source: writer.begin(source), version: writer.version };
  }

  append(
    path: string,
    uuid: string,
    batch: PackedBatch,
    progress: SourceProgress,
    goesOn: boolean,
  ): Promise<Appended> {
    try {
      return this.#openOf(path).group.append(uuid, unpackBatch(batch), progress, goesOn);
    } finally {
      freeBatch(batch);
    }
  }

  end(path: string, uuid: string, end: SourceEnd): { source: Source | undefined; version: number } {
    const writer = this.#settled(path);
    const ended = { source: writer.end(uuid, end), version: writer.version };
    // After the answer: what was committed is all there, whether indexed or not.
    setImmediate(() => {
      if (this.#writers.has(path)) this.#settled(path).tidy();
    });
    return ended;
  }

  rememberPush(path: string, key: string, bodyHash: string, ledger: Ledger, now: Nanos): void {
    this.#settled(path).rememberPush(key, bodyHash, ledger, now);
  }

  recallPush(path: string, key: string, now: Nanos) {
    return this.#settled(path).recallPush(key, now);
  }

  /** The writer with nothing left to commit: what follows is behind all that came before. */
  #settled(path: string): CaseWriter {
    const { group, writer } = this.#openOf(path);
    group.commit();
    return writer;
  }

  #openOf(path: string): OpenWriter {
    const open = this.#writers.get(path);
    if (open === undefined) throw new Error('this case is closed');
    return open;
  }
}
