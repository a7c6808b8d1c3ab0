import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateBrokenLog } from '@forebear/model/scenario/brokenLog';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CaseStore } from '../ports.ts';
import { allEvents } from '../testing/everyAnswer.ts';
import { batchesOf, endOf, newSource, openCase, progress, takeLog } from '../testing/intoStore.ts';
import { poisoned } from '../testing/poisonedBatch.ts';
import { openSqliteCases } from './sqliteStore.ts';
import { CaseWriter } from './write/caseWriter.ts';

const lab = generateReverseShell(3);
const labText = lab.lines.join('\n');
const broken = generateBrokenLog(3);
const seal = { records: 300, atEnd: 100 };
const now = () => nanos(0n);
/** Every commit is synced: on a disk that others keep busy, fifty of them take as long as they take. */
const busyMs = 300_000;

const dirs: string[] = [];
function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
  dirs.push(dir);
  return dir;
}
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** What a case holds, whatever its history: everything derived, and every event with its record. */
async function contentOf(store: CaseStore) {
  const { faults, digest, records, events } = await store.evidence.verify({ compare: true });
  const list = await allEvents(store, { filter: { kind: 'all' }, limit: 1_000 });
  const said = list.map(({ time, label, summary, process, sameAs }) =>
    JSON.stringify([time, label, summary, process, sameAs]),
  );
  return { faults, digest, records, events, said: said.sort() };
}

async function contentIn(dir: string) {
  const cases = await openSqliteCases({ dataDir: dir, now, seal });
  const content = await contentOf(await openCase(cases, 'default'));
  await cases.close();
  return content;
}

describe('a case on disk', () => {
  it('is the same after it was closed and opened again', async () => {
    const dir = newDir();
    const cases = await openSqliteCases({ dataDir: dir, now, seal });
    const store = await openCase(cases, 'default');
    await takeLog(store, 's1', labText);
    const before = await contentOf(store);
    await cases.close();
    const again = await openSqliteCases({ dataDir: dir, now, seal });
    const reopened = await openCase(again, 'default');
    expect(await contentOf(reopened)).toEqual(before);
    expect((await takeLog(reopened, 's2', labText)).ledger).toMatchObject({ stored: 0 });
    await again.close();
  });

  describe('when the writer dies', () => {
    // What the log amounts to, stored once without an accident: the same for every case below.
    let expected: Awaited<ReturnType<typeof contentIn>>;
    beforeAll(async () => {
      const whole = mkdtempSync(join(tmpdir(), 'forebear-store-'));
      const clean = await openSqliteCases({ dataDir: whole, now, seal });
      await takeLog(await openCase(clean, 'default'), 's1', labText, { batchRecords: 50 });
      await clean.close();
      expected = await contentIn(whole);
      rmSync(whole, { recursive: true, force: true });
    }, busyMs);

    it.each([0, 1, 7, 20])(
      'loses nothing acknowledged after %i commits, and the same file again completes it',
      async (dieAfter) => {
        const dir = newDir();
        const cases = await openSqliteCases({ dataDir: dir, now, seal });
        const store = await openCase(cases, 'default');
        await store.facts.beginSource(newSource('s1'));
        const batches = batchesOf(labText, { batchRecords: 50 });
        let stored = 0;
        for (const batch of batches.slice(0, dieAfter))
          stored += (await store.facts.append('s1', batch, progress)).stored;
        // One more is under way and never acknowledged.
        const [next] = batches.slice(dieAfter);
        const lost = next === undefined ? undefined : store.facts.append('s1', next, progress);
        lost?.catch(() => undefined);
        await cases.abandon();

        const again = await openSqliteCases({ dataDir: dir, now, seal });
        const reopened = await openCase(again, 'default');
        const [source] = await reopened.queries.sources();
        expect(source?.state).toBe('interrupted');
        expect(source?.ledger.stored).toBeGreaterThanOrEqual(stored);
        const { ledger } = await takeLog(reopened, 's2', labText, { batchRecords: 50 });
        expect(ledger.stored + (source?.ledger.stored ?? 0)).toBe(lab.lines.length);
        expect(await contentOf(reopened)).toEqual(expected);
        await again.close();
      },
      busyMs,
    );
  });

  it('holds nothing of a batch that failed, in the file or in memory', () => {
    const writer = new CaseWriter(join(newDir(), 'x.db'), seal);
    writer.begin(newSource('s1'));
    const [first, second, third] = batchesOf(labText, { batchRecords: 200 });
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('the log is shorter than it was');
    writer.append('s1', first, progress);
    expect(() => writer.append('s1', poisoned(second), progress)).toThrow(/symbol|bind|convert/i);
    expect(writer.append('s1', second, progress).ledger).toMatchObject({
      stored: 200,
      duplicate: 0,
      events: 200,
    });
    expect(() => writer.append('s1', poisoned(third), progress)).toThrow(/symbol|bind|convert/i);
    expect(writer.append('s1', second, progress).ledger).toMatchObject({ duplicate: 200 });
    writer.close();
  });

  it('counts every record once however often a batch fails before it goes in', async () => {
    const dir = newDir();
    const path = join(dir, 'cases', 'default.db');
    const cases = await openSqliteCases({ dataDir: dir, now, seal });
    await cases.close();
    const writer = new CaseWriter(path, seal);
    writer.begin(newSource('s1'));
    for (const batch of batchesOf(labText, { batchRecords: 200 })) {
      expect(() => writer.append('s1', poisoned(batch), progress)).toThrow(/symbol|bind|convert/i);
      writer.append('s1', batch, progress);
    }
    writer.end('s1', endOf('complete'));
    writer.close();
    const clean = newDir();
    const other = await openSqliteCases({ dataDir: clean, now, seal });
    await takeLog(await openCase(other, 'default'), 's1', labText, { batchRecords: 200 });
    await other.close();
    expect(await contentIn(dir)).toEqual(await contentIn(clean));
  });

  it('leaves no file behind when it is deleted', async () => {
    const dir = newDir();
    const cases = await openSqliteCases({ dataDir: dir, now });
    await takeLog(await openCase(cases, 'gone'), 's1', broken.text);
    expect(readdirSync(join(dir, 'cases')).some((file) => file.startsWith('gone'))).toBe(true);
    await cases.remove('gone');
    expect(readdirSync(join(dir, 'cases')).filter((file) => file.startsWith('gone'))).toEqual([]);
    await cases.close();
    expect(readdirSync(join(dir, 'cases')).sort()).toEqual(['default.db']);
  });
});

describe('a data directory', () => {
  it('has one writer: a second opening is refused while the first lives', async () => {
    const dir = newDir();
    const cases = await openSqliteCases({ dataDir: dir, now });
    await expect(openSqliteCases({ dataDir: dir, now })).rejects.toThrow(/in use by process \d+/);
    await cases.close();
    const again = await openSqliteCases({ dataDir: dir, now });
    await again.close();
  });

  it('is taken over from a process that has died', async () => {
    const dir = newDir();
    // Beyond the largest pid that Linux hands out.
    writeFileSync(join(dir, 'forebear.lock'), '4194999\n');
    const cases = await openSqliteCases({ dataDir: dir, now });
    await cases.close();
    expect(readdirSync(dir)).not.toContain('forebear.lock');
  });
});
