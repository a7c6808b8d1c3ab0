import type { JsonObject } from '../read.ts';
import { datasetOf } from './claim.ts';
import { textsAt } from './fields.ts';

/** What a document tells of, from its action, categories and types. */
export type Happening =
  | 'exec'
  | 'fork'
  | 'running'
  | 'exit'
  | 'connect'
  | 'accept'
  | 'close'
  | 'lookup'
  | 'file'
  | 'library'
  | 'other';

/** Actions of Defend on Linux, macOS and Windows, and those of Auditbeat that say the same. */
const byAction = new Map<string, Happening>([
  ['exec', 'exec'],
  ['start', 'exec'],
  ['process_started', 'exec'],
  ['executed', 'exec'],
  ['fork', 'fork'],
  ['already_running', 'running'],
  ['existing_process', 'running'],
  ['end', 'exit'],
  ['process_stopped', 'exit'],
  ['connection_attempted', 'connect'],
  ['connected-to', 'connect'],
  ['connection_accepted', 'accept'],
  ['accepted-connection-from', 'accept'],
  ['disconnect_received', 'close'],
  ['lookup_requested', 'lookup'],
  ['lookup_result', 'lookup'],
]);

/** The document's actions, lower case. */
export function actionsOf(record: JsonObject): readonly string[] {
  return textsAt(record, 'event.action').map((action) => action.toLowerCase());
}

/** What happened. An unknown action of a process is what its type says: `start` an exec, `end` an exit. */
export function happeningOf(record: JsonObject): Happening {
  const kinds = new Set(textsAt(record, 'event.category'));
  const dataset = datasetOf(record);
  if (kinds.size === 0) kinds.add(dataset.slice(dataset.lastIndexOf('.') + 1));
  // A file's or a library's action may be called as a process's is.
  if (kinds.has('file')) return 'file';
  if (kinds.has('library') || kinds.has('driver')) return 'library';
  for (const action of actionsOf(record)) {
    const known = byAction.get(action);
    if (known !== undefined) return known;
  }
  if (!kinds.has('process')) return 'other';
  const types = textsAt(record, 'event.type');
  if (types.includes('start')) return 'exec';
  return types.includes('end') ? 'exit' : 'other';
}
