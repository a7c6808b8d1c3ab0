import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterAll, describe, expect, it } from 'vitest';
import { treeOfItem } from '../testing/everyAnswer.ts';
import { openCase, takeLog } from '../testing/intoStore.ts';
import { openSqliteCases } from './sqliteStore.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
/** The command line that people look into a case with. */
const shellProgram = 'sqlite3';
const hasShell = spawnSync(shellProgram, ['--version']).status === 0;

describe('the file of a case, without us', () => {
  it.skipIf(!hasShell)(
    'shows the sqlite3 command line the edges that the API answers',
    async () => {
      const cases = await openSqliteCases({ dataDir: dir, now: () => nanos(0n) });
      const { queries } = await (async () => {
        const store = await openCase(cases, 'default');
        await takeLog(store, 's1', generateReverseShell(3).lines.join('\n'));
        return store;
      })();
      const edges = new Set<string>();
      const { items } = await queries.pods({ filter: { kind: 'all' }, lateLimitMs: 60_000 });
      for (const item of items) {
        if (item.kind !== 'pod') continue;
        const tree = await queries.treeObjects({
          of: treeOfItem(item),
          lateLimitMs: 60_000,
          fold: false,
        });
        if (!tree.ok) throw new Error(tree.problem.message);
        const byRef = new Map(tree.value.nodes.map((node) => [node.ref, node]));
        for (const node of tree.value.nodes) {
          const images = node.images.map(({ execId }) => execId);
          for (const [at, execId] of images.slice(1).entries())
            edges.add(`${images[at]}>${execId}`);
          // The parent's card has several images when it exec'd in place; one of them is the parent.
          const parent = byRef.get(node.parentRef ?? '');
          for (const image of parent?.images ?? []) edges.add(`${image.execId}>${images[0]}`);
        }
      }
      await cases.close();
      const shell = spawnSync(shellProgram, [
        join(dir, 'cases', 'default.db'),
        "SELECT DISTINCT parent_exec_id || '>' || exec_id FROM process_tree WHERE depth > 0",
      ]);
      const lines = shell.stdout.toString().trim().split('\n');
      expect(lines.length).toBeGreaterThan(100);
      const missing = lines.filter((edge) => !edges.has(edge));
      // Host processes that are above no pod stand in no pod's tree.
      const hostOnly = new Set(items.filter(({ kind }) => kind === 'host').map(({ node }) => node));
      expect(hostOnly.size).toBeGreaterThan(0);
      expect(missing.filter((edge) => !isOnHost(edge, dir))).toEqual([]);
    },
  );

  it.runIf(!hasShell)('is not compared with the sqlite3 command line: it is not installed', () => {
    expect(hasShell).toBe(false);
  });
});

/** Whether the child of an edge is a process without a pod. */
function isOnHost(edge: string, dataDir: string): boolean {
  const child = edge.slice(edge.indexOf('>') + 1);
  const shell = spawnSync(shellProgram, [
    join(dataDir, 'cases', 'default.db'),
    `SELECT count(*) FROM processes WHERE exec_id = '${child}' AND pod_id IS NOT NULL`,
  ]);
  return shell.stdout.toString().trim() === '0';
}
