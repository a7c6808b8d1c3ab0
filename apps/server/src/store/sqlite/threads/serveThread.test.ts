import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterEach, describe, expect, it } from 'vitest';
import { packBatch } from '../../../crossing/packedBatch.ts';
import { batchesOf, newSource, openCase, progress } from '../../testing/intoStore.ts';
import { openSqliteCases } from '../sqliteStore.ts';
import { defaultSealPolicy } from '../write/partitions.ts';
import { ThreadLink } from './threadLink.ts';
import type { WriterCalls } from './writerCalls.ts';

const text = generateReverseShell(3).lines.join('\n');
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The log's batches, for one test: they are given away as they are appended. */
function newBatches() {
  const [first, second] = batchesOf(text);
  if (first === undefined || second === undefined) throw new Error('the log is too short');
  return { first, second };
}

describe('a call that commits what waits', () => {
  it('is answered behind what it commits: what is durable is not refused when the thread then ends', async () => {
    const path = join(newDir(), 'x.db');
    const writer = new ThreadLink<WriterCalls>(
      new URL('./writer.worker.ts', import.meta.url),
      defaultSealPolicy,
      512,
    );
    ends.push(() => writer.end());
    await writer.call('open', [path]);
    await writer.call('begin', [path, newSource('s1')]);
    const { first, second } = newBatches();
    const order: string[] = [];
    const calls = [
      writer.call('append', [path, 's1', packBatch(first), progress, true]),
      writer.call('append', [path, 's1', packBatch(second), progress, true]),
      writer.call('closeAll', []),
    ];
    const names = ['first', 'second', 'closed'];
    await Promise.all(calls.map((call, at) => call.then(() => order.push(names[at] ?? ''))));
    expect(order).toEqual(names);
  });

  it('lets the version of a case never go back', async () => {
    const cases = await openSqliteCases({ dataDir: newDir(), now: () => nanos(0n) });
    ends.push(() => cases.close());
    const { facts, queries } = await openCase(cases, 'default');
    await facts.beginSource(newSource('s1'));
    const before = queries.version();
    const { first, second } = newBatches();
    const versions: number[] = [];
    const noted = () => {
      versions.push(queries.version());
    };
    await Promise.all([
      facts.append('s1', first, progress, true).then(noted),
      facts.append('s1', second, progress, true).then(noted),
      facts.beginSource(newSource('s2')).then(noted),
    ]);
    expect(versions).toEqual([before + 1, before + 2, before + 3]);
  });
});

describe('a thread that is ended', () => {
  it('is not torn out of the call that it is in, and begins none of those that wait', async () => {
    const began = new Int32Array(new SharedArrayBuffer(4));
    const served = new URL('./serveThread.ts', import.meta.url).href;
    const program = `import { serveThread } from '${served}';
      serveThread((method, [began]) => {
        Atomics.add(began, 0, 1);
        const waits = new Int32Array(new SharedArrayBuffer(4));
        Atomics.wait(waits, 0, 0, 200);
      });`;
    const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
    const link = new ThreadLink<{ work: (began: Int32Array) => void }>(url, undefined, 512);
    const settled = Promise.allSettled([0, 1, 2].map(() => link.call('work', [began])));
    while (Atomics.load(began, 0) === 0) await new Promise((next) => setTimeout(next, 1));
    await link.end();
    expect((await settled).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(Atomics.load(began, 0)).toBe(1);
  });
});
