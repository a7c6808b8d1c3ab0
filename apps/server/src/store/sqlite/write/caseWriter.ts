import type { FactBatch } from '@forebear/model/event/factBatch';
import { nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type Database from 'better-sqlite3';
import { ledgerOf } from '../../ledger.ts';
import type { Change, NewSource, SourceEnd, SourceProgress } from '../../ports.ts';
import { pushMemoryNs } from '../../pushMemory.ts';
import { openWriter } from '../layout/open.ts';
import { migrate } from '../layout/schema.ts';
import { storedJson } from '../layout/storedJson.ts';
import { writeBatch } from './batchWriter.ts';
import { CaseTables } from './caseTables.ts';
import type { Undo } from './eventWriter.ts';
import { defaultSealPolicy, type SealPolicy } from './partitions.ts';

/** What an append did: for the ledger and for whoever watches. */
export interface Appended {
  readonly ledger: Ledger;
  readonly change: Change;
}

/**
 * The only writer of one case's file. Synchronous: it lives in the writer's thread. Every method is one transaction, but for
 * `write`, which several batches may share until `commit`; when one throws, nothing of it is in, in the file or in memory.
 */
export class CaseWriter {
  readonly #db: Database.Database;
  readonly #tables: CaseTables;
  readonly #policy: SealPolicy;
  /** What the batches written since the last commit would have to take back; undefined: there are none. */
  #written: Undo[] | undefined;
  /** Memory is not what the file says: that could not be read when a batch was taken back. Nothing is written or sealed before. */
  #isStale = false;
  /** Why the last sealing failed, until somebody has been told. */
  #unsealed: Error | undefined;
  #seq: number;
  #version: number;
  /** Of the last commit. */
  #committed: { readonly seq: number; readonly version: number };

  /** Opens or creates the file; sources that a crash left open become `interrupted`. */
  constructor(path: string, policy: SealPolicy = defaultSealPolicy) {
    this.#policy = policy;
    this.#db = openWriter(path);
    migrate(this.#db);
    this.#tables = new CaseTables(this.#db);
    this.#seq = this.#lastSeq();
    this.#version = this.#readVersion();
    this.#committed = { seq: this.#seq, version: this.#version };
    this.#tables.partitions.sealEarlier(this.#seq, this.#tables.records.last);
    if (this.#tables.sources.hasOpen()) this.#alone(() => this.#tables.sources.interruptOpen());
  }

  /** Of the facts that are committed. */
  get version(): number {
    return this.#committed.version;
  }

  /** The secret under which this case's records are hashed; undefined: it was made before there were keys. */
  get recordKey(): Uint8Array | undefined {
    const key = this.#db.prepare("SELECT value FROM meta WHERE key = 'record_key'").pluck().get();
    return key instanceof Uint8Array ? new Uint8Array(key) : undefined;
  }

  begin(source: NewSource): Source | undefined {
    return this.#alone(() => this.#tables.sources.begin(source));
  }

  end(uuid: string, end: SourceEnd): Source | undefined {
    return this.#alone(() => this.#tables.sources.end(uuid, end));
  }

  /** What may wait until nobody does: seals what a source has left open. */
  tidy(): void {
    this.commit();
    this.#sealFrom(this.#policy.atEnd);
    // Pages are held for what comes next: nothing may for long.
    this.#db.pragma('shrink_memory');
  }

  /** One batch in a transaction of its own. */
  append(uuid: string, batch: FactBatch, progress: SourceProgress): Appended {
    const appended = this.write(uuid, batch, progress);
    this.commit();
    return appended;
  }

  /** Whether batches are written that are not committed yet: none, when an error took them with it. */
  get hasWritten(): boolean {
    return this.#written !== undefined;
  }

  /**
   * One batch, kept with `commit`, together with those before and behind it. When it throws, nothing of this batch is in; those
   * before it are, unless the database had to give up all (`hasWritten`).
   */
  write(uuid: string, batch: FactBatch, progress: SourceProgress): Appended {
    const undo: Undo = { hashes: [], senses: [] };
    const tables = this.#tables;
    const version = this.#version + 1;
    this.#tellUnsealed();
    if (this.#isStale) this.#reload();
    if (this.#written === undefined) {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#written = [];
    }
    try {
      // Within the transaction begun above: a savepoint.
      const { written, pods } = this.#db.transaction(() => {
        const source = tables.sources.rowOf(uuid);
        const taken = writeBatch(tables, batch, source, this.#seq, undo);
        tables.sources.advance(uuid, progress, taken);
        return { written: taken, pods: tables.pods.flush() };
      })();
      const { tally, newest, seq } = written;
      this.#written.push(undo);
      this.#seq = seq;
      this.#version = version;
      const ledger = ledgerOf(tally);
      const newestTime = newest === undefined ? undefined : nanos(newest);
      return { ledger, change: { version, sourceId: uuid, added: ledger, pods, newestTime } };
    } catch (error) {
      if (!this.#db.inTransaction || this.#written.length === 0) this.#giveUp(undo);
      else this.#takeBack([undo]);
      throw error;
    }
  }

  /** Keeps what was written since the last one. When it throws, nothing of that is in. */
  commit(): void {
    if (this.#written === undefined) return;
    try {
      this.#keepVersion(this.#version);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#giveUp();
      throw error;
    }
    this.#written = undefined;
    this.#committed = { seq: this.#seq, version: this.#version };
    this.#sealFrom(this.#policy.records);
  }

  rememberPush(key: string, bodyHash: string, ledger: Ledger, now: bigint): void {
    this.commit();
    this.#db.prepare('DELETE FROM pushes WHERE at < ?').run(now - pushMemoryNs);
    this.#db
      .prepare('INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?)')
      .run(key, bodyHash, JSON.stringify(ledger), now);
  }

  recallPush(key: string, now: bigint): { bodyHash: string; ledger: Ledger } | undefined {
    const row = this.#db
      .prepare<[string, bigint], { body_hash: string; ledger: string }>(
        'SELECT body_hash, ledger FROM pushes WHERE key = ? AND at >= ?',
      )
      .get(key, now - pushMemoryNs);
    return row === undefined
      ? undefined
      : { bodyHash: row.body_hash, ledger: storedJson.ledger(row.ledger) };
  }

  close(): void {
    this.commit();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  /** All that was written since the last commit, out of the file and out of memory, and the batch that failed. */
  #giveUp(...failed: Undo[]): void {
    const written = [...(this.#written ?? []), ...failed];
    this.#written = undefined;
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    this.#seq = this.#committed.seq;
    this.#version = this.#committed.version;
    this.#takeBack(written);
  }

  /** Batches that were rolled back, out of memory. */
  #takeBack(batches: readonly Undo[]): void {
    const { partitions } = this.#tables;
    partitions.hashes.remove(batches.flatMap(({ hashes }) => hashes));
    partitions.senses.remove(batches.flatMap(({ senses }) => senses));
    this.#isStale = true;
    try {
      this.#reload();
    } catch {
      // What made the batch fail is what its sender hears; the next one tries to read again.
    }
  }

  /** Throws when the file cannot be read. */
  #reload(): void {
    this.#tables.reload();
    this.#isStale = false;
  }

  /**
   * Seals the open partition when it is large enough. When it fails, that is no reason to refuse what is committed: the partition
   * stays open, and the next batch tries again; unless the disk is full, one is refused to say why.
   */
  #sealFrom(records: number): void {
    const { partitions, records: writer } = this.#tables;
    if (this.#isStale || writer.last - partitions.firstRecord + 1 < records) return;
    try {
      partitions.seal(this.#seq, writer.last);
    } catch (error) {
      if (isDiskFull(error)) return;
      this.#unsealed = error instanceof Error ? error : new Error(String(error));
    }
  }

  #tellUnsealed(): void {
    const error = this.#unsealed;
    this.#unsealed = undefined;
    if (error !== undefined) throw error;
  }

  /** What was written is committed first: a transaction of its own. */
  #alone<T>(work: () => T): T {
    this.commit();
    const version = this.#version + 1;
    const result = this.#db
      .transaction(() => {
        const value = work();
        this.#keepVersion(version);
        return value;
      })
      .immediate();
    this.#version = version;
    this.#committed = { seq: this.#seq, version };
    return result;
  }

  #keepVersion(version: number): void {
    this.#db.prepare("INSERT OR REPLACE INTO meta VALUES ('version', ?)").run(version);
  }

  #readVersion(): number {
    return Number(
      this.#db.prepare("SELECT value FROM meta WHERE key = 'version'").pluck().get() ?? 0,
    );
  }

  #lastSeq(): number {
    return Number(
      this.#db
        .prepare(
          'SELECT coalesce((SELECT last_seq FROM open_rows ORDER BY id DESC LIMIT 1), (SELECT max(last_seq) FROM partitions), 0)',
        )
        .pluck()
        .get(),
    );
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
