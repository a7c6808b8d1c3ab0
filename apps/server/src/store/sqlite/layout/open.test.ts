import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWriter, refusalOf } from './open.ts';

describe('which SQLite may hold evidence', () => {
  it.each(['3.49.2', '3.51.2', '3.7.0', '2.99.99'])(
    'refuses %s, which can lose a commit',
    (version) => {
      expect(refusalOf(version)).toMatch(new RegExp(`SQLite ${version} can lose committed data`));
    },
  );

  it.each(['3.51.3', '3.51.10', '3.53.2', '4.0.0'])('takes %s', (version) => {
    expect(refusalOf(version)).toBeUndefined();
  });

  it('syncs every commit, in WAL mode', () => {
    const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
    const db = openWriter(join(dir, 'x.db'));
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
    rmSync(dir, { recursive: true });
  });
});
