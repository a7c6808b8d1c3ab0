import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateBulk } from '@forebear/model/scenario/bulk';
import type { Ledger } from '@forebear/model/wire/primitives';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStream } from '../../../ingest/decoding.ts';
import { addTally, ledgerOf, newTally } from '../../ledger.ts';
import { newSource, progress } from '../../testing/intoStore.ts';
import { toTheEnd } from '../../testing/toTheEnd.ts';
import { CaseReader } from '../read/caseReader.ts';
import { CaseWriter } from '../write/caseWriter.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-schema-'));
const now = nanos(1_790_000_000_000_000_000n);
const lines = [...generateBulk({ seed: 2, events: 40, pods: 2, nodes: 1 })];

const fresh = join(dir, 'fresh.db');
new CaseWriter(fresh).close();

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function write(path: string, id: string, from: number, to: number, perBatch: number): Ledger {
  const writer = new CaseWriter(path, { records: 1_000, atEnd: 1 });
  const source = { id, name: 'a.log', kind: 'upload', cluster: '', state: 'receiving' } as const;
  writer.begin({ ...source, startedAt: now, bytesExpected: undefined });
  const sum = newTally();
  for (let at = from; at < to; at += perBatch) {
    const stream = openStream({ cluster: '', format: 'auto', member: 0 });
    stream.push(
      Buffer.from(
        lines
          .slice(at, at + perBatch)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    for (const batch of stream.flush())
      addTally(
        sum,
        writer.append(id, batch, { bytesReceived: 0, members: [], formats: {} }).ledger,
      );
  }
  writer.tidy();
  writer.close();
  return ledgerOf(sum);
}

/** Processes as layout 3 had them: each said itself where it runs. What a source is made of was a list in its row. */
function toLayout3(db: Database.Database): void {
  db.exec(`DROP VIEW process_tree;
    CREATE TABLE processes_3(
      id INTEGER PRIMARY KEY, key INTEGER NOT NULL, dialect TEXT NOT NULL, cluster TEXT NOT NULL, exec_id TEXT NOT NULL,
      parent_exec_id TEXT, node TEXT NOT NULL, pid INTEGER, start_time INTEGER, binary TEXT, arguments TEXT, ktime INTEGER,
      ns_pid INTEGER, uid INTEGER, auid INTEGER, user TEXT, cwd TEXT, flags TEXT, pod_id INTEGER, container_id TEXT,
      docker TEXT, capabilities TEXT, traits INTEGER NOT NULL, ranks INTEGER NOT NULL, rank INTEGER NOT NULL);
    INSERT INTO processes_3 SELECT id, key, dialect, cluster, exec_id, parent_exec_id, node, pid, start_time, binary, arguments,
      ktime, ns_pid, uid, auid, user, cwd, flags, pod_id, container_id, docker, capabilities, traits, ranks, rank FROM faces;
    DROP VIEW faces;
    DROP TABLE processes;
    DROP TABLE habitats;
    ALTER TABLE processes_3 RENAME TO processes;
    CREATE INDEX processes_exec_id ON processes(exec_id);
    CREATE INDEX processes_parent_exec_id ON processes(parent_exec_id, pid);
    CREATE INDEX processes_pod ON processes(pod_id) WHERE pod_id IS NOT NULL;
    CREATE INDEX processes_host ON processes(node) WHERE pod_id IS NULL;
    CREATE INDEX processes_more_faces ON processes(key) WHERE id <> key;
    CREATE VIEW process_tree AS SELECT exec_id, parent_exec_id, 0 AS depth, exec_id AS path FROM processes;
    ALTER TABLE sources ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
    UPDATE sources SET members = '${JSON.stringify(progress.members)}';
    DROP TABLE source_members;
    PRAGMA user_version = 3`);
}

/** A case whose only partition was sealed, as layout 2 had it before: rows without indexes, senses in a table. */
function toLayout2(db: Database.Database): void {
  const indexes = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name GLOB '*_1' AND sql IS NOT NULL",
    )
    .pluck();
  for (const name of indexes.all()) db.exec(`DROP INDEX ${name}`);
  db.exec(`CREATE TABLE open_senses(id INTEGER PRIMARY KEY, halves BLOB NOT NULL);
    INSERT INTO open_senses(halves) SELECT senses FROM partitions WHERE number = 1;
    DELETE FROM partitions WHERE number > 1;
    UPDATE partitions SET last_seq = NULL, last_record = NULL, first_time = NULL, last_time = NULL, hashes = NULL, senses = NULL;
    DROP TABLE open_rows;
    PRAGMA user_version = 2`);
}

/** A case that had no place for flows, alerts and calls to the API. */
function toLayout4(db: Database.Database): void {
  for (const table of ['flows', 'alerts', 'audits']) db.exec(`DROP TABLE ${table}`);
  db.exec(`DROP INDEX habitats_others;
    INSERT INTO source_members VALUES (1, 0, 'a.log', 7, 1, '[]');
    PRAGMA user_version = 4`);
}

/** A stream a record: the first of a stream repeats nothing, as nothing did in layout 1. */
function writeOld(path: string, layout: 1 | 2 | 3 | 4): void {
  write(path, 'old', 0, 20, 1);
  const db = new Database(path);
  toLayout4(db);
  if (layout < 4) toLayout3(db);
  if (layout < 3) toLayout2(db);
  if (layout === 1) db.exec('ALTER TABLE raw_blocks DROP COLUMN folds; PRAGMA user_version = 1');
  db.close();
}

describe.each([1, 2, 3, 4] as const)('a case of layout %i', (layout) => {
  it('is brought to this one with all that is in it, and written on', () => {
    const path = join(dir, `old-${layout}.db`);
    writeOld(path, layout);
    // Half of it is there: the records of the open partition are known again.
    expect(write(path, 'new', 10, 40, 15)).toMatchObject({ duplicate: 10, stored: 20, events: 20 });
    const reader = new CaseReader('default', path, 10_000);
    const { records, events, faults, digest } = toTheEnd((turn) =>
      reader.verify(turn, { compare: true }, now),
    );
    expect(faults).toEqual([]);
    expect(records).toBe(lines.length);
    const texts = Array.from({ length: records }, (_, index) => {
      const raw = reader.raw(`e${(index + 1).toString(36)}`);
      return raw.ok ? Buffer.from(raw.value.bytes).toString() : raw.problem.message;
    });
    expect(texts).toEqual(lines);
    expect(layoutOf(path)).toEqual(layoutOf(fresh));
    expect(reader.source('old')).toMatchObject({ ok: true, value: { members: progress.members } });
    expect(reader.raw('e1')).toMatchObject({ ok: true, value: { member: 'a.log' } });
    reader.close();

    const clean = join(dir, `clean-${layout}.db`);
    write(clean, 'new', 0, 40, 40);
    const reference = new CaseReader('default', clean, 10_000);
    const verified = toTheEnd((turn) => reference.verify(turn, { compare: false }, now));
    expect(verified).toMatchObject({ records, events, digest });
    reference.close();
  });

  it('knows what its last events said when it is opened again', () => {
    const path = join(dir, `same-${layout}.db`);
    writeOld(path, layout);
    const writer = new CaseWriter(path);
    writer.begin({ ...newSource('other'), startedAt: now });
    const said = lines[3]?.replace(/"refcnt":\d+/, '"refcnt":77') ?? '';
    expect(said).not.toBe(lines[3]);
    const stream = openStream({ cluster: '', format: 'auto', member: 0 });
    stream.push(Buffer.from(`${said}\n`));
    for (const batch of stream.flush()) writer.append('other', batch, progress);
    writer.close();
    const reader = new CaseReader('default', path, 10_000);
    const page = reader.events({ filter: { kind: 'all' }, limit: 100, lateLimitMs: 60_000 });
    if (!page.ok) throw new Error(page.problem.message);
    expect(page.value.items.filter(({ sameAs }) => sameAs)).toHaveLength(1);
    reader.close();
  });
});

/** Every table, index and view but those of partitions, as SQLite was told of them. */
function layoutOf(path: string): readonly string[] {
  const db = new Database(path, { readonly: true });
  const select = `SELECT name || ' ' || sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT GLOB '*_[0-9]*' ORDER BY name`;
  const texts = db.prepare<[], string>(select).pluck().all();
  db.close();
  return texts.filter((text) => !changedInPlace.test(text));
}

/** What an earlier layout added a column to. */
const changedInPlace = /^(?:raw_blocks|sources) /;

describe('processes', () => {
  it('are found through an index by either id, by us and by the sqlite3 command line', () => {
    const path = join(dir, 'plan.db');
    write(path, 'any', 0, 40, 40);
    const db = new Database(path, { readonly: true });
    const plan = (sql: string): string =>
      db
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join('; ');
    expect(plan("SELECT * FROM processes WHERE exec_id = 'x'")).toContain('(exec_id=?)');
    expect(plan("SELECT * FROM processes WHERE parent_exec_id = 'x'")).toContain(
      '(parent_exec_id=?)',
    );
    const tree = plan('SELECT * FROM process_tree');
    expect(tree).toContain('processes_exec_id');
    expect(tree).toContain('processes_parent_exec_id');
    db.close();
  });
});
