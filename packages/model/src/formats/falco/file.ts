import { type Fields, firstText, textField } from './fields.ts';

const verbs: ReadonlyMap<string, string> = new Map([
  ['open', 'open'],
  ['openat', 'open'],
  ['openat2', 'open'],
  ['open_by_handle_at', 'open'],
  ['creat', 'create'],
  ['read', 'read'],
  ['readv', 'read'],
  ['pread', 'read'],
  ['preadv', 'read'],
  ['write', 'write'],
  ['writev', 'write'],
  ['pwrite', 'write'],
  ['pwritev', 'write'],
  ['close', 'close'],
  ['mmap', 'mmap'],
  ['mmap2', 'mmap'],
  ['truncate', 'truncate'],
  ['ftruncate', 'truncate'],
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
  ['chmod', 'chmod'],
  ['fchmod', 'chmod'],
  ['fchmodat', 'chmod'],
  ['chown', 'chown'],
  ['fchown', 'chown'],
  ['lchown', 'chown'],
  ['fchownat', 'chown'],
]);

/** What Falco names a descriptor that is no file or folder. */
const otherTypes: ReadonlySet<string> = new Set([
  'ipv4',
  'ipv6',
  'unix',
  'pipe',
  'event',
  'signalfd',
  'eventpoll',
  'inotify',
  'timerfd',
  'netlink',
  'bpf',
  'userfaultfd',
  'io_uring',
  'memfd',
  'pidfd',
]);

/**
 * `open /etc/shadow`: what the process did to which file, in the verbs of all agents; undefined when the record is of no file.
 * Where the event is not told, `access`.
 */
export function fileSubjectOf(fields: Fields): string | undefined {
  const call = textField(fields, 'evt.type');
  const verb = call === undefined ? 'access' : verbs.get(call);
  if (verb === undefined) return undefined;
  if (verb === 'rename' || verb === 'link') {
    const moved = pairOf(
      fields,
      ['fs.path.source', 'evt.arg.oldpath'],
      ['fs.path.target', 'evt.arg.newpath'],
    );
    if (moved !== undefined) return `${verb} ${moved}`;
  }
  if (verb === 'symlink') {
    const linked = pairOf(
      fields,
      ['evt.arg.linkpath', 'fs.path.target'],
      ['evt.arg.target', 'fs.path.source'],
    );
    if (linked !== undefined) return `${verb} ${linked}`;
  }
  const path = pathOf(fields, call === undefined);
  return path === undefined ? undefined : `${verb} ${path}`;
}

function pairOf(
  fields: Fields,
  first: readonly string[],
  second: readonly string[],
): string | undefined {
  const from = firstText(fields, first);
  const to = firstText(fields, second);
  return from === undefined || to === undefined ? undefined : `${from} → ${to}`;
}

/** What a call was given, where its descriptor has no name: it failed, or has none. */
const pathArguments = [
  'fd.nameraw',
  'evt.arg.path',
  'evt.arg.name',
  'evt.arg.pathname',
  'evt.arg.filename',
];

/** Arguments are paths only of a call that takes one; a descriptor's name only when it is of a file. */
function pathOf(fields: Fields, isCallUnknown: boolean): string | undefined {
  const path = textField(fields, 'fs.path.name') ?? descriptorPath(fields);
  if (path !== undefined || isCallUnknown) return path;
  return firstText(fields, pathArguments);
}

function descriptorPath(fields: Fields): string | undefined {
  const type = textField(fields, 'fd.type') ?? '';
  const char = textField(fields, 'fd.typechar') ?? 'f';
  if (otherTypes.has(type) || (char !== 'f' && char !== 'd')) return undefined;
  const name = textField(fields, 'fd.name');
  return name?.startsWith('/') === true ? name : undefined;
}
