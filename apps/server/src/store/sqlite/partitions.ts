import type Database from 'better-sqlite3';
import { BulkInsert } from './bulkInsert.ts';
import { unpackPlaces } from './rawBlocks.ts';
import { halvesOf, SeenSet, type TimeSpan } from './seenSet.ts';

/** When the open partition is sealed and the next one begun. */
export interface SealPolicy {
  /** Records after which it is. */
  readonly records: number;
  /** A source that ends seals it if it holds at least this many. */
  readonly atEnd: number;
}

/** The open partition has no indexes: its size bounds what a question scans. */
export const defaultSealPolicy: SealPolicy = { records: 500_000, atEnd: 50_000 };

/** Reads a policy that crossed a thread. Throws for what is none. */
export function sealPolicyOf(value: unknown): SealPolicy {
  if (typeof value === 'object' && value !== null && 'records' in value && 'atEnd' in value) {
    const { records, atEnd } = value;
    if (typeof records === 'number' && typeof atEnd === 'number') return { records, atEnd };
  }
  throw new Error('a writer needs to know when to seal');
}

/** The tables of a partition and their columns. Rows are only ever appended. */
export const partitionTables = {
  events:
    'seq INTEGER PRIMARY KEY, record INTEGER, source INTEGER, kind INTEGER, label INTEGER, time INTEGER, node INTEGER, cluster INTEGER, process INTEGER, subject INTEGER, same INTEGER',
  sockets:
    'seq INTEGER PRIMARY KEY, process INTEGER, kind INTEGER, time INTEGER, protocol INTEGER, source_ip INTEGER, source_port INTEGER, destination_ip INTEGER, destination_port INTEGER, cookie TEXT, bytes_sent INTEGER, bytes_received INTEGER, names INTEGER, name_evidence INTEGER, peer_namespace INTEGER, peer_name INTEGER, peer_workload INTEGER, conversation INTEGER',
  lookups:
    'seq INTEGER PRIMARY KEY, process INTEGER, time INTEGER, response INTEGER, rcode INTEGER, names INTEGER, ips INTEGER, types INTEGER, resolver_ip INTEGER, resolver_port INTEGER',
  exits: 'seq INTEGER PRIMARY KEY, process INTEGER, time INTEGER, code INTEGER, signal INTEGER',
  // One row per address of a DNS answer.
  answers: 'id INTEGER PRIMARY KEY, ip INTEGER, seq INTEGER',
  // One row per face of a process: the first 53 bits of its ref's hash.
  refs: 'process INTEGER PRIMARY KEY, ref INTEGER, pid INTEGER',
} as const;
export type PartitionTable = keyof typeof partitionTables;
const tableNames: readonly PartitionTable[] = [
  'events',
  'sockets',
  'lookups',
  'exits',
  'answers',
  'refs',
];

/** What each table is asked by; built when the partition is sealed, in key order, so that ingest stays flat. */
const sealedIndexes: readonly (readonly [PartitionTable, string, string])[] = [
  ['events', 'process', 'process, time, kind, same, node'],
  ['events', 'time', 'time'],
  ['sockets', 'process', 'process'],
  ['sockets', 'conversation', 'conversation'],
  ['sockets', 'source', 'source_ip, source_port, kind, process'],
  ['sockets', 'destination', 'destination_ip, destination_port, kind, process'],
  ['lookups', 'process', 'process'],
  ['exits', 'process', 'process'],
  ['answers', 'ip', 'ip'],
  ['refs', 'ref', 'ref'],
  ['refs', 'pid', 'pid'],
];

/** The name of a partition's table: `events_3`. The number is ours, never data. */
export function tableOf(table: PartitionTable, partition: number): string {
  return `${table}_${partition}`;
}

interface Row {
  readonly number: number;
  readonly first_seq: number;
  readonly last_seq: number | null;
  readonly first_record: number;
  readonly last_record: number | null;
  readonly first_time: string | null;
  readonly last_time: string | null;
}

interface OpenPartition {
  readonly number: number;
  readonly firstRecord: number;
  readonly inserts: Record<PartitionTable, BulkInsert>;
}

/** The writer's partitions: the open one's inserters, the sets of what was seen, sealing. */
export class Partitions {
  readonly #db: Database.Database;
  /** Hashes of records (duplicates) and senses of events (`sameAs`). */
  readonly hashes = new SeenSet();
  readonly senses = new SeenSet();
  #open: OpenPartition;
  #loaded = new Map<string, BigUint64Array>();

  constructor(db: Database.Database) {
    this.#db = db;
    const rows = db
      .prepare<[], Row>(
        `SELECT number, first_seq, last_seq, first_record, last_record,
           CAST(first_time AS TEXT) AS first_time, CAST(last_time AS TEXT) AS last_time FROM partitions ORDER BY number`,
      )
      .all();
    for (const row of rows) {
      if (row.last_seq === null) continue;
      for (const column of ['hashes', 'senses'] as const) {
        const load = this.#loader(row.number, column);
        this[column].addSealed(load(), load, spanOf(row.first_time, row.last_time));
      }
    }
    this.#loaded.clear();
    const last = rows.at(-1);
    if (last !== undefined && last.last_seq === null) {
      this.#open = {
        number: last.number,
        firstRecord: last.first_record,
        inserts: this.#inserts(last.number),
      };
      this.#recallOpen(last);
    } else {
      this.#open = this.#begin(
        (last?.number ?? 0) + 1,
        (last?.last_seq ?? 0) + 1,
        (last?.last_record ?? 0) + 1,
      );
    }
  }

  get number(): number {
    return this.#open.number;
  }

  get firstRecord(): number {
    return this.#open.firstRecord;
  }

  /** Where to append. */
  get inserts(): Record<PartitionTable, BulkInsert> {
    return this.#open.inserts;
  }

  /** Keeps what a batch added to the open set of senses, so that a restart can read it back. */
  keepSenses(halves: readonly number[]): void {
    if (halves.length === 0) return;
    const bytes = new Uint8Array(Uint32Array.from(halves).buffer);
    this.#db.prepare('INSERT INTO open_senses(halves) VALUES (?)').run(bytes);
  }

  /** Writes out what the inserters hold. */
  flush(): void {
    for (const insert of Object.values(this.#open.inserts)) insert.flush();
  }

  /** Forgets what the inserters hold: rolled back. */
  discard(): void {
    for (const insert of Object.values(this.#open.inserts)) insert.discard();
  }

  /** Indexes the open partition, stores its sets, begins the next. In one transaction of its own; all or nothing. */
  seal(lastSeq: number, lastRecord: number): void {
    const { number } = this.#open;
    const hashes = this.hashes.sorted();
    const senses = this.senses.sorted();
    const { next, span } = this.#db.transaction(() => {
      for (const [table, name, columns] of sealedIndexes) {
        this.#db.exec(
          `CREATE INDEX ${tableOf(table, number)}_${name} ON ${tableOf(table, number)}(${columns})`,
        );
      }
      const times = this.#db
        .prepare<[], { first: string | null; last: string | null }>(
          `SELECT CAST(min(time) AS TEXT) AS first, CAST(max(time) AS TEXT) AS last FROM ${tableOf('events', number)}`,
        )
        .get();
      const sealed = spanOf(times?.first ?? null, times?.last ?? null);
      this.#db
        .prepare(
          'UPDATE partitions SET last_seq = ?, last_record = ?, hashes = ?, senses = ?, first_time = ?, last_time = ? WHERE number = ?',
        )
        .run(
          lastSeq,
          lastRecord,
          bytesOf(hashes),
          bytesOf(senses),
          sealed?.first ?? null,
          sealed?.last ?? null,
          number,
        );
      this.#db.exec('DELETE FROM open_senses');
      return { next: this.#begin(number + 1, lastSeq + 1, lastRecord + 1), span: sealed };
    })();
    this.hashes.seal(hashes, this.#loader(number, 'hashes'), span);
    this.senses.seal(senses, this.#loader(number, 'senses'), span);
    this.#open = next;
  }

  #begin(number: number, firstSeq: number, firstRecord: number): OpenPartition {
    this.#db.transaction(() => {
      for (const table of tableNames) {
        this.#db.exec(`CREATE TABLE ${tableOf(table, number)}(${partitionTables[table]})`);
      }
      this.#db
        .prepare('INSERT INTO partitions(number, first_seq, first_record) VALUES (?, ?, ?)')
        .run(number, firstSeq, firstRecord);
    })();
    return { number, firstRecord, inserts: this.#inserts(number) };
  }

  #inserts(number: number): Record<PartitionTable, BulkInsert> {
    const insert = (table: PartitionTable) =>
      new BulkInsert(
        this.#db,
        tableOf(table, number),
        partitionTables[table].split(', ').map((column) => column.split(' ')[0] ?? ''),
      );
    return {
      events: insert('events'),
      sockets: insert('sockets'),
      lookups: insert('lookups'),
      exits: insert('exits'),
      answers: insert('answers'),
      refs: insert('refs'),
    };
  }

  /** After a restart the open sets are read back from the blocks and events since the last seal. */
  #recallOpen(open: Row): void {
    const blocks = this.#db.prepare<[number], { places: Uint8Array }>(
      'SELECT places FROM raw_blocks WHERE first_record >= ? ORDER BY id',
    );
    for (const { places } of blocks.iterate(open.first_record)) {
      const halves = halvesOf(unpackPlaces(places).hashes);
      for (let at = 0; at < halves.length; at += 2)
        this.hashes.recall(halves[at] ?? 0, halves[at + 1] ?? 0);
    }
    const senses = this.#db.prepare<[], Uint8Array>('SELECT halves FROM open_senses').pluck();
    for (const bytes of senses.iterate()) {
      const halves = new Uint32Array(new Uint8Array(bytes).buffer);
      for (let at = 0; at < halves.length; at += 2)
        this.senses.recall(halves[at] ?? 0, halves[at + 1] ?? 0);
    }
  }

  /** Reads a sealed set back; the last few stay, since duplicates of one file come in a row. */
  #loader(number: number, column: 'hashes' | 'senses'): () => BigUint64Array {
    const key = `${column}${number}`;
    return () => {
      const loaded = this.#loaded.get(key);
      if (loaded !== undefined) return loaded;
      const blob = this.#db
        .prepare<[number], Uint8Array | null>(`SELECT ${column} FROM partitions WHERE number = ?`)
        .pluck()
        .get(number);
      const set =
        blob === undefined || blob === null
          ? new BigUint64Array()
          : new BigUint64Array(new Uint8Array(blob).buffer);
      if (this.#loaded.size >= 4) this.#loaded.clear();
      this.#loaded.set(key, set);
      return set;
    };
  }
}

function spanOf(first: string | null, last: string | null): TimeSpan | undefined {
  return first === null || last === null ? undefined : { first: BigInt(first), last: BigInt(last) };
}

function bytesOf(values: BigUint64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
