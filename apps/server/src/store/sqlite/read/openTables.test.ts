import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterAll, describe, expect, it } from 'vitest';
import { batchesOf, newSource, progress } from '../../testing/intoStore.ts';
import { toTheEnd } from '../../testing/toTheEnd.ts';
import { CaseWriter } from '../write/caseWriter.ts';
import { CaseDb } from './caseDb.ts';
import { CaseReader } from './caseReader.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-open-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const now = nanos(1_790_000_000_000_000_000n);
const batches = batchesOf(generateReverseShell(3).lines.join('\n'), { batchRecords: 300 });
const never = { records: 1_000_000, atEnd: 1_000_000 };

function verified(reader: CaseReader) {
  return toTheEnd((turn) => reader.verify(turn, { compare: true }, now));
}

/** Every event in the order of lists, with what it says. */
function listed(reader: CaseReader): unknown[] {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = reader.events({
      filter: { kind: 'all' },
      limit: 500,
      lateLimitMs: 60_000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!page.ok) throw new Error(page.problem.message);
    for (const item of page.value.items) items.push(item);
    cursor = page.value.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

describe('the open partition', () => {
  it.each([['whole', 10_000_000] as const, ['by units', 0] as const])(
    'answers the same before it is sealed, after it, and from the middle of it, derived %s',
    (name, wholeUpTo) => {
      const path = join(dir, `${name}.db`);
      const writer = new CaseWriter(path, { records: 1_000_000, atEnd: 1 });
      writer.begin(newSource('s1'));
      const early = new CaseReader('default', path, wholeUpTo);
      for (const [at, batch] of batches.entries()) {
        writer.append('s1', batch, progress);
        // Seen as it grows: each batch is unfolded once, beside what was there.
        expect(verified(early)).toMatchObject({ faults: [] });
        if (at === Math.floor(batches.length / 2)) writer.tidy();
      }
      const late = new CaseReader('default', path, wholeUpTo);
      const [before, again] = [verified(early), verified(late)];
      const events = listed(early);
      expect(again).toEqual(before);
      expect(listed(late)).toEqual(events);
      writer.tidy();
      expect(verified(early)).toEqual(before);
      expect(listed(early)).toEqual(events);
      writer.close();
      early.close();
      late.close();
    },
  );

  it('gives the record of every event right after it was sealed, whatever was unfolded before', () => {
    const path = join(dir, 'sealed.db');
    const writer = new CaseWriter(path, { records: 1_000_000, atEnd: 1 });
    writer.begin(newSource('s1'));
    const reader = new CaseReader('default', path, 10_000_000);
    let events = 0;
    for (const batch of batches.slice(0, 4)) {
      events += writer.append('s1', batch, progress).ledger.events;
      if (events === batch.events.count) listed(reader);
    }
    writer.tidy();
    for (const seq of [1, Math.floor(events / 2), events])
      expect(reader.raw(`e${seq.toString(36)}`)).toMatchObject({ ok: true });
    writer.close();
    reader.close();
  });

  it('is answered from whole after a question that failed in the middle of it', () => {
    const path = join(dir, 'failed.db');
    const writer = new CaseWriter(path, never);
    writer.begin(newSource('s1'));
    const db = new CaseDb(path);
    const count = () =>
      db.snapshot(() => {
        const [open] = db.partitions;
        return db.all<number>(`SELECT count(*) FROM events_${open?.number ?? 0}`, [], 'pluck')[0];
      });
    let events = 0;
    for (const batch of batches.slice(0, 3)) {
      events += writer.append('s1', batch, progress).ledger.events;
      const failing = () =>
        db.snapshot(() => {
          expect(db.partitions).toHaveLength(1);
          throw new Error('a question that fails');
        });
      expect(failing).toThrow('a question that fails');
      expect(count()).toBe(events);
      expect(count()).toBe(events);
    }
    db.close();
    writer.close();
  });

  it('hides nothing of what was sealed since, after a question that failed', () => {
    const path = join(dir, 'hidden.db');
    const writer = new CaseWriter(path, { records: 1_000_000, atEnd: 1 });
    writer.begin(newSource('s1'));
    const db = new CaseDb(path);
    const count = () =>
      db.snapshot(() => {
        expect(db.partitions.length).toBeGreaterThan(0);
        return db.all<number>('SELECT count(*) FROM events_1', [], 'pluck')[0];
      });
    const counts: number[] = [];
    let events = 0;
    for (const batch of batches.slice(0, 2)) {
      counts.push(count() ?? 0);
      events += writer.append('s1', batch, progress).ledger.events;
    }
    // The second batch was never unfolded.
    expect(counts.at(-1)).toBeLessThan(events);
    writer.tidy();
    const failing = () =>
      db.snapshot(() => {
        throw new Error('a question that fails');
      });
    expect(failing).toThrow('a question that fails');
    expect(count()).toBe(events);
    db.close();
    writer.close();
  });

  it('is there whole when it was never sealed before the writer died, and knows its records and events', () => {
    const path = join(dir, 'died.db');
    const dead = new CaseWriter(path, never);
    dead.begin(newSource('s1'));
    for (const batch of batches) dead.append('s1', batch, progress);
    // It is not closed: what follows finds the file as a crash leaves it.
    const reader = new CaseReader('default', path, 10_000_000);
    const before = verified(reader);
    const writer = new CaseWriter(path, { records: 1_000_000, atEnd: 1 });
    writer.begin(newSource('s2'));
    for (const batch of batches)
      expect(writer.append('s2', batch, progress).ledger).toMatchObject({ stored: 0, events: 0 });
    expect(verified(reader)).toEqual(before);
    writer.tidy();
    expect(verified(reader)).toEqual(before);
    writer.close();
    reader.close();
    dead.close();
  });
});
