import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { judgementLayout } from './judgementTables.ts';
import { emptyRows, packRows } from './openRows.ts';

const openRowsTable =
  'CREATE TABLE open_rows(id INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, data BLOB NOT NULL)';

const sourceMembersTable = `CREATE TABLE source_members(
  source INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL, records INTEGER NOT NULL,
  damage TEXT NOT NULL, PRIMARY KEY(source, number)) WITHOUT ROWID`;

/** 128 bits, as the hash takes them. */
const RECORD_KEY_BYTES = 16;

/**
 * Each brings a case from one layout to the next, the first from layout 1 to 2. Whoever changes a table that a step makes leaves the
 * step the table as it was: the steps behind it count on that.
 */
const steps: readonly ((db: Database.Database) => void)[] = [
  fromLayout1,
  fromLayout2,
  fromLayout3,
  fromLayout4,
];
/** The version of the layout below; `migrate` brings a case to it. */
const schemaVersion = steps.length + 1;

/** Processes, and what many of them share. */
const processTables = `
-- Where and as whom processes run; rows never change, and equal ones may stand twice.
CREATE TABLE habitats(
  id INTEGER PRIMARY KEY, dialect TEXT NOT NULL, cluster TEXT NOT NULL, node TEXT NOT NULL, uid INTEGER, auid INTEGER,
  user TEXT, cwd TEXT, flags TEXT, container_id TEXT, docker TEXT, capabilities TEXT);
CREATE INDEX habitats_container ON habitats(container_id) WHERE container_id IS NOT NULL;
CREATE INDEX habitats_docker ON habitats(docker) WHERE docker IS NOT NULL;

-- One row per face of a process; key is the id of the first face of its (dialect, cluster, exec_id).
CREATE TABLE processes(
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL, exec_id TEXT NOT NULL, parent_exec_id TEXT, pid INTEGER, start_time INTEGER,
  binary TEXT, arguments TEXT, ktime INTEGER, ns_pid INTEGER, pod_id INTEGER, habitat INTEGER NOT NULL, traits INTEGER NOT NULL,
  ranks INTEGER NOT NULL, rank INTEGER NOT NULL);
CREATE INDEX processes_exec_id ON processes(exec_id);
-- The pid finds an exec in place without a walk over all children.
CREATE INDEX processes_parent_exec_id ON processes(parent_exec_id, pid);
CREATE INDEX processes_pod ON processes(pod_id) WHERE pod_id IS NOT NULL;
CREATE INDEX processes_habitat ON processes(habitat) WHERE pod_id IS NULL;
CREATE INDEX processes_more_faces ON processes(key) WHERE id <> key;`;

const processViews = `
-- Processes with where they run.
CREATE VIEW faces AS
SELECT p.*, h.dialect, h.cluster, h.node, h.uid, h.auid, h.user, h.cwd, h.flags, h.container_id, h.docker, h.capabilities
  FROM processes p CROSS JOIN habitats h ON h.id = p.habitat;

CREATE VIEW process_tree AS
WITH RECURSIVE tree(exec_id, parent_exec_id, depth, path) AS (
  SELECT exec_id, parent_exec_id, 0, exec_id FROM processes p
   WHERE parent_exec_id IS NULL OR parent_exec_id = exec_id
      OR NOT EXISTS (SELECT 1 FROM processes q WHERE q.exec_id = p.parent_exec_id)
  UNION
  SELECT p.exec_id, p.parent_exec_id, tree.depth + 1, tree.path || '>' || p.exec_id
    FROM tree JOIN processes p ON p.parent_exec_id = tree.exec_id AND p.exec_id <> p.parent_exec_id
   WHERE tree.depth < 4096)
SELECT exec_id, parent_exec_id, depth, path FROM tree;
`;

/**
 * One case. Facts are plain rows; `processes` is indexed by `exec_id` and `parent_exec_id`, and `process_tree` is
 * the documented recursive view over it, for the sqlite3 command line. It joins by `exec_id` alone and ends 4096 levels down: where ids are
 * unique those are the API's links by id. Links that derivation finds in other ways, and those it cuts or tells apart by cluster and boot, are
 * the API's only. `faces` is the rows with where each process runs.
 * Times are nanoseconds since the epoch. Texts that repeat stand once in `strings` (0 is the empty one).
 * Events live in partition tables (`events_N`, `sockets_N`, …), indexed; those since the last of them was sealed are columns
 * in `open_rows` (partitions.ts).
 */
const layout = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE strings(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
INSERT INTO strings VALUES (0, '');

CREATE TABLE sources(
  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
  cluster TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, bytes_received INTEGER NOT NULL DEFAULT 0,
  bytes_expected INTEGER, sha256 TEXT, formats TEXT NOT NULL DEFAULT '{}',
  kinds TEXT NOT NULL DEFAULT '{}', gaps TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '',
  first_time INTEGER, last_time INTEGER,
  stored INTEGER NOT NULL DEFAULT 0, duplicate INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0, blank INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0);

-- The logs of an archive, in its order, from 0; rows of their own, for there may be thousands, of which a batch moves one.
${sourceMembersTable};

${processTables}

CREATE TABLE pods(
  id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, uid TEXT NOT NULL,
  workload TEXT, workload_kind TEXT, labels TEXT NOT NULL,
  UNIQUE(namespace, name, cluster, uid));

CREATE TABLE containers(
  cluster TEXT NOT NULL, id TEXT NOT NULL, pod_id INTEGER, name TEXT NOT NULL, image_id TEXT, image_name TEXT,
  start_time INTEGER, privileged INTEGER, PRIMARY KEY(cluster, id)) WITHOUT ROWID;
CREATE INDEX containers_pod ON containers(pod_id);

CREATE TABLE nodes(
  cluster TEXT NOT NULL, node TEXT NOT NULL, first_time INTEGER, last_time INTEGER, kinds TEXT NOT NULL,
  boot_seconds TEXT NOT NULL, PRIMARY KEY(cluster, node)) WITHOUT ROWID;

CREATE TABLE gaps(
  seq INTEGER PRIMARY KEY, source INTEGER NOT NULL, cluster TEXT NOT NULL, node TEXT NOT NULL, kind TEXT NOT NULL,
  time INTEGER, count INTEGER, detail TEXT NOT NULL);

-- What other agents than Tetragon say (judgementTables.ts).
${judgementLayout}

-- Raw bytes of records first_record … first_record+records-1, zstd; places holds where each stood (rawBlocks.ts), folds what
-- in them repeats earlier bytes of the block (compressedBytes.ts).
CREATE TABLE raw_blocks(
  id INTEGER PRIMARY KEY, first_record INTEGER NOT NULL, records INTEGER NOT NULL, source INTEGER NOT NULL,
  size INTEGER NOT NULL, places BLOB NOT NULL, data BLOB NOT NULL, folds BLOB);
CREATE UNIQUE INDEX raw_blocks_first ON raw_blocks(first_record);

CREATE TABLE quarantine(
  record INTEGER PRIMARY KEY, source INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  line INTEGER NOT NULL, member INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE INDEX quarantine_source ON quarantine(source, record);

-- Partitions of events by number; hashes and senses are the sorted 64-bit sets of a sealed one (seenSet.ts).
CREATE TABLE partitions(
  number INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER, first_record INTEGER NOT NULL,
  last_record INTEGER, first_time INTEGER, last_time INTEGER, hashes BLOB, senses BLOB);

-- The open partition's rows as columns, a batch a row (openRows.ts); last_seq is the number of the last event so far.
${openRowsTable};

CREATE TABLE pushes(key TEXT PRIMARY KEY, body_hash TEXT NOT NULL, ledger TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

${processViews}
`;

/** Creates the layout in an empty file, or brings an earlier one up to it; refuses a file of a later version. */
export function migrate(db: Database.Database): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version === schemaVersion) return;
  if (version > schemaVersion) {
    throw new Error(
      `This case was written by a later Forebear (layout ${version}, this one knows ${schemaVersion}).`,
    );
  }
  db.transaction(() => {
    if (version === 0) {
      db.exec(layout);
      db.prepare("INSERT INTO meta VALUES ('record_key', ?)").run(randomBytes(RECORD_KEY_BYTES));
    } else for (const step of steps.slice(version - 1)) step(db);
    db.pragma(`user_version = ${schemaVersion}`);
  })();
}

/** Blocks did not repeat earlier bytes of their own. */
function fromLayout1(db: Database.Database): void {
  db.exec('ALTER TABLE raw_blocks ADD COLUMN folds BLOB');
}

/** The open partition was rows without indexes, and its senses a table. The writer seals such a one when it opens the case. */
function fromLayout2(db: Database.Database): void {
  db.exec(openRowsTable);
  const number = db
    .prepare('SELECT max(number) FROM partitions WHERE last_seq IS NULL')
    .pluck()
    .get();
  if (typeof number === 'number') {
    const lastSeq = Number(
      db.prepare(`SELECT coalesce(max(seq), 0) FROM events_${number}`).pluck().get(),
    );
    const halves = db.prepare<[], Uint8Array>('SELECT halves FROM open_senses').pluck().all();
    const senses = new BigUint64Array(new Uint8Array(Buffer.concat(halves)).buffer);
    const insert = db.prepare('INSERT INTO open_rows(last_seq, data) VALUES (?, ?)');
    insert.run(
      lastSeq,
      packRows({
        ...emptyRows(lastSeq + 1),
        senses: { count: senses.length, columns: { sense: senses } },
      }),
    );
  }
  db.exec('DROP TABLE open_senses');
}

/** Processes said themselves where they run, and a source had the list of what it is made of in its row. */
function fromLayout3(db: Database.Database): void {
  shareHabitats(db);
  moveMembers(db);
}

/** There was one dialect, which has no flows, alerts and calls to the API. */
function fromLayout4(db: Database.Database): void {
  db.exec(judgementLayout);
}

function shareHabitats(db: Database.Database): void {
  const shared =
    'dialect, cluster, node, uid, auid, user, cwd, flags, container_id, docker, capabilities';
  const own =
    'id, key, exec_id, parent_exec_id, pid, start_time, binary, arguments, ktime, ns_pid, pod_id';
  const isSame = shared.split(', ').map((column) => `h.${column} IS p.${column}`);
  const indexes = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'processes'",
    )
    .pluck();
  for (const name of indexes.all()) db.exec(`DROP INDEX ${name}`);
  db.exec(`DROP VIEW process_tree;
    ALTER TABLE processes RENAME TO processes_3;
    ${processTables}
    INSERT INTO habitats(${shared}) SELECT DISTINCT ${shared} FROM processes_3;
    CREATE INDEX habitats_all ON habitats(${shared});
    INSERT INTO processes(${own}, habitat, traits, ranks, rank)
      SELECT ${own.replaceAll(/\w+/g, 'p.$&')}, h.id, p.traits, p.ranks, p.rank
        FROM processes_3 p CROSS JOIN habitats h ON ${isSame.join(' AND ')} ORDER BY p.id;
    DROP INDEX habitats_all;
    DROP TABLE processes_3;
    ${processViews}`);
}

function moveMembers(db: Database.Database): void {
  db.exec(`${sourceMembersTable};
    INSERT INTO source_members
      SELECT s.id, each.key, each.value ->> 'name', each.value ->> 'bytes', each.value ->> 'records', each.value -> 'damage'
        FROM sources s, json_each(s.members) each;
    ALTER TABLE sources DROP COLUMN members`);
}
