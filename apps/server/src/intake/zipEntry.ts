import { type FileEntry, isAppleMetadata, type PassedOver } from './entry.ts';

const METHODS: ReadonlyMap<number, FileEntry['stored']> = new Map([
  [0, 'plain'],
  [8, 'deflate'],
  [93, 'zstd'],
]);

/** How a zip compression method stores content (APPNOTE 4.4.5); `undefined` for those we cannot read. */
export function storedAs(method: number): FileEntry['stored'] | undefined {
  return METHODS.get(method);
}

/** Tells what of a zip is no log file; `undefined` for what is to be read. */
export function skippedZipEntry(
  name: string,
  unixMode: number,
  encrypted: boolean,
  method: number,
): PassedOver | undefined {
  const type = unixMode & 0o170000;
  if (name.endsWith('/') || type === 0o040000) {
    return { kind: 'skipped', name, reason: 'directory', detail: 'directory' };
  }
  if (type === 0o120000) return { kind: 'skipped', name, reason: 'link', detail: 'symbolic link' };
  if (type !== 0 && type !== 0o100000) {
    return { kind: 'skipped', name, reason: 'device', detail: `mode ${unixMode.toString(8)}` };
  }
  if (isAppleMetadata(name)) {
    return { kind: 'skipped', name, reason: 'apple_metadata', detail: 'macOS metadata' };
  }
  if (encrypted) {
    return { kind: 'skipped', name, reason: 'encrypted', detail: 'encrypted zip entry' };
  }
  if (storedAs(method) !== undefined) return undefined;
  const detail = `zip compression method ${method}`;
  return { kind: 'skipped', name, reason: 'unsupported_compression', detail };
}
