import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateBulk } from '@forebear/model/scenario/bulk';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStream } from '../../ingest/decoding.ts';
import { CaseWriter } from './write/caseWriter.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-key-'));
const log = Buffer.from([...generateBulk({ seed: 4, events: 60, pods: 2, nodes: 1 })].join('\n'));
const startedAt = nanos(1_790_000_000_000_000_000n);

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Opens the case, takes the log in as a source, and says what it added and under which key. */
function take(name: string, id: string): { key: Uint8Array | undefined; stored: number } {
  const writer = new CaseWriter(join(dir, name));
  const key = writer.recordKey;
  const source = { id, name: 'a.log', kind: 'upload', cluster: '', state: 'receiving' } as const;
  writer.begin({ ...source, startedAt, bytesExpected: undefined });
  const stream = openStream({ cluster: '', format: 'auto', member: 0, recordKey: key });
  let stored = 0;
  for (const batch of [...stream.push(log), ...stream.end()]) {
    const progress = { bytesReceived: 0, members: [], formats: {} };
    stored += writer.append(id, batch, progress).ledger.stored;
  }
  writer.close();
  return { key, stored };
}

describe('the key of a case', () => {
  it('is its own, and stays: a log that comes again adds nothing', () => {
    const first = take('one.db', 'a');
    const again = take('one.db', 'b');
    const other = take('two.db', 'a');
    expect(first.key).toHaveLength(16);
    expect(again.key).toEqual(first.key);
    expect(other.key).not.toEqual(first.key);
    expect([first.stored, again.stored, other.stored]).toEqual([60, 0, 60]);
  });

  it('is missing in a case from before there were keys, which knows its records all the same', () => {
    new CaseWriter(join(dir, 'old.db')).close();
    const db = new Database(join(dir, 'old.db'));
    db.exec("DELETE FROM meta WHERE key = 'record_key'");
    db.close();
    const first = take('old.db', 'a');
    const again = take('old.db', 'b');
    expect(first.key).toBeUndefined();
    expect([first.stored, again.stored]).toEqual([60, 0]);
  });
});
