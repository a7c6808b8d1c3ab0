import { generateBulk } from '@forebear/model/scenario/bulk';

/** With as many records in each, most of what reads and writes logs has been compiled behind the last. */
const logs = 4;
const records = 30_000;

/** The logs that a server takes in before the first real one (`ingest/rehearsal.ts`), each a line at a time. */
export function* rehearsalLogs(): Iterable<Iterable<string>> {
  for (let seed = 1; seed <= logs; seed += 1) yield generateBulk({ seed, events: records });
}
