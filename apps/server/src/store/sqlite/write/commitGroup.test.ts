import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactBatch } from '@forebear/model/event/factBatch';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { batchesOf, newSource, progress } from '../../testing/intoStore.ts';
import { poisoned } from '../../testing/poisonedBatch.ts';
import { openReader } from '../layout/open.ts';
import { CaseWriter } from './caseWriter.ts';
import { CommitGroup } from './commitGroup.ts';

/** The connections that writers opened here: one may be made to fail its next commit. */
const connections = vi.hoisted((): Database.Database[] => []);
vi.mock('../layout/open.ts', async (load) => {
  const real = await load<{ openWriter: (path: string) => Database.Database }>();
  return {
    ...real,
    openWriter: (path: string) => {
      const db = real.openWriter(path);
      connections.push(db);
      return db;
    },
  };
});

const batches = batchesOf(generateReverseShell(3).lines.join('\n'), { batchRecords: 100 });
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
  connections.splice(0);
});

/** A case with a source, its writer's group, and what another connection sees of its records. */
function openGroup(seal = { records: 1_000_000, atEnd: 1_000_000 }) {
  const dir = mkdtempSync(join(tmpdir(), 'forebear-group-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  const writer = new CaseWriter(join(dir, 'x.db'), seal);
  ends.push(() => writer.close());
  writer.begin(newSource('s1'));
  const reader = openReader(join(dir, 'x.db'));
  ends.push(() => reader.close());
  const seen = () =>
    Number(reader.prepare('SELECT coalesce(sum(records), 0) FROM raw_blocks').pluck().get());
  const group = new CommitGroup(writer);
  const append = (batch: FactBatch, goesOn = false) =>
    group.append('s1', batch, progress, goesOn).then(({ ledger }) => ledger);
  return { writer, group, append, seen };
}

/** The next time, this fails, as on a disk that breaks. */
function breakNext(statement: 'COMMIT' | 'DELETE FROM open_rows'): void {
  const [db] = connections;
  if (db === undefined) throw new Error('no writer is open');
  const exec = db.exec.bind(db);
  db.exec = (sql) => {
    if (sql !== statement) return exec(sql);
    db.exec = exec;
    throw new Error('the disk broke');
  };
}

/** No further page fits into the file until the answer is called. */
function fillDisk(): () => void {
  const [db] = connections;
  if (db === undefined) throw new Error('no writer is open');
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  return () => {
    db.pragma('max_page_count = 4294967294');
  };
}

/** The pods cannot be read the next time: what the writer holds in memory is not brought back. */
function breakNextReload(): void {
  const [db] = connections;
  if (db === undefined) throw new Error('no writer is open');
  const prepare = db.prepare.bind(db);
  Reflect.set(db, 'prepare', (sql: string) => {
    if (sql !== 'SELECT * FROM pods') return prepare(sql);
    Reflect.set(db, 'prepare', prepare);
    throw new Error('the disk cannot be read');
  });
}

function batchAt(index: number): FactBatch {
  const batch = batches[index];
  if (batch === undefined) throw new Error('the log is shorter than it was');
  return batch;
}

describe('batches that come together', () => {
  it('share a commit: none is seen before, all are when the first is answered', async () => {
    const { append, seen } = openGroup();
    const [first, ...rest] = [0, 1, 2].map((at) => append(batchAt(at)));
    expect(seen()).toBe(0);
    await first;
    expect(seen()).toBe(300);
    expect(await Promise.all(rest)).toMatchObject([{ stored: 100 }, { stored: 100 }]);
  });

  it('are told from duplicates of one another before they are committed', async () => {
    const { append } = openGroup();
    const answers = await Promise.all([append(batchAt(0)), append(batchAt(0))]);
    expect(answers).toMatchObject([{ stored: 100 }, { stored: 0, duplicate: 100 }]);
  });

  it('are committed without a further call, also when their source goes on', async () => {
    const { append, seen } = openGroup();
    await append(batchAt(0), true);
    expect(seen()).toBe(100);
  });

  it('are committed before anything else is written', async () => {
    const { writer, append, seen } = openGroup();
    const waiting = append(batchAt(0), true);
    writer.begin(newSource('s2'));
    expect(seen()).toBe(100);
    expect(await waiting).toMatchObject({ stored: 100 });
  });
});

describe('a batch of a group', () => {
  it('that fails is refused alone', async () => {
    const { append, seen } = openGroup();
    const answers = await Promise.allSettled([
      append(batchAt(0)),
      append(poisoned(batchAt(1))),
      append(batchAt(2)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen()).toBe(200);
    expect(await append(batchAt(1))).toMatchObject({ stored: 100, duplicate: 0 });
  });

  it('that fails alone leaves no transaction open', async () => {
    const { append, writer } = openGroup();
    await expect(append(poisoned(batchAt(0)))).rejects.toThrow(/symbol|bind|convert/i);
    expect(writer.hasWritten).toBe(false);
    expect(connections[0]?.inTransaction).toBe(false);
  });

  it('is refused with all others when the commit fails: nothing of them is in, in the file or in memory', async () => {
    const { append, seen, writer } = openGroup();
    await append(batchAt(0));
    const { version } = writer;
    breakNext('COMMIT');
    const answers = await Promise.allSettled([append(batchAt(1)), append(batchAt(2))]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(seen()).toBe(100);
    expect(writer.version).toBe(version);
    const again = await Promise.all([append(batchAt(1)), append(batchAt(2)), append(batchAt(0))]);
    expect(again).toMatchObject([{ stored: 100 }, { stored: 100 }, { duplicate: 100 }]);
    expect(seen()).toBe(300);
  });

  it('takes all with it when the disk is full, and what is refused comes again as if never seen', async () => {
    const { append, seen } = openGroup();
    await append(batchAt(0));
    const first = append(batchAt(1), true);
    const makeRoom = fillDisk();
    const answers = await Promise.allSettled([first, append(batchAt(2), true)]);
    makeRoom();
    expect(answers).toMatchObject([
      { reason: { code: 'SQLITE_FULL' } },
      { reason: { code: 'SQLITE_FULL' } },
    ]);
    expect(seen()).toBe(100);
    const again = await Promise.all([append(batchAt(1)), append(batchAt(2))]);
    expect(again).toMatchObject([{ stored: 100 }, { stored: 100 }]);
  });

  it('is out of the file and out of memory also when the disk cannot be read at that moment', async () => {
    const { append, seen } = openGroup();
    await append(batchAt(0));
    const first = append(batchAt(1), true);
    const makeRoom = fillDisk();
    breakNextReload();
    const second = append(batchAt(2), true);
    makeRoom();
    const third = append(batchAt(3));
    const answers = await Promise.allSettled([first, second, third]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(seen()).toBe(200);
    const again = await Promise.all([1, 2, 3].map((at) => append(batchAt(at))));
    expect(again).toMatchObject([{ stored: 100 }, { stored: 100 }, { duplicate: 100 }]);
  });

  it('is not refused when it is in but the partition cannot be sealed; the next one hears why', async () => {
    const { append, seen } = openGroup({ records: 100, atEnd: 100 });
    breakNext('DELETE FROM open_rows');
    expect(await append(batchAt(0))).toMatchObject({ stored: 100 });
    await expect(append(batchAt(1))).rejects.toThrow('the disk broke');
    expect(seen()).toBe(100);
    expect(await append(batchAt(1))).toMatchObject({ stored: 100 });
  });
});
