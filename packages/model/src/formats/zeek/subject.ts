import { type JsonObject, oneLine, textOf } from '../read.ts';
import { dotted } from './fields.ts';
import { maskPassword } from './password.ts';

/** What of a stream's record says most in few words; never a column that may hold a password. */
const telling = new Map<string, readonly string[]>([
  ['dhcp', ['host_name', 'assigned_addr']],
  ['dpd', ['analyzer', 'failure_reason']],
  ['files', ['mime_type', 'filename']],
  ['intel', ['seen.indicator']],
  ['notice', ['note', 'msg']],
  ['signatures', ['sig_id', 'event_msg']],
  ['smb_files', ['action', 'name']],
  ['smb_mapping', ['path']],
  ['software', ['software_type', 'name']],
  ['ssh', ['client']],
  ['tunnel', ['tunnel_type', 'action']],
  ['weird', ['name', 'addl']],
  ['x509', ['certificate.subject']],
]);

/** The stream's name and what its record says most: `weird truncated_header`. */
export function subjectOf(record: JsonObject, stream: string): string {
  const words = (telling.get(stream) ?? []).map((key) => {
    const [outer = '', inner] = key.split('.');
    return textOf(inner === undefined ? record[outer] : dotted(record, outer, inner));
  });
  const told = words
    .filter((word) => word !== undefined)
    .map((word) => maskPassword(word, record.password));
  return oneLine([stream, ...told].filter((word) => word !== '').join(' '));
}
