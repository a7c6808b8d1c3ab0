import type Database from 'better-sqlite3';
import { type Habitat, selectHabitat } from '../layout/habitat.ts';
import type { Marks } from '../layout/marks.ts';
import { openReader } from '../layout/open.ts';
import { unpackRows } from '../layout/openRows.ts';
import { type PartitionTable, tableOf } from '../layout/partitionTables.ts';
import { OpenTables } from './openTables.ts';

/** Texts remembered between questions. */
const maxTexts = 300_000;
/** Habitats remembered between questions: most cases have some hundred. */
const maxHabitats = 20_000;
const maxStatements = 500;

/** One partition as questions need it. Open: its tables have no indexes, and no times. */
export interface PartitionRow {
  readonly number: number;
  readonly firstSeq: number;
  readonly isSealed: boolean;
  readonly firstTime: bigint | undefined;
  readonly lastTime: bigint | undefined;
}

/** A reader's connection with what every question needs: texts by id, partitions, statements kept. */
export class CaseDb {
  readonly db: Database.Database;
  readonly #texts = new Map<number, string>([[0, '']]);
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  readonly #selectText: Database.Statement<[number], string>;
  readonly #habitats = new Map<number, Habitat>();
  readonly #selectHabitat: Database.Statement<[number], Habitat>;
  readonly #open: OpenTables;
  #isOpenCurrent = false;
  #partitions: readonly PartitionRow[] = [];
  #version = -1;
  #facts = '';
  #lastSeq = 0;

  constructor(path: string) {
    this.db = openReader(path);
    this.#open = new OpenTables(this.db);
    // As the filters compare: `lower` and `LIKE` of SQLite know the letters of ASCII alone.
    this.db.function('holds', { deterministic: true }, (text: unknown, word: unknown) =>
      Number(String(text).toLowerCase().includes(String(word))),
    );
    this.#selectText = this.db
      .prepare<[number], string>('SELECT text FROM strings WHERE id = ?')
      .pluck();
    this.#selectHabitat = this.db.prepare<[number], Habitat>(selectHabitat);
  }

  /** Runs a question on one snapshot: everything it reads is of one version. */
  snapshot<T>(question: () => T): T {
    if (this.db.inTransaction) return question();
    this.#isOpenCurrent = false;
    try {
      return this.#inSnapshot(question);
    } catch (error) {
      // What the question unfolded was rolled back with it.
      this.#open.drop();
      throw error;
    }
  }

  #inSnapshot<T>(question: () => T): T {
    return this.db.transaction(() => {
      this.#version = Number(
        this.db.prepare("SELECT value FROM meta WHERE key = 'version'").pluck().get() ?? 0,
      );
      this.#facts = String(
        this.db
          .prepare(
            "SELECT coalesce(sum(stored + quarantined + skipped), 0) || ' ' || coalesce(sum(events), 0) FROM sources",
          )
          .pluck()
          .get(),
      );
      this.#partitions = this.#readPartitions();
      this.#open.leaveOthers(this.#partitions.at(-1)?.number ?? 0);
      const [last] = this.all<number>(
        'SELECT last_seq FROM open_rows ORDER BY id DESC LIMIT 1',
        [],
        'pluck',
      );
      this.#lastSeq = last ?? (this.#partitions.at(-1)?.firstSeq ?? 1) - 1;
      return question();
    })();
  }

  /** The version of the facts that the running snapshot shows. */
  get version(): number {
    return this.#version;
  }

  /**
   * Names the facts that the running snapshot shows: they are what its records and events say, and those are only ever
   * added. A source that begins or ends, and a duplicate, change the version and no fact.
   */
  get facts(): string {
    return this.#facts;
  }

  /** Oldest first; the last one is open. Its tables are there from now on: not to be asked for while rows are iterated. */
  get partitions(): readonly PartitionRow[] {
    this.#unfoldOpen();
    return this.#partitions;
  }

  /** The partition of an event's number, without its tables when it is the open one; undefined: before all. */
  partitionOf(seq: number): PartitionRow | undefined {
    return this.#partitions.findLast(({ firstSeq }) => firstSeq <= seq);
  }

  /** The record of an event of the open partition, from the columns of its batch: one event is no reason to unfold all. */
  openRecordOf(seq: number): number | undefined {
    const [data] = this.all<Uint8Array>(
      'SELECT data FROM open_rows WHERE last_seq >= ? ORDER BY id LIMIT 1',
      [seq],
      'pluck',
    );
    if (data === undefined) return undefined;
    const { firstSeq, events } = unpackRows(data);
    return events.columns.record[seq - firstSeq];
  }

  /** What the open partition says of processes beyond their rows. */
  get marks(): Pick<Marks, 'of'> {
    this.#unfoldOpen();
    return this.#open.marks;
  }

  /** The number of the last event; 0: there is none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Whether the case has anything of another dialect than Tetragon: a process, a flow, an alert, a call to the API. */
  holdsOthers(): boolean {
    const [found] = this.all<number>(
      `SELECT EXISTS (SELECT 1 FROM habitats WHERE dialect <> 'tetragon') OR EXISTS (SELECT 1 FROM flows)
         OR EXISTS (SELECT 1 FROM alerts) OR EXISTS (SELECT 1 FROM audits)`,
      [],
      'pluck',
    );
    return found === 1;
  }

  /** The text of an id in `strings`. */
  text(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    if (this.#texts.size > maxTexts) {
      this.#texts.clear();
      this.#texts.set(0, '');
    }
    const text = this.#selectText.get(id) ?? '';
    this.#texts.set(id, text);
    return text;
  }

  /** The habitat of a number that a process has; throws when there is none. */
  habitat(id: number): Habitat {
    const known = this.#habitats.get(id);
    if (known !== undefined) return known;
    const habitat = this.#selectHabitat.get(id);
    if (habitat === undefined) throw new Error(`there is no habitat ${id}`);
    if (this.#habitats.size >= maxHabitats) this.#habitats.clear();
    this.#habitats.set(id, habitat);
    return habitat;
  }

  /** The id of a text; undefined: it occurs nowhere. */
  idOfText(text: string): number | undefined {
    return text === ''
      ? 0
      : this.all<number>('SELECT id FROM strings WHERE text = ?', [text], 'pluck')[0];
  }

  /** All rows of a statement. `mode`: safe integers, or the first column alone. */
  all<Row>(sql: string, values: readonly unknown[] = [], mode?: 'safe' | 'pluck'): Row[] {
    // The row's shape is that of our own statement; the store's tests hold it.
    return this.#statement<Row>(sql, mode ?? '').all(...values);
  }

  /** The rows of a statement one by one. */
  iterate<Row>(sql: string, values: readonly unknown[] = [], mode?: 'safe'): Iterable<Row> {
    const statement = this.db.prepare<unknown[], Row>(sql);
    if (mode === 'safe') statement.safeIntegers();
    return statement.iterate(...values);
  }

  /** Rows of one table of each partition: `sql` writes `{table}` for it. */
  *each<Row>(table: PartitionTable, sql: string, mode?: 'safe' | 'pluck'): Iterable<Row> {
    for (const { number } of this.partitions)
      yield* this.all<Row>(inPartition(sql, table, number), [], mode);
  }

  /**
   * Rows of one table of each partition where something is one of many values: `sql` writes `{table}` for the table,
   * `{events}` for the events beside it, and `{in}` for the values.
   */
  *eachIn<Row>(
    table: PartitionTable,
    sql: string,
    values: readonly number[],
    mode?: 'safe' | 'pluck',
  ): Iterable<Row> {
    if (values.length === 0) return;
    const list = JSON.stringify(values);
    for (const { number } of this.partitions) {
      yield* this.all<Row>(inPartition(sql, table, number), [list], mode);
    }
  }

  /** The same of the events of some numbers: each partition is asked for its own. */
  *eachOf<Row>(
    table: PartitionTable,
    sql: string,
    seqs: readonly number[],
    mode?: 'safe',
  ): Iterable<Row> {
    if (seqs.length === 0) return;
    const { partitions } = this;
    for (const [index, { number, firstSeq }] of partitions.entries()) {
      const end = partitions[index + 1]?.firstSeq ?? Number.POSITIVE_INFINITY;
      const own = seqs.filter((seq) => seq >= firstSeq && seq < end);
      if (own.length > 0)
        yield* this.all<Row>(inPartition(sql, table, number), [JSON.stringify(own)], mode);
    }
  }

  /** Rows where something is one of many values, written `{in}`. */
  allIn<Row>(sql: string, values: readonly (number | string)[], mode?: 'safe' | 'pluck'): Row[] {
    if (values.length === 0) return [];
    return this.all<Row>(sql.replaceAll('{in}', valueList), [JSON.stringify(values)], mode);
  }

  /** The same with safe integers, one by one: rows of many numbers that each is done with at once. */
  *iterateIn<Row>(sql: string, values: readonly (number | string)[]): Iterable<Row> {
    if (values.length === 0) return;
    yield* this.iterate<Row>(sql.replaceAll('{in}', valueList), [JSON.stringify(values)], 'safe');
  }

  close(): void {
    this.db.close();
  }

  /** A statement prepared once: short ones cost more to prepare than to run. The one made first makes room. */
  #statement<Row>(sql: string, mode: string): Database.Statement<unknown[], Row> {
    const key = `${mode} ${sql}`;
    const known = this.#statements.get(key);
    if (known !== undefined) return statementAs<Row>(known);
    const statement = this.db.prepare<unknown[], Row>(sql);
    if (mode === 'safe') statement.safeIntegers();
    if (mode === 'pluck') statement.pluck();
    if (this.#statements.size >= maxStatements) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    this.#statements.set(key, statement);
    return statement;
  }

  #unfoldOpen(): void {
    if (this.#isOpenCurrent) return;
    this.#isOpenCurrent = true;
    const open = this.#partitions.at(-1);
    if (open !== undefined && !open.isSealed) this.#open.follow(open.number);
  }

  #readPartitions(): PartitionRow[] {
    return this.db
      .prepare<
        [],
        {
          number: bigint;
          first_seq: bigint;
          last_seq: bigint | null;
          first_time: bigint | null;
          last_time: bigint | null;
        }
      >('SELECT number, first_seq, last_seq, first_time, last_time FROM partitions ORDER BY number')
      .safeIntegers()
      .all()
      .map((row) => ({
        number: Number(row.number),
        firstSeq: Number(row.first_seq),
        isSealed: row.last_seq !== null,
        firstTime: row.first_time ?? undefined,
        lastTime: row.last_time ?? undefined,
      }));
  }
}

/** A bound JSON array as the list of an `IN`: SQLite makes a small index of it. */
const valueList = '(SELECT value FROM json_each(?))';

/** A statement with the names of one partition's tables and the list of values put in. */
export function inPartition(sql: string, table: PartitionTable, partition: number): string {
  return sql
    .replaceAll('{table}', tableOf(table, partition))
    .replaceAll('{events}', tableOf('events', partition))
    .replaceAll('{in}', valueList);
}

/** The rows of a kept statement are of the shape it was prepared for: its text is the key. */
function statementAs<Row>(
  statement: Database.Statement<unknown[], unknown>,
): Database.Statement<unknown[], Row>;
function statementAs(statement: unknown): unknown {
  return statement;
}
