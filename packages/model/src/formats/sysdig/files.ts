import type { Call } from './call.ts';
import { valueOf } from './info.ts';
import { isPath } from './ownFields.ts';

const opens = new Set(['open', 'openat', 'openat2', 'creat']);

const verbs = new Map([
  ['unlink', 'delete'],
  ['unlinkat', 'delete'],
  ['rename', 'rename'],
  ['renameat', 'rename'],
  ['renameat2', 'rename'],
  ['mkdir', 'mkdir'],
  ['mkdirat', 'mkdir'],
  ['rmdir', 'rmdir'],
  ['chmod', 'chmod'],
  ['fchmodat', 'chmod'],
]);

/** `open /etc/passwd` for a call on a file that succeeded; undefined for every other. */
export function fileSubject({ type, direction, info, result, fields }: Call): string | undefined {
  if (direction !== 'exit' || result === undefined || result < 0) return undefined;
  if (opens.has(type)) {
    const told = fields !== undefined && isPath(fields.fd) ? fields.fd : undefined;
    const path = /^fd=\d{1,10}\(<f>(.+?)\)(?: [a-z_]+=|$)/s.exec(info)?.[1] ?? told;
    return path === undefined ? undefined : `${type === 'creat' ? 'create' : 'open'} ${path}`;
  }
  const verb = verbs.get(type);
  if (verb === undefined) return undefined;
  const before = valueOf(info, 'oldpath');
  const after = valueOf(info, 'newpath');
  if (before !== undefined && after !== undefined) return `${verb} ${before} → ${after}`;
  const path = valueOf(info, 'path') ?? valueOf(info, 'name') ?? valueOf(info, 'filename');
  return path === undefined ? undefined : `${verb} ${path}`;
}
