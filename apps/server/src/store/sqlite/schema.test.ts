import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateBulk } from '@forebear/model/scenario/bulk';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStream } from '../../ingest/decoding.ts';
import { CaseReader } from './caseReader.ts';
import { CaseWriter } from './caseWriter.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-schema-'));
const now = nanos(1_790_000_000_000_000_000n);
const lines = [...generateBulk({ seed: 2, events: 40, pods: 2, nodes: 1 })];

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function write(path: string, id: string, from: number, to: number, perBatch: number): void {
  const writer = new CaseWriter(path);
  const source = { id, name: 'a.log', kind: 'upload', cluster: '', state: 'receiving' } as const;
  writer.begin({ ...source, startedAt: now, bytesExpected: undefined });
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
      writer.append(id, batch, { bytesReceived: 0, members: [], formats: {} });
  }
  writer.close();
}

describe('a case of layout 1', () => {
  it('is brought to this one with all that is in it, and written on', () => {
    const path = join(dir, 'old.db');
    // A stream a record: the first of a stream repeats nothing, as nothing did in layout 1.
    write(path, 'old', 0, 20, 1);
    const db = new Database(path);
    db.exec('ALTER TABLE raw_blocks DROP COLUMN folds; PRAGMA user_version = 1');
    db.close();

    write(path, 'new', 20, 40, 20);
    const reader = new CaseReader('default', path, 10_000);
    let turn = reader.verify(1, { compare: true }, now);
    while (!turn.ended) turn = reader.verify(1, { compare: true }, now);
    const { records, faults } = turn.value;
    expect(faults).toEqual([]);
    expect(records).toBe(lines.length);
    const texts = Array.from({ length: records }, (_, index) => {
      const raw = reader.raw(`e${(index + 1).toString(36)}`);
      return raw.ok ? Buffer.from(raw.value.bytes).toString() : raw.problem.message;
    });
    expect(texts).toEqual(lines);
    reader.close();
  });
});
