import { countOf, type JsonObject, objectOf, textOf } from '../read.ts';

/** What a kernel function does to the file it is given. What `security_file_permission` does stands in its arguments. */
export const fileVerbs: ReadonlyMap<string, string> = new Map<string, string>([
  ['fd_install', 'open'],
  ['do_filp_open', 'open'],
  ['do_sys_open', 'open'],
  ['do_sys_openat2', 'open'],
  ['security_file_open', 'open'],
  ['security_inode_create', 'create'],
  ['security_inode_unlink', 'delete'],
  ['security_inode_rename', 'rename'],
  ['security_mmap_file', 'mmap'],
  ['security_path_truncate', 'truncate'],
  ['security_file_truncate', 'truncate'],
  ['security_path_unlink', 'delete'],
  ['security_path_rmdir', 'rmdir'],
  ['security_path_mkdir', 'mkdir'],
  ['security_path_rename', 'rename'],
  ['security_path_chmod', 'chmod'],
  ['security_path_chown', 'chown'],
  ['security_kernel_read_file', 'read'],
  ['vfs_read', 'read'],
  ['vfs_write', 'write'],
  ['vfs_open', 'open'],
  ['vfs_unlink', 'delete'],
  ['sys_open', 'open'],
  ['sys_openat', 'open'],
  ['sys_openat2', 'open'],
  ['sys_creat', 'create'],
  ['sys_read', 'read'],
  ['sys_write', 'write'],
  ['sys_close', 'close'],
  ['sys_unlink', 'delete'],
  ['sys_unlinkat', 'delete'],
  ['sys_rename', 'rename'],
  ['sys_renameat', 'rename'],
  ['sys_renameat2', 'rename'],
  ['sys_mkdir', 'mkdir'],
  ['sys_mkdirat', 'mkdir'],
  ['sys_rmdir', 'rmdir'],
  ['sys_chmod', 'chmod'],
  ['sys_fchmodat', 'chmod'],
  ['sys_chown', 'chown'],
  ['sys_fchownat', 'chown'],
  ['sys_truncate', 'truncate'],
]);

const WRITE = 2;
const READ = 4;

/**
 * `read /etc/passwd` for a function that works on a file, given its bare name and arguments; undefined for any other
 * function, and for one whose path the agent could not read.
 */
export function fileSubjectOf(name: string, args: readonly unknown[]): string | undefined {
  const verb = name === 'security_file_permission' ? accessOf(args) : fileVerbs.get(name);
  if (verb === undefined) return undefined;
  const path = pathOf(args) ?? (name.startsWith('sys_') ? stringOf(args) : undefined);
  return path === undefined ? undefined : `${verb} ${path}`;
}

const actions: readonly string[] = [
  'access',
  'write',
  'read',
  'delete',
  'create',
  'rmdir',
  'mkdir',
  'rename',
  'readdir',
  'chattr',
  'exec',
];

/** The same for the enterprise's `process_file` (formats.md 2.1). */
export function processFileSubject(body: JsonObject): string | undefined {
  const action = typeof body.action === 'string' ? body.action : undefined;
  const verb =
    action?.startsWith('FILE_') === true
      ? action.slice(5).toLowerCase()
      : (actions[countOf(body.action) ?? 0] ?? 'access');
  const args = objectOf(body.args);
  const rename = objectOf(args?.rename_arg ?? args?.renameArg);
  if (rename !== undefined) {
    const from = fileText(rename.src);
    const to = fileText(rename.dst);
    return from === undefined || to === undefined ? from : `${verb} ${from} → ${to}`;
  }
  const holder =
    objectOf(args?.generic_arg ?? args?.genericArg) ??
    objectOf(args?.readdir_arg ?? args?.readdirArg) ??
    objectOf(args?.attr_arg ?? args?.attrArg);
  const path = fileText(holder?.file);
  return path === undefined ? undefined : `${verb} ${path}`;
}

/** The file of a `process_file_exec`. */
export function fileExecSubject(body: JsonObject): string | undefined {
  const path = fileText(body.file);
  return path === undefined ? undefined : `exec ${path}`;
}

function fileText(file: unknown): string | undefined {
  return textOf(objectOf(file)?.str);
}

function accessOf(args: readonly unknown[]): string {
  for (const arg of args) {
    const raw = objectOf(arg);
    const mask = countOf(raw?.int_arg ?? raw?.intArg);
    if (mask === WRITE) return 'write';
    if (mask === READ) return 'read';
  }
  return 'access';
}

function pathOf(args: readonly unknown[]): string | undefined {
  for (const arg of args) {
    const raw = objectOf(arg);
    const file = objectOf(raw?.file_arg ?? raw?.fileArg ?? raw?.path_arg ?? raw?.pathArg);
    const path = textOf(file?.path);
    if (path !== undefined) return path;
  }
  return undefined;
}

function stringOf(args: readonly unknown[]): string | undefined {
  for (const arg of args) {
    const raw = objectOf(arg);
    const text = textOf(raw?.string_arg ?? raw?.stringArg);
    if (text !== undefined) return text;
  }
  return undefined;
}
