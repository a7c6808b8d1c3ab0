import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchesOf, newSource, progress } from '../testing/intoStore.ts';
import { openSqliteCases, type SqliteCases } from './sqliteStore.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'forebear-scratch-test-'));
let cases: SqliteCases;
beforeAll(async () => {
  cases = await openSqliteCases({ dataDir, now: () => nanos(0n) });
});
afterAll(async () => {
  await cases.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const { lines } = generateReverseShell(3);

describe('a scratch case', () => {
  it('takes facts as any other, and leaves neither a case nor a file', async () => {
    const before = await cases.list();
    let stored = 0;
    await cases.scratch(async (facts) => {
      await facts.beginSource(newSource('s1'));
      for (const batch of batchesOf(lines.join('\n')))
        stored += (await facts.append('s1', batch, progress)).stored;
    });
    expect(stored).toBe(lines.length);
    expect(await cases.list()).toEqual(before);
    expect(readdirSync(join(dataDir, 'scratch'))).toEqual([]);
  });

  it('is gone as well when its work fails, and says why', async () => {
    let key: Uint8Array | undefined;
    const failing = cases.scratch(async (facts) => {
      key = facts.recordKey;
      throw new Error('no more of this');
    });
    await expect(failing).rejects.toThrow('no more of this');
    await cases.scratch(async (facts) => {
      expect(facts.recordKey).not.toEqual(key);
      await expect(facts.beginSource(newSource('s1'))).resolves.toMatchObject({ ok: true });
    });
  });

  it('of a process that was killed is gone at the next start', async () => {
    const dir = join(dataDir, 'killed');
    const first = await openSqliteCases({ dataDir: dir, now: () => nanos(0n) });
    const begun = Promise.withResolvers<void>();
    const never = first.scratch(() => {
      begun.resolve();
      return new Promise(() => {});
    });
    await begun.promise;
    expect(readdirSync(join(dir, 'scratch'))).toHaveLength(1);
    await first.abandon();
    const next = await openSqliteCases({ dataDir: dir, now: () => nanos(0n) });
    expect(existsSync(join(dir, 'scratch'))).toBe(false);
    await next.close();
    void never;
  });
});
