import { cpuUsage, memoryUsage } from 'node:process';
import { startBulk } from './bulkStream.ts';
import { commit, withServer } from './takeIn.ts';

/**
 * Feeds one case from empty and prints what each further million of events cost, in CPU time of this process (all its
 * threads; the log is made by another process). Flat: the last million costs what the first did.
 */
export async function benchGrowth(events: number, say: (line: string) => void): Promise<void> {
  const step = Math.min(1_000_000, Math.ceil(events / 10));
  say(`One case from empty to ${events.toLocaleString('en')} events.`);
  say('       events   µs CPU/event   events/s      RSS');
  const costs: number[] = [];
  await withServer(async (server) => {
    const { child, log } = startBulk(events);
    let seen = 0;
    let counted = 0;
    let next = step;
    let wall = performance.now();
    let cpu = cpuUsage();
    const stop = server.ingest.watch((_case, { source }) => {
      seen = source.ledger.events;
      if (seen < next) return;
      const used = cpuUsage(cpu);
      const took = (performance.now() - wall) / 1000;
      const count = seen - counted;
      const cost = (used.user + used.system) / count;
      costs.push(cost);
      say(
        `${seen.toLocaleString('en').padStart(13)}   ${cost.toFixed(2).padStart(12)}   ${Math.round(
          count / took,
        )
          .toLocaleString('en')
          .padStart(8)}   ${(memoryUsage.rss() / 2 ** 20).toFixed(0).padStart(4)} MiB`,
      );
      wall = performance.now();
      cpu = cpuUsage();
      counted = seen;
      next += step;
    });
    await commit(server, 'growth', log);
    stop();
    child.kill();
  });
  const [first, last] = [costs[0] ?? 0, costs.at(-1) ?? 0];
  if (first > 0) say(`The last step cost ${(last / first).toFixed(2)} x the first.`);
}
