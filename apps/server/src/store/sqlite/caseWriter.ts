import type { FactBatch } from '@forebear/model/event/factBatch';
import { nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type Database from 'better-sqlite3';
import { ledgerOf } from '../ledger.ts';
import type { Change, NewSource, SourceEnd, SourceProgress } from '../ports.ts';
import { writeBatch } from './batchWriter.ts';
import { CaseTables } from './caseTables.ts';
import type { Undo } from './eventWriter.ts';
import { openWriter } from './open.ts';
import { defaultSealPolicy, type SealPolicy } from './partitions.ts';
import { migrate } from './schema.ts';
import { storedJson } from './storedJson.ts';

/** What an append did: for the ledger and for whoever watches. */
export interface Appended {
  readonly ledger: Ledger;
  readonly change: Change;
}

const dayNs = 86_400_000_000_000n;

/**
 * The only writer of one case's file. Synchronous: it lives in the writer's thread. Every method is one
 * transaction; when one throws, nothing of it is in, in the file or in memory.
 */
export class CaseWriter {
  readonly #db: Database.Database;
  readonly #tables: CaseTables;
  readonly #policy: SealPolicy;
  #seq: number;
  #version: number;

  /** Opens or creates the file; sources that a crash left open become `interrupted`. */
  constructor(path: string, policy: SealPolicy = defaultSealPolicy) {
    this.#policy = policy;
    this.#db = openWriter(path);
    migrate(this.#db);
    this.#tables = new CaseTables(this.#db);
    this.#seq = this.#lastSeq();
    this.#version = this.#readVersion();
    this.#tables.partitions.sealEarlier(this.#seq, this.#tables.records.last);
    if (this.#tables.sources.hasOpen()) this.#commit(() => this.#tables.sources.interruptOpen());
  }

  get version(): number {
    return this.#version;
  }

  /** The secret under which this case's records are hashed; undefined: it was made before there were keys. */
  get recordKey(): Uint8Array | undefined {
    const key = this.#db.prepare("SELECT value FROM meta WHERE key = 'record_key'").pluck().get();
    return key instanceof Uint8Array ? new Uint8Array(key) : undefined;
  }

  begin(source: NewSource): Source | undefined {
    return this.#commit(() => this.#tables.sources.begin(source)).result;
  }

  end(uuid: string, end: SourceEnd): Source | undefined {
    return this.#commit(() => this.#tables.sources.end(uuid, end)).result;
  }

  /** What may wait until nobody does: seals what a source has left open. */
  tidy(): void {
    this.#sealFrom(this.#policy.atEnd);
  }

  append(uuid: string, batch: FactBatch, progress: SourceProgress): Appended {
    const { written, pods, version } = this.#commitBatch(uuid, batch, progress);
    const { tally, newest, seq } = written;
    this.#seq = seq;
    this.#sealFrom(this.#policy.records);
    const ledger = ledgerOf(tally);
    const newestTime = newest === undefined ? undefined : nanos(newest);
    return { ledger, change: { version, sourceId: uuid, added: ledger, pods, newestTime } };
  }

  rememberPush(key: string, bodyHash: string, ledger: Ledger, now: bigint): void {
    this.#db.prepare('DELETE FROM pushes WHERE at < ?').run(now - dayNs);
    this.#db
      .prepare('INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?)')
      .run(key, bodyHash, JSON.stringify(ledger), now);
  }

  recallPush(key: string, now: bigint): { bodyHash: string; ledger: Ledger } | undefined {
    const row = this.#db
      .prepare<[string, bigint], { body_hash: string; ledger: string }>(
        'SELECT body_hash, ledger FROM pushes WHERE key = ? AND at >= ?',
      )
      .get(key, now - dayNs);
    return row === undefined
      ? undefined
      : { bodyHash: row.body_hash, ledger: storedJson.ledger(row.ledger) };
  }

  close(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  #commitBatch(uuid: string, batch: FactBatch, progress: SourceProgress) {
    const undo: Undo = { hashes: [], senses: [] };
    const tables = this.#tables;
    try {
      const { result, version } = this.#commit(() => {
        const source = tables.sources.rowOf(uuid);
        const written = writeBatch(tables, batch, source, this.#seq, undo);
        tables.sources.advance(uuid, progress, written);
        return { written, pods: tables.pods.flush() };
      });
      return { ...result, version };
    } catch (error) {
      tables.partitions.hashes.remove(undo.hashes);
      tables.partitions.senses.remove(undo.senses);
      tables.reload();
      throw error;
    }
  }

  /**
   * Seals the open partition when it is large enough. A full disk is no reason to refuse what is committed: the partition
   * stays open, and the next batch tries again.
   */
  #sealFrom(records: number): void {
    const { partitions, records: writer } = this.#tables;
    if (writer.last - partitions.firstRecord + 1 < records) return;
    try {
      partitions.seal(this.#seq, writer.last);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }

  #commit<T>(work: () => T): { result: T; version: number } {
    const version = this.#version + 1;
    const result = this.#db
      .transaction(() => {
        const value = work();
        this.#db.prepare("INSERT OR REPLACE INTO meta VALUES ('version', ?)").run(version);
        return value;
      })
      .immediate();
    this.#version = version;
    return { result, version };
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
