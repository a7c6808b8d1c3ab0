import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStream } from '../../../ingest/decoding.ts';
import { toTheEnd } from '../../testing/toTheEnd.ts';
import { CaseWriter } from '../write/caseWriter.ts';
import { CaseReader } from './caseReader.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-verify-'));
const path = join(dir, 'case.db');
const clean = join(dir, 'clean.db');
const now = nanos(1_790_000_000_000_000_000n);

beforeAll(() => {
  const writer = new CaseWriter(clean, { records: 1_000_000, atEnd: 1 });
  writer.begin({
    id: 's',
    name: 'lab.log',
    kind: 'upload',
    cluster: '',
    startedAt: now,
    bytesExpected: undefined,
    state: 'receiving',
  });
  const stream = openStream({ cluster: '', format: 'auto', member: 0 });
  const bytes = Buffer.from(`${generateReverseShell(3).lines.join('\n')}\n`);
  const half = bytes.length / 2;
  const batches = [
    ...stream.push(bytes.subarray(0, half)),
    ...stream.flush(),
    ...stream.push(bytes.subarray(half)),
    ...stream.end(),
  ];
  for (const batch of batches) {
    writer.append('s', batch, { bytesReceived: bytes.length, members: [], formats: {} });
  }
  writer.tidy();
  writer.close();
});

beforeEach(() => {
  rmSync(path, { force: true });
  const copy = new Database(clean);
  copy.exec(`VACUUM INTO '${path}'`);
  copy.close();
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function faultsAfter(damage: (db: Database.Database) => void): readonly string[] {
  const db = new Database(path);
  damage(db);
  db.pragma('journal_mode = WAL');
  db.close();
  const reader = new CaseReader('default', path, 0);
  const { faults } = toTheEnd((turn) => reader.verify(turn, { compare: true }, now));
  reader.close();
  return faults;
}

describe('verify', () => {
  it('finds nothing in a case as it was written, and every pod comes out of its part as of the whole', () => {
    expect(faultsAfter(() => undefined)).toEqual([]);
  });

  it('finds a raw block with a flipped byte', () => {
    const faults = faultsAfter((db) => {
      const row = db
        .prepare<[], { id: number; data: Buffer }>('SELECT id, data FROM raw_blocks LIMIT 1')
        .get();
      if (row === undefined) throw new Error('there is a block');
      row.data.writeUInt8(row.data.readUInt8(200) ^ 0xff, 200);
      db.prepare('UPDATE raw_blocks SET data = ? WHERE id = ?').run(row.data, row.id);
    });
    expect(faults.join()).toContain('damaged');
  });

  it('finds a ledger that says more than there is', () => {
    expect(faultsAfter((db) => db.exec('UPDATE sources SET stored = stored + 1')).join()).toMatch(
      /stored is \d+, counted \d+/,
    );
  });

  it('finds events and blocks that are gone', () => {
    const faults = faultsAfter((db) =>
      db.exec('DELETE FROM events_1 WHERE seq = 7; DELETE FROM raw_blocks WHERE id = 1'),
    );
    expect(faults.join()).toMatch(/events is \d+, counted/);
    expect(faults.join()).toContain('begins with record');
  });
});
