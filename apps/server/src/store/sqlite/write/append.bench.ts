import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, memoryUsage, threadCpuUsage } from 'node:process';
import { createIngest } from '@forebear/model/ingest/ingest';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { packBatch, unpackBatch } from '../../../crossing/packedBatch.ts';
import { endOf, newSource, progress } from '../../testing/intoStore.ts';
import { CaseWriter } from './caseWriter.ts';

/**
 * What an append costs, and that it costs the same at any size: CPU per event of the writer alone, seals included, printed
 * for every 100,000 events. A second number says how many batches share a commit. A script and no test: it reads a clock.
 * `node --conditions=source apps/server/src/store/sqlite/write/append.bench.ts 1000000 4`
 */
const events = Number(argv[2] ?? 300_000);
const batchesPerCommit = Number(argv[3] ?? 1);
const dir = mkdtempSync(join(tmpdir(), 'forebear-bench-'));
const path = join(dir, 'case.db');
const writer = new CaseWriter(path);
writer.begin(newSource('s1'));
const ingest = createIngest({
  cluster: '',
  hash: (bytes) => hash('sha256', bytes, 'buffer').readBigUInt64LE(0),
});
let spent = 0;
let written = 0;
let batchCount = 0;
let received = 0;
let kept = 0;
let shownAt = 0;
let shownSpent = 0;

function cpu(): number {
  const { user, system } = threadCpuUsage();
  return user + system;
}

function write(batches: ReturnType<typeof ingest.push>): void {
  for (const decoded of batches) {
    received += decoded.raw.size;
    kept += decoded.raw.kept.length;
    // As it arrives in the writer's thread: without the texts that it was cut from.
    const batch = unpackBatch(structuredClone(packBatch(decoded)));
    const before = cpu();
    written += writer.write('s1', batch, progress).ledger.events;
    batchCount += 1;
    if (batchCount % batchesPerCommit === 0) writer.commit();
    spent += cpu() - before;
  }
  if (written - shownAt < 100_000) return;
  const perEvent = (spent - shownSpent) / (written - shownAt);
  const megabytes = Math.round(memoryUsage.rss() / 1e6);
  console.log(`${written} events: ${perEvent.toFixed(2)} us CPU per event, ${megabytes} MB RSS`);
  shownAt = written;
  shownSpent = spent;
}

let lines: string[] = [];
for (const line of generateBulk({ seed: 1, events })) {
  lines.push(line);
  if (lines.length < 500) continue;
  write(ingest.push(new TextEncoder().encode(`${lines.join('\n')}\n`)));
  lines = [];
}
write(ingest.push(new TextEncoder().encode(lines.join('\n'))));
write(ingest.end());
const before = cpu();
writer.end('s1', endOf('complete'));
spent += cpu() - before;
const logBytes = statSync(`${path}-wal`).size;
writer.close();
console.log(
  `of ${(received / written).toFixed(0)} bytes per event ${(kept / written).toFixed(0)} are kept, the rest repeats them`,
);
const bytes = statSync(path).size / written;
console.log(
  `all: ${(spent / written).toFixed(2)} us CPU per event, ${bytes.toFixed(0)} bytes on disk per event, ${(logBytes / 1e6).toFixed(0)} MB of write-ahead log in ${batchCount} batches`,
);
rmSync(dir, { recursive: true, force: true });
