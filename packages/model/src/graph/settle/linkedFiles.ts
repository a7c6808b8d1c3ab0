/** One program of many names: what is called decides what it does. */
const MANY_NAMES = new Set(['busybox', 'toybox', 'coreutils']);

/** What distributions put behind a name. */
const BEHIND = new Map([
  ['sh', new Set(['dash', 'bash', 'ash', 'ksh', 'mksh'])],
  ['awk', new Set(['mawk', 'gawk', 'original-awk'])],
  ['vi', new Set(['vim', 'vim.basic', 'vim.tiny', 'nvim'])],
]);

/**
 * Tells whether a path may be that of the file behind a link that was called: of one process, KubeArmor prints the link where it
 * was executed (`/bin/sh`) and the file where it is a parent (`/bin/dash`). Known pairs, and versions (`python3`, `python3.11`) alone:
 * any other file is another image, whose exec was not seen.
 */
export function isFileBehind(called: string, file: string): boolean {
  if (!called.startsWith('/') || !file.startsWith('/')) return false;
  const name = baseOf(called);
  const behind = baseOf(file);
  if (MANY_NAMES.has(behind) || BEHIND.get(name)?.has(behind) === true) return true;
  return name !== '' && behind.startsWith(name) && VERSION.test(behind.slice(name.length));
}

const VERSION = /^(?:[-.]?\d[\d.]*|\.[a-z]+)$/;

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
