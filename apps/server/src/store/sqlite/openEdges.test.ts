import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { afterAll, describe, expect, it } from 'vitest';
import type { Queries } from '../ports.ts';
import { treeOfItem } from '../testing/everyAnswer.ts';
import { openCase, takeLog } from '../testing/intoStore.ts';
import { openSqliteCases } from './sqliteStore.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-store-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
/** The command line that people look into a case with. */
const shellProgram = 'sqlite3';

describe('the file of a case, without us', () => {
  it('shows the sqlite3 command line the edges that the API answers, all of them and no other', async (context) => {
    if (spawnSync(shellProgram, ['--version']).status !== 0) {
      context.skip(`${shellProgram} is not installed`);
    }
    const cases = await openSqliteCases({ dataDir: dir, now: () => nanos(0n) });
    const store = await openCase(cases, 'default');
    await takeLog(store, 's1', generateReverseShell(3).lines.join('\n'));
    const api = await answeredEdges(store.queries);
    await cases.close();
    const shell = spawnSync(shellProgram, [
      join(dir, 'cases', 'default.db'),
      "SELECT DISTINCT parent_exec_id || '>' || exec_id FROM process_tree WHERE depth > 0",
    ]);
    const lines = shell.stdout.toString().trim().split('\n');
    expect(lines.length).toBeGreaterThan(100);
    const seen = new Set(lines.map((line) => edgeOf(line, api.cards)));
    expect([...seen].filter((edge) => !api.edges.has(edge))).toEqual([]);
    expect([...api.edges].filter((edge) => !seen.has(edge))).toEqual([]);
    // Two lines would be one edge only if one process stood below two images of one card.
    expect(seen.size).toBe(lines.length);
  });
});

interface Answered {
  /** `card>card` of parents, and `exec_id=exec_id` of the images of one card. */
  readonly edges: ReadonlySet<string>;
  /** The card of each exec_id. */
  readonly cards: ReadonlyMap<string, string>;
}

/** The edges of every tree of the case, pods and hosts. */
async function answeredEdges(queries: Queries): Promise<Answered> {
  const edges = new Set<string>();
  const cards = new Map<string, string>();
  const { items } = await queries.pods({ filter: { kind: 'all' }, lateLimitMs: 60_000 });
  expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['pod', 'host']));
  for (const item of items) {
    const of = treeOfItem(item);
    const tree = await queries.treeObjects({ of, lateLimitMs: 60_000, fold: false });
    if (!tree.ok) throw new Error(tree.problem.message);
    for (const { ref, parentRef, images } of tree.value.nodes) {
      const ids = images.map(({ execId }) => execId);
      for (const id of ids) cards.set(id, ref);
      for (const [at, id] of ids.slice(1).entries()) edges.add(`${ids[at]}=${id}`);
      if (parentRef !== null) edges.add(`${parentRef}>${ref}`);
    }
  }
  return { edges, cards };
}

/** A line of the view as the API says it: between cards, or inside one. */
function edgeOf(line: string, cards: ReadonlyMap<string, string>): string {
  const [parent = '', child = ''] = line.split('>');
  const [above, below] = [cards.get(parent), cards.get(child)];
  return above === below ? `${parent}=${child}` : `${above}>${below}`;
}
