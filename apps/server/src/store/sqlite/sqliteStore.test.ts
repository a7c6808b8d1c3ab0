import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { afterAll } from 'vitest';
import { checkStore } from '../testing/contract.ts';
import { openSqliteCases } from './sqliteStore.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

// Partitions are sealed early, so that every answer crosses several.
checkStore('sqlite', () =>
  openSqliteCases({ dataDir, now: () => nanos(0n), seal: { records: 400, atEnd: 100 } }),
);
