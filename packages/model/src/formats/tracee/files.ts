import type { ProcessEvent } from '../../event/event.ts';
import { clippedLine } from '../logText.ts';
import { textArgument } from './arguments.ts';
import type { EventBase } from './base.ts';
import type { TraceeRecord } from './record.ts';

/** What a system call or hook does to the file it is given. */
export const fileVerbs: ReadonlyMap<string, string> = new Map([
  ['open', 'open'],
  ['openat', 'open'],
  ['openat2', 'open'],
  ['security_file_open', 'open'],
  ['creat', 'create'],
  ['security_inode_mknod', 'create'],
  ['mknod', 'create'],
  ['mknodat', 'create'],
  ['vfs_read', 'read'],
  ['vfs_readv', 'read'],
  ['security_kernel_read_file', 'read'],
  ['vfs_write', 'write'],
  ['vfs_writev', 'write'],
  ['kernel_write', 'write'],
  ['magic_write', 'write'],
  ['file_modification', 'write'],
  ['unlink', 'delete'],
  ['unlinkat', 'delete'],
  ['security_inode_unlink', 'delete'],
  ['rename', 'rename'],
  ['renameat', 'rename'],
  ['renameat2', 'rename'],
  ['security_inode_rename', 'rename'],
  ['mkdir', 'mkdir'],
  ['mkdirat', 'mkdir'],
  ['rmdir', 'rmdir'],
  ['chmod', 'chmod'],
  ['fchmodat', 'chmod'],
  ['chmod_common', 'chmod'],
  ['chown', 'chown'],
  ['lchown', 'chown'],
  ['fchownat', 'chown'],
  ['truncate', 'truncate'],
  ['do_truncate', 'truncate'],
  ['security_mmap_file', 'mmap'],
]);

/** An event about a file; undefined when the call failed, or the agent could not read the path. */
export function readFile(
  { name, args, returned }: TraceeRecord,
  base: EventBase,
): ProcessEvent | undefined {
  const verb = fileVerbs.get(name);
  if (verb === undefined || (returned !== undefined && returned < 0)) return undefined;
  const path = textArgument(
    args,
    'pathname',
    'file_path',
    'path',
    'old_path',
    'oldpath',
    'oldname',
  );
  if (path === undefined) return undefined;
  const after =
    verb === 'rename' ? textArgument(args, 'new_path', 'newpath', 'newname') : undefined;
  const subject = `${verb} ${after === undefined ? path : `${path} → ${after}`}`;
  return { ...base, kind: 'file', subject: clippedLine(subject) };
}

/** A library that was loaded. */
export function readLibrary({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const path = textArgument(args, 'pathname');
  return path === undefined ? undefined : { ...base, kind: 'loader', subject: clippedLine(path) };
}
