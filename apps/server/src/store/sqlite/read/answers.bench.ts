import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, memoryUsage, threadCpuUsage } from 'node:process';
import type { ProcessEvent } from '@forebear/model/event/event';
import { createIngest } from '@forebear/model/ingest/ingest';
import type { Filter } from '@forebear/model/query/filter';
import { generateBulk } from '@forebear/model/scenario/bulk';
import type { PodItem } from '@forebear/model/wire/inventory';
import { endOf, newSource, progress } from '../../testing/intoStore.ts';
import { batchOfEvents, falcoAlert, falcoExec, hubbleFlow } from '../../testing/otherEvents.ts';
import { toTheEnd } from '../../testing/toTheEnd.ts';
import { CaseWriter } from '../write/caseWriter.ts';
import { CaseReader } from './caseReader.ts';
import type { AskedTurn, Turn } from './turns.ts';

/**
 * What the long answers of a case cost: CPU of the reader's thread for each, first asked and asked again. A script and no
 * test: it reads a clock. `whole`: derived at once; else by units. A third argument names a file to keep the case in, a fourth
 * says how many events of other agents than Tetragon are in the case, too.
 * `node --conditions=source apps/server/src/store/sqlite/read/answers.bench.ts 96000 units`
 */
const OTHERS_AT_ONCE = 5_000;
const events = Number(argv[2] ?? 96_000);
const wholeUpTo = argv[3] === 'whole' ? Number.POSITIVE_INFINITY : 10_000;
const dir = mkdtempSync(join(tmpdir(), 'forebear-bench-'));
const path = argv[4] ?? join(dir, 'case.db');
const others = Number(argv[5] ?? 0);
if (!existsSync(path)) write();

const all = { kind: 'all' } as const;
const lateLimitMs = 60_000;
const opened = new CaseReader('bench', path, wholeUpTo);
let pod: PodItem | undefined;
const questions: readonly [string, (turn: AskedTurn) => Turn<unknown>][] = [
  ['pods', (turn) => opened.pods(turn, { filter: all, lateLimitMs })],
  ['namespaces', (turn) => opened.namespaces(turn)],
  ['destinations', (turn) => opened.destinations(turn, { filter: all, lateLimitMs, limit: 100 })],
  ['lateral', (turn) => opened.lateral(turn, { lateLimitMs })],
  ['histogram', (turn) => opened.histogram(turn, { filter: all, lateLimitMs, buckets: 100 })],
  [
    'pods nmap',
    (turn) => opened.pods(turn, { filter: { kind: 'text', text: 'nmap' }, lateLimitMs }),
  ],
  [
    'events over time of one pod',
    (turn) => opened.histogram(turn, { filter: onePod(), lateLimitMs, buckets: 100 }),
  ],
  [
    'events nmap',
    () => ({
      ended: true,
      value: opened.events({ filter: { kind: 'text', text: 'nmap' }, lateLimitMs, limit: 100 }),
    }),
  ],
];
for (const [name, ask] of [...questions, ...questions]) {
  const before = cpu();
  toTheEnd(ask);
  const seconds = (cpu() - before) / 1e6;
  console.log(
    `${name}: ${seconds.toFixed(2)} s CPU, ${Math.round(memoryUsage.rss() / 1e6)} MB RSS`,
  );
}
opened.close();
rmSync(dir, { recursive: true, force: true });

/** What the strip over a pod's tree asks by: the name of the pod that comes first. */
function onePod(): Filter {
  pod ??= toTheEnd((turn) => opened.pods(turn, { filter: all, lateLimitMs })).items[0];
  return {
    kind: 'clauses',
    clauses: [
      { field: 'k8s.ns.name', operator: '=', value: pod?.namespace ?? '' },
      { field: 'k8s.pod.name', operator: '=', value: pod?.pod ?? '' },
    ],
  };
}

/** Execs each with an alert, and as many flows of the same pods. */
function otherEvents(from: number): ProcessEvent[] {
  return Array.from({ length: Math.min(OTHERS_AT_ONCE, others - from) }, (_, index) => {
    const number = from + index;
    const run = number >> 2;
    const podName = `web-${run % 200}`;
    const told = { at: run, pid: 1_000 + (run % 30_000), node: `n${run % 20}`, pod: podName };
    switch (number & 3) {
      case 0:
        return falcoExec(told);
      case 1:
        return falcoAlert(told, { severity: run % 10 === 0 ? 'Critical' : 'Notice' });
      default:
        return hubbleFlow(run, podName, { sourcePort: 20_000 + (number % 40_000) });
    }
  });
}

function cpu(): number {
  const { user, system } = threadCpuUsage();
  return user + system;
}

function write(): void {
  const writer = new CaseWriter(path);
  writer.begin(newSource('s1'));
  const ingest = createIngest({
    cluster: '',
    hash: (bytes) => hash('sha256', bytes, 'buffer').readBigUInt64LE(0),
  });
  const take = (batches: ReturnType<typeof ingest.push>): void => {
    for (const batch of batches) writer.append('s1', batch, progress);
  };
  let lines: string[] = [];
  for (const line of generateBulk({ seed: 1, events })) {
    lines.push(line);
    if (lines.length < 500) continue;
    take(ingest.push(new TextEncoder().encode(`${lines.join('\n')}\n`)));
    lines = [];
  }
  take(ingest.push(new TextEncoder().encode(lines.join('\n'))));
  take(ingest.end());
  for (let at = 0; at < others; at += OTHERS_AT_ONCE)
    writer.append('s1', batchOfEvents(otherEvents(at), at), progress);
  writer.end('s1', endOf('complete'));
  writer.close();
}
