import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePodKey } from '@forebear/model/event/facts';
import { nanos } from '@forebear/model/event/time';
import { isObject } from '@forebear/model/formats/read';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openMemoryCases } from './memory/memoryStore.ts';
import type { Cases, Change } from './ports.ts';
import { openSqliteCases } from './sqlite/sqliteStore.ts';
import { batchesOf, newSource, openCase, progress } from './testing/intoStore.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const now = () => nanos(0n);
const { lines } = generateReverseShell(3);

/** `namespace/name` of the pods whose processes a record tells of. */
function podsIn(line: string): string[] {
  const record: unknown = JSON.parse(line);
  const bodies = isObject(record) ? Object.values(record).filter(isObject) : [];
  return bodies.flatMap(({ process }) => {
    const pod = isObject(process) ? process.pod : undefined;
    return isObject(pod) ? [`${String(pod.namespace)}/${String(pod.name)}`] : [];
  });
}

describe.each([
  ['memory', async (): Promise<Cases> => openMemoryCases({ now })],
  ['sqlite', async (): Promise<Cases> => openSqliteCases({ dataDir: dir, now })],
])('a commit of the %s store', (_name, open) => {
  it('names every pod that its records tell of, whatever came before', async () => {
    const cases = await open();
    let run = 0;
    const index = fc.nat(lines.length - 1);
    const batches = fc.array(fc.array(index, { minLength: 1, maxLength: 25 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (wanted) => {
        run += 1;
        const store = await openCase(cases, `run-${run}`);
        await store.facts.beginSource(newSource('s1'));
        const changes: Change[] = [];
        store.queries.watch((change) => changes.push(change));
        const known = new Set<number>();
        for (const indexes of wanted) {
          const text = indexes.map((at) => lines[at] ?? '').join('\n');
          for (const batch of batchesOf(text)) await store.facts.append('s1', batch, progress);
          const added = indexes.filter((at) => !known.has(at));
          for (const at of indexes) known.add(at);
          const told = new Set(added.flatMap((at) => podsIn(lines[at] ?? '')));
          const change = changes.at(-1);
          // No list would mean any pod: true, and of no use to whoever watches one.
          const named = change?.pods?.map(parsePodKey) ?? [];
          const names = new Set(named.map(({ namespace, name }) => `${namespace}/${name}`));
          expect([...told].filter((pod) => !names.has(pod))).toEqual([]);
        }
        expect(changes).toHaveLength(wanted.length);
        await cases.remove(`run-${run}`);
      }),
      { numRuns: 20 },
    );
    await cases.close();
  });
});
