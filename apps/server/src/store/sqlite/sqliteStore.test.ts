import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { afterAll } from 'vitest';
import { checkStore } from '../testing/contract.ts';
import { openSqliteCases } from './sqliteStore.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const seal = { records: 400, atEnd: 100 };

// Partitions are sealed early, so that every answer crosses several.
checkStore('sqlite', () =>
  openSqliteCases({ dataDir: join(dataDir, 'whole'), now: () => nanos(0n), seal }),
);

// Derived by units, however small the case: what every question loads must be enough.
checkStore('sqlite, by units', () =>
  openSqliteCases({ dataDir: join(dataDir, 'units'), now: () => nanos(0n), seal, wholeUpTo: 0 }),
);
