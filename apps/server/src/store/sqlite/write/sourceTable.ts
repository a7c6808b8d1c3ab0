import { LabelCounts } from '@forebear/model/event/labelCounts';
import type { Source } from '@forebear/model/wire/sources';
import type Database from 'better-sqlite3';
import type { NewSource, SourceEnd, SourceProgress } from '../../ports.ts';
import { type SourceRow, selectSources, sourceOfRow } from '../layout/sourceRow.ts';
import { storedJson } from '../layout/storedJson.ts';
import type { Written } from './written.ts';

interface Found {
  readonly id: number;
  readonly state: string;
  /** How many events of each kind it has, as JSON. */
  readonly kinds: string;
}

/** The writer's sources: begun, advanced with each batch in the same transaction, ended. */
export class SourceTable {
  readonly #db: Database.Database;
  readonly #rows = new Map<string, number>();
  readonly #advance: Database.Statement;
  readonly #findRow: Database.Statement<[string], Found>;
  readonly #select: Database.Statement<[string], SourceRow>;
  readonly #forgetMembers: Database.Statement;
  readonly #addMember: Database.Statement;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#advance = db.prepare(
      `UPDATE sources SET bytes_received = ?, formats = ?, kinds = ?, stored = stored + ?, duplicate = duplicate + ?,
         quarantined = quarantined + ?, skipped = skipped + ?, blank = blank + ?, events = events + ?,
         first_time = CASE WHEN first_time IS NULL OR ? < first_time THEN coalesce(?, first_time) ELSE first_time END,
         last_time = CASE WHEN last_time IS NULL OR ? > last_time THEN coalesce(?, last_time) ELSE last_time END
       WHERE uuid = ?`,
    );
    this.#select = db
      .prepare<[string], SourceRow>(`${selectSources} WHERE uuid = ?`)
      .safeIntegers();
    this.#findRow = db.prepare('SELECT id, state, kinds FROM sources WHERE uuid = ?');
    this.#forgetMembers = db.prepare('DELETE FROM source_members WHERE source = ? AND number >= ?');
    this.#addMember = db.prepare('INSERT INTO source_members VALUES (?, ?, ?, ?, ?, ?)');
  }

  /** Whether any source is still coming in. */
  hasOpen(): boolean {
    return (
      this.#db.prepare("SELECT 1 FROM sources WHERE state = 'receiving' LIMIT 1").get() !==
      undefined
    );
  }

  /** Sources that a crash left open. */
  interruptOpen(): void {
    this.#db
      .prepare(
        "UPDATE sources SET state = 'interrupted', note = 'The server stopped while this came in. What had been committed is here; send it again for the rest.' WHERE state = 'receiving'",
      )
      .run();
  }

  /** Undefined: the id is taken by a source that is not interrupted. */
  begin(source: NewSource): Source | undefined {
    const known = this.#find(source.id);
    if (known !== undefined && known.state !== 'interrupted') return undefined;
    if (known === undefined) {
      this.#db
        .prepare(
          'INSERT INTO sources(uuid, name, kind, state, cluster, started_at, bytes_expected) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          source.id,
          source.name,
          source.kind,
          source.state,
          source.cluster,
          source.startedAt,
          source.bytesExpected ?? null,
        );
    } else {
      this.#db
        .prepare("UPDATE sources SET state = ?, note = '', finished_at = NULL WHERE uuid = ?")
        .run(source.state, source.id);
    }
    return this.#read(source.id);
  }

  /** The row of a source; throws for one that was never begun. */
  rowOf(uuid: string): number {
    const known = this.#rows.get(uuid);
    if (known !== undefined) return known;
    const row = this.#find(uuid);
    if (row === undefined) throw new Error(`source ${uuid} was never begun`);
    this.#rows.set(uuid, row.id);
    return row.id;
  }

  advance(
    uuid: string,
    progress: SourceProgress,
    { tally, kinds, oldest, newest }: Omit<Written, 'seq'>,
  ): void {
    const row = this.#find(uuid);
    if (row === undefined) throw new Error(`source ${uuid} was never begun`);
    const merged = new LabelCounts(Object.entries(storedJson.counts(row.kinds)));
    for (const [kind, count] of kinds) merged.add(kind, count);
    this.#advance.run(
      progress.bytesReceived,
      JSON.stringify(progress.formats),
      JSON.stringify(Object.fromEntries(merged.map())),
      tally.stored,
      tally.duplicate,
      tally.quarantined,
      tally.skipped,
      tally.blank,
      tally.events,
      oldest ?? null,
      oldest ?? null,
      newest ?? null,
      newest ?? null,
      uuid,
    );
    this.#tellMembers(row.id, progress);
  }

  /** Undefined: no such source. */
  end(uuid: string, end: SourceEnd): Source | undefined {
    const row = this.#find(uuid);
    if (row === undefined) return undefined;
    this.#db
      .prepare(
        'UPDATE sources SET state = ?, finished_at = ?, bytes_received = ?, sha256 = ?, formats = ?, gaps = ?, note = ? WHERE uuid = ?',
      )
      .run(
        end.state,
        end.finishedAt,
        end.bytesReceived,
        end.sha256 ?? null,
        JSON.stringify(end.formats),
        JSON.stringify(end.gaps),
        end.note,
        uuid,
      );
    this.#tellMembers(row.id, end);
    return this.#read(uuid);
  }

  #tellMembers(source: number, { members, membersFrom = 0 }: SourceProgress): void {
    this.#forgetMembers.run(source, membersFrom);
    for (const [index, { name, bytes, records, damage }] of members.entries())
      this.#addMember.run(
        source,
        membersFrom + index,
        name,
        bytes,
        records,
        JSON.stringify(damage),
      );
  }

  #read(uuid: string): Source | undefined {
    const row = this.#select.get(uuid);
    return row === undefined ? undefined : sourceOfRow(row);
  }

  #find(uuid: string): Found | undefined {
    return this.#findRow.get(uuid);
  }
}
