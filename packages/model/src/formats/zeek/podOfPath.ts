/** Kubernetes' rule for the name of a pod: a DNS subdomain (RFC 1123). */
const POD = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const ARCHIVE = /\.(?:zip|tar|tgz|gz|zst|bz2|xz|7z)$/;
/** `2024-09-05`, `20240905`, `2024`, `10`. */
const DATE = /^\d{1,4}(?:[.-]?\d{1,2}){0,2}$/;

/** Folders in which logs lie that are no pod's: Zeek's own, those of shippers and of people who pack them. */
const usual = new Set([
  'archive',
  'archives',
  'backup',
  'bro',
  'case',
  'current',
  'data',
  'default',
  'download',
  'downloads',
  'evidence',
  'export',
  'extract_files',
  'json',
  'log',
  'logger',
  'logs',
  'manager',
  'mnt',
  'nfs',
  'nsm',
  'opt',
  'pods',
  'proxy',
  'sample',
  'samples',
  'spool',
  'standalone',
  'tmp',
  'upload',
  'uploads',
  'usr',
  'var',
  'worker',
  'zeek',
  'zeek-json',
  'zeek-logs',
  'zeek-spool',
]);

/**
 * The pod in whose folder a log lies: `zeek/logs/web-7d9f8-x2x4z/conn.log`. Folders of dates between pod and file are passed over
 * (rotation). Empty: the folder is none, or not a pod's.
 */
export function podOfPath(path: string): string {
  const folders = path.split('/').slice(0, -1);
  // What lies in Zeek's spool is a cluster's: its folders are workers, not pods.
  if (folders.includes('spool')) return '';
  const folder = folders.findLast((name) => !DATE.test(name)) ?? '';
  return POD.test(folder) && !usual.has(folder) && !ARCHIVE.test(folder) ? folder : '';
}
