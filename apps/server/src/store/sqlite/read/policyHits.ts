import { eventKinds } from '@forebear/model/event/event';
import type { PolicyHits } from '@forebear/model/event/facts';
import { policyLabels, policyOf, reportKinds } from '@forebear/model/event/policyWords';
import { policyHitsOf } from '@forebear/model/graph/facts/mergeFacts';
import type { CaseDb } from './caseDb.ts';

interface ReportRow {
  readonly process: number;
  readonly label: number;
  readonly subject: number;
  readonly hits: number;
}

const kinds = reportKinds.map((kind) => eventKinds.indexOf(kind)).join(', ');

/**
 * How often policies of the agent reported processes, by process number, out of the words of their events; events that say the
 * same as another count once. `keys`: the processes asked for; absent: all.
 */
export function policyHitsIn(
  db: CaseDb,
  keys?: readonly number[],
): ReadonlyMap<number, readonly PolicyHits[]> {
  const labels = db.allIn<number>(
    'SELECT id FROM strings WHERE text IN {in}',
    policyLabels,
    'pluck',
  );
  const hits = new Map<number, Map<string, number>>();
  if (labels.length === 0) return new Map();
  const ofReports = `kind IN (${kinds}) AND same = 0 AND label IN (${labels.join(', ')})`;
  const select = `SELECT process, label, subject, count(*) AS hits FROM {table} WHERE ${ofReports}`;
  const grouped = 'GROUP BY process, label, subject';
  const rows =
    keys === undefined
      ? db.each<ReportRow>('events', `${select} AND process IS NOT NULL ${grouped}`)
      : db.eachIn<ReportRow>('events', `${select} AND process IN {in} ${grouped}`, keys);
  for (const row of rows) {
    const policy = policyOf({ label: db.text(row.label), subject: db.text(row.subject) });
    if (policy === undefined) continue;
    const known = hits.get(row.process) ?? new Map<string, number>();
    hits.set(row.process, known.set(policy, (known.get(policy) ?? 0) + row.hits));
  }
  return new Map([...hits].map(([process, counts]) => [process, policyHitsOf(counts)]));
}
