import type { KubeArmorRecord } from './record.ts';

/** What each hook does to the file, in the words that Tetragon's events have. Opening is told by its flags. */
const verbs: ReadonlyMap<string, string> = new Map([
  ['creat', 'create'],
  ['unlink', 'delete'],
  ['unlinkat', 'delete'],
  ['rmdir', 'rmdir'],
  ['mkdir', 'mkdir'],
  ['mkdirat', 'mkdir'],
  ['rename', 'rename'],
  ['renameat', 'rename'],
  ['renameat2', 'rename'],
  ['link', 'link'],
  ['linkat', 'link'],
  ['symlink', 'symlink'],
  ['symlinkat', 'symlink'],
  ['truncate', 'truncate'],
  ['chmod', 'chmod'],
  ['fchmodat', 'chmod'],
  ['chown', 'chown'],
  ['fchownat', 'chown'],
  ['read', 'read'],
  ['write', 'write'],
  ['file_open', 'open'],
  ['file_permission', 'access'],
  ['file_mknod', 'create'],
  ['file_mkdir', 'mkdir'],
  ['file_rmdir', 'rmdir'],
  ['file_unlink', 'delete'],
  ['file_symlink', 'symlink'],
  ['file_link', 'link'],
  ['file_rename', 'rename'],
  ['file_chmod', 'chmod'],
  ['file_truncate', 'truncate'],
]);

const openers: ReadonlySet<string> = new Set(['open', 'openat', 'openat2']);

/** `<verb> <path>` of a file operation; undefined when it names no path (a close). */
export function fileSubjectOf(record: KubeArmorRecord): string | undefined {
  const { resource, call } = record;
  if (resource === '') return undefined;
  const flags = record.dataPairs.get('flags') ?? record.eventPairs.get('flags') ?? '';
  const verb = openers.has(call) ? openVerb(flags) : verbs.get(call);
  if (call === 'unlinkat' && hasFlag(flags, 'AT_REMOVEDIR')) return `rmdir ${resource}`;
  return `${verb ?? 'access'} ${resource}`;
}

/** What a file is opened for. A directory or a mere handle (`O_PATH`) is neither read nor written. */
function openVerb(flags: string): string {
  if (hasFlag(flags, 'O_PATH') || hasFlag(flags, 'O_DIRECTORY')) return 'open';
  if (hasFlag(flags, 'O_CREAT') && hasFlag(flags, 'O_EXCL')) return 'create';
  if (hasFlag(flags, 'O_WRONLY') || hasFlag(flags, 'O_RDWR')) return 'write';
  return hasFlag(flags, 'O_RDONLY') ? 'read' : 'open';
}

function hasFlag(flags: string, flag: string): boolean {
  return `|${flags}|`.includes(`|${flag}|`);
}
