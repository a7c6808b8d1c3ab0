import { once } from 'node:events';
import { argv, stdout } from 'node:process';
import { generateBulk } from '@forebear/model/scenario/bulk';

/**
 * `bulkWriter.ts EVENTS`: the bulk log on standard output, as fast as whoever reads it. A process of its own, so that
 * what making the log costs is not counted as taking it in.
 */
const events = Number(argv[2] ?? 100_000);
const flushAt = 1 << 20;
let pending: string[] = [];
let size = 0;
for (const line of generateBulk({ seed: 1, events })) {
  pending.push(line);
  size += line.length + 1;
  if (size < flushAt) continue;
  if (!stdout.write(`${pending.join('\n')}\n`)) await once(stdout, 'drain');
  pending = [];
  size = 0;
}
if (pending.length > 0) stdout.write(`${pending.join('\n')}\n`);
