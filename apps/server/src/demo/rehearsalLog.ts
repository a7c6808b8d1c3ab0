import { generateBulk } from '@forebear/model/scenario/bulk';

/** As many as it takes until most of what reads and writes logs has been compiled. */
const records = 30_000;

/** The log that a server takes in before the first real one (`ingest/rehearsal.ts`), a line at a time. */
export function rehearsalLog(): Iterable<string> {
  return generateBulk({ seed: 1, events: records, pods: 40, nodes: 2 });
}
