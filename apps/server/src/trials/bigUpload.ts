import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { startServer } from './childServer.ts';
import { sendLog } from './sendLog.ts';

/**
 * `bigUpload.ts [--events 480000] [--limit 512]`: uploads about 1 GB and reads the server's peak resident memory from
 * the kernel. Fails above the limit in MiB, or when a record is missing.
 */
const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    events: { type: 'string', default: '480000' },
    limit: { type: 'string', default: '512' },
  },
});
const events = Number(values.events);
const limit = Number(values.limit);

async function* body(): AsyncGenerator<Uint8Array> {
  let lines: string[] = [];
  for (const line of generateBulk({ seed: 5, events })) {
    lines.push(line);
    if (lines.length < 256) continue;
    yield Buffer.from(`${lines.join('\n')}\n`);
    lines = [];
  }
  yield Buffer.from(`${lines.join('\n')}\n`);
}

const dataDir = await mkdtemp(join(tmpdir(), 'forebear-big-'));
let passed = false;
try {
  const server = await startServer(dataDir);
  const start = performance.now();
  const source = await sendLog(server.url, 'big.log', body());
  const seconds = (performance.now() - start) / 1000;
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
  await server.stop();
  passed = source?.ledger.stored === events && peak <= limit;
  stdout.write(
    `${((source?.bytesReceived ?? 0) / 1e9).toFixed(2)} GB, ${source?.ledger.stored} of ${events} events stored in ${seconds.toFixed(1)} s; peak memory ${peak.toFixed(0)} MiB (limit ${limit})\n`,
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
exit(passed ? 0 : 1);
