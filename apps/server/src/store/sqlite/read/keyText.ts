import { type ProcessId, processKey } from '@forebear/model/event/facts';
import type { CaseDb } from './caseDb.ts';

/** The `processKey` of a process number, as its first face says; empty: no process has that number. */
export function storedKeyText(db: CaseDb, key: number): string {
  const [row] = db.all<Pick<ProcessId, 'dialect' | 'cluster' | 'id'>>(
    'SELECT dialect, cluster, exec_id AS id FROM faces WHERE id = ?',
    [key],
  );
  return row === undefined ? '' : processKey(row);
}
