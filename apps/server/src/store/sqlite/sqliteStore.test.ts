import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterAll, expect, it } from 'vitest';
import { checkStore } from '../testing/contract.ts';
import { openCase, takeLog } from '../testing/intoStore.ts';
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

it('tells whoever will not wait of one part of a case, and goes on from there', async () => {
  const cases = await openSqliteCases({
    dataDir: join(dataDir, 'parts'),
    now: () => nanos(0n),
    seal,
    wholeUpTo: 0,
  });
  const store = await openCase(cases, 'parts');
  await takeLog(store, 's', generateReverseShell(3).lines.join('\n'));
  const ask = () =>
    store.queries.pods({ filter: { kind: 'all' }, lateLimitMs: 60_000, patienceMs: 0 });
  const first = (await ask()).completeness.derived;
  expect(first?.of).toBeGreaterThan(2);
  expect(first?.parts).toBe(1);
  expect((await ask()).completeness.derived?.parts).toBe(2);
  await cases.close();
});
