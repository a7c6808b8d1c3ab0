import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { StorageFull } from '../ports.ts';
import { batchesOf, endOf, newSource, openCase, progress, takeLog } from '../testing/intoStore.ts';
import { openSqliteCases } from './sqliteStore.ts';
import { ThreadLink } from './threads/threadLink.ts';
import { CaseWriter } from './write/caseWriter.ts';

/** The connections that writers opened here: a page limit on one is a disk that is full for it. */
const connections = vi.hoisted((): Database.Database[] => []);
vi.mock('./layout/open.ts', async (load) => {
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

const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => connections.splice(0));

const lab = generateReverseShell(3);
const labText = lab.lines.join('\n');
const seal = { records: 300, atEnd: 100 };
const now = () => nanos(0n);

/** Leaves that many pages; undefined: as many as there are. */
function leavePages(more: number | undefined): void {
  const [db] = connections;
  if (db === undefined) throw new Error('no writer is open');
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${more === undefined ? 4_294_967_294 : pages + more}`);
}

/** What it gives, or the code of what it throws. */
function attempt<T>(work: () => T): { readonly value?: T; readonly code?: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}

async function verified(dataDir: string) {
  const cases = await openSqliteCases({ dataDir, now, seal });
  const store = await openCase(cases, 'default');
  const report = await store.evidence.verify({ compare: true });
  const [source] = await store.queries.sources();
  await cases.close();
  return { report, ledger: source?.ledger };
}

describe('a full disk', () => {
  it('refuses a batch whole, keeps every one before it, and takes the refused one once there is room', async () => {
    const clean = join(dir, 'clean');
    const whole = await openSqliteCases({ dataDir: clean, now, seal });
    await takeLog(await openCase(whole, 'default'), 's1', labText, { batchRecords: 300 });
    await whole.close();
    const expected = await verified(clean);

    const full = join(dir, 'full');
    await (await openSqliteCases({ dataDir: full, now, seal })).close();
    const writer = new CaseWriter(join(full, 'cases', 'default.db'), seal);
    writer.begin(newSource('s1'));
    let refused = 0;
    for (const [at, batch] of batchesOf(labText, { batchRecords: 300 }).entries()) {
      // Room for a part of a batch, a little more each time: the disk ends at another write.
      leavePages(at % 7);
      const first = attempt(() => writer.append('s1', batch, progress).ledger);
      leavePages(undefined);
      if (first.code !== undefined) refused += 1;
      const ledger = first.value ?? writer.append('s1', batch, progress).ledger;
      expect([undefined, 'SQLITE_FULL']).toContain(first.code);
      expect(ledger).toMatchObject({ duplicate: 0, stored: ledger.in });
    }
    expect(refused).toBeGreaterThan(3);
    leavePages(undefined);
    writer.end('s1', endOf('complete'));
    writer.close();
    expect(await verified(full)).toEqual(expected);
  });

  it('keeps what was committed when nothing more ever fits', async () => {
    const stopped = join(dir, 'stopped');
    await (await openSqliteCases({ dataDir: stopped, now, seal })).close();
    const writer = new CaseWriter(join(stopped, 'cases', 'default.db'), seal);
    writer.begin(newSource('s1'));
    const batches = batchesOf(labText);
    let stored = 0;
    for (const batch of batches.slice(0, 3)) {
      stored += writer.append('s1', batch, progress).ledger.stored;
    }
    // Nothing has been sealed yet: no page is free inside the file.
    leavePages(0);
    for (const batch of batches.slice(3, 7)) {
      expect(() => writer.append('s1', batch, progress)).toThrow(/full/);
    }
    writer.close();
    const { report, ledger } = await verified(stopped);
    expect(report.faults).toEqual([]);
    expect(ledger?.stored).toBe(stored);
  });

  it.each(['SQLITE_FULL', 'ENOSPC'])(
    'crosses from the writer’s thread as StorageFull: %s',
    async (code) => {
      const error = JSON.stringify({ message: 'database or disk is full', code });
      const program = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (request) => {
        if (request === undefined) return parentPort.close();
        parentPort.postMessage({ id: request.id, ok: false, error: ${error} });
      });`;
      const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
      const link = new ThreadLink<{ append: () => number }>(url, undefined, 512);
      await expect(link.call('append', [])).rejects.toBeInstanceOf(StorageFull);
      await link.end();
    },
  );
});
