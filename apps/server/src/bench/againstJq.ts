import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startBulk } from './bulkStream.ts';
import { timeJq } from './jqRun.ts';
import { takeIn, withServer } from './takeIn.ts';

/**
 * Takes one generated file in and lets `jq -c` pick eight fields from the same file, in turns, in one run. The server is
 * running (as it is when a person drops a file); its first round is cold. Read the ratio.
 */
export async function benchAgainstJq(events: number, say: (line: string) => void): Promise<void> {
  const path = join(tmpdir(), `forebear-bench-${events}.log`);
  const { log } = startBulk(events);
  // On the disk before anything is measured: it would be written out in the middle of that.
  await pipeline(log, createWriteStream(path, { flush: true }));
  const { size } = await stat(path);
  say(`One log of ${events.toLocaleString('en')} events, ${(size / 1e6).toFixed(0)} MB.`);
  try {
    await withServer(async (server) => {
      for (const round of [1, 2, 3]) {
        const jq = await timeJq(path);
        const ours = await takeIn(
          server,
          `round-${round}`,
          createReadStream(path, { highWaterMark: 1 << 20 }),
        );
        const rate = (seconds: number) =>
          `${Math.round(events / seconds).toLocaleString('en')} events/s`;
        say(`round ${round}${round === 1 ? ' (cold)' : ''}`);
        if (jq === undefined) say('  jq                 is not installed: nothing to compare with');
        else say(`  jq -c, 8 fields    ${jq.toFixed(2)} s  ${rate(jq)}`);
        const ratio = (seconds: number) =>
          jq === undefined ? '' : `  ${(jq / seconds).toFixed(2)} x jq`;
        say(
          `  committed          ${ours.committedSeconds.toFixed(2)} s  ${rate(ours.committedSeconds)}${ratio(ours.committedSeconds)}`,
        );
        say(
          `  ... pods answered  ${ours.queryableSeconds.toFixed(2)} s  ${rate(ours.queryableSeconds)}${ratio(ours.queryableSeconds)}  (${ours.pods} pods and hosts)`,
        );
        if (ours.ledger.stored !== events)
          throw new Error(`stored ${ours.ledger.stored} of ${events}`);
      }
    });
  } finally {
    await rm(path, { force: true });
  }
}
