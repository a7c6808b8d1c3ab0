import {
  boundName,
  type FileEntry,
  isAppleMetadata,
  type Listed,
  type PassedOver,
} from './entry.ts';
import type { SkipReason } from './member.ts';
import type { Spool } from './spool.ts';
import { isTarHeader, readPaxRecords, readTarHeader, readText } from './tarHeader.ts';

const BLOCK = 512;
/** Long names and pax headers beyond this are refused. */
const EXTENSION_LIMIT = 1024 * 1024;

const SKIPPED_TYPES: ReadonlyMap<string, readonly [SkipReason, string]> = new Map([
  ['1', ['link', 'hard link']],
  ['2', ['link', 'symbolic link']],
  ['3', ['device', 'character device']],
  ['4', ['device', 'block device']],
  ['5', ['directory', 'directory']],
  ['6', ['device', 'named pipe']],
  ['S', ['sparse', 'GNU sparse file']],
  ['D', ['directory', 'GNU directory dump']],
]);

/**
 * Lists a spooled tar: old, ustar, pax and GNU. Several tars behind one another are read as one, as
 * `tar --ignore-zeros` does. Where a header should be and is none, the next one is looked for from the beginning of
 * the file before on, at any byte: damage inside a compressed tar moves everything behind it.
 */
export async function* listTar(spool: Spool): AsyncGenerator<Listed> {
  let previous: FileEntry | undefined;
  let next: { name?: string; size?: number; sparse?: true } = {};
  let ended = false;
  let at = 0;
  while (at < spool.size) {
    const block = await spool.read(at, BLOCK);
    if (block.every((byte) => byte === 0)) {
      ended = true;
      at = await skipBlocks(spool, at, (candidate) => candidate.some((byte) => byte !== 0));
      continue;
    }
    const header = readTarHeader(block);
    if (header === undefined) {
      const marked = await findHeader(spool, previous?.start ?? at + 1);
      // The old format has no mark to look for: it is found only where nothing has moved.
      const found = marked < spool.size ? marked : await skipBlocks(spool, at, isTarHeader);
      const reason = describeLoss(at, found, block.length < BLOCK);
      const damage = found === spool.size && block.length < BLOCK ? 'truncated' : 'corrupt';
      yield { kind: 'damage', damage, offset: at, reason };
      if (previous !== undefined && found < at) {
        previous = cutEntry(previous, found);
      }
      // Whether the end mark was among what is lost cannot be told.
      ended = true;
      next = {};
      at = found;
      continue;
    }
    ended = false;
    const start = at + BLOCK;
    const size = next.size ?? header.size;
    at = start + Math.ceil(size / BLOCK) * BLOCK;

    if (header.type === 'x' || header.type === 'L') {
      if (size > EXTENSION_LIMIT) {
        const reason = `an extended header of ${size} bytes`;
        yield { kind: 'damage', damage: 'corrupt', offset: start - BLOCK, reason };
      } else {
        const bytes = await spool.read(start, size);
        next = header.type === 'L' ? { ...next, name: readText(bytes, 0, size) } : readPax(bytes);
      }
      continue;
    }
    // Global pax headers and GNU's long link targets say nothing about a log.
    if (header.type === 'g' || header.type === 'K') continue;

    const name = boundName(next.name ?? header.name);
    const skipped = skippedEntry(name, header.type, next.sparse === true);
    next = {};
    if (skipped !== undefined) {
      yield skipped;
      continue;
    }
    const length = Math.max(0, Math.min(size, spool.size - start));
    if (previous !== undefined) yield previous;
    previous = {
      kind: 'file',
      name,
      start,
      length,
      stored: 'plain',
      ...(length < size ? { truncated: true as const } : {}),
    };
  }
  if (previous !== undefined) yield previous;
  if (!ended) {
    const reason = 'the end mark of the tar is missing';
    yield { kind: 'damage', damage: 'truncated', offset: spool.size, reason };
  }
}

function readPax(bytes: Uint8Array): { name?: string; size?: number; sparse?: true } {
  const records = readPaxRecords(bytes);
  const name = records.get('path');
  const size = Number(records.get('size') ?? Number.NaN);
  return {
    ...(name === undefined ? {} : { name }),
    ...(Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
    ...(records.has('GNU.sparse.major') || records.has('GNU.sparse.map')
      ? { sparse: true as const }
      : {}),
  };
}

function skippedEntry(name: string, type: string, sparse: boolean): PassedOver | undefined {
  const known = SKIPPED_TYPES.get(type);
  if (known !== undefined) return { kind: 'skipped', name, reason: known[0], detail: known[1] };
  if (type !== '0' && type !== '7') {
    const detail = `tar entry of type ${JSON.stringify(type)}`;
    return { kind: 'skipped', name, reason: 'unsupported_entry', detail };
  }
  if (sparse) return { kind: 'skipped', name, reason: 'sparse', detail: 'pax sparse file' };
  if (name.endsWith('/')) {
    return { kind: 'skipped', name, reason: 'directory', detail: 'old tar directory' };
  }
  if (!isAppleMetadata(name)) return undefined;
  return { kind: 'skipped', name, reason: 'apple_metadata', detail: 'macOS metadata' };
}

/** Offset of the first block behind `at` for which `stops` holds, or the size of the file. */
async function skipBlocks(
  spool: Spool,
  at: number,
  stops: (block: Uint8Array) => boolean,
): Promise<number> {
  const window = 256 * 1024;
  for (let base = at + BLOCK; base < spool.size; base += window) {
    const bytes = await spool.read(base, window);
    for (let offset = 0; offset < bytes.length; offset += BLOCK) {
      if (stops(bytes.subarray(offset, offset + BLOCK))) return base + offset;
    }
  }
  return spool.size;
}

function cutEntry(entry: FileEntry, end: number): FileEntry {
  return { ...entry, length: end - entry.start, truncated: true };
}

function describeLoss(at: number, found: number, cut: boolean): string {
  if (found < at) return `the next tar entry begins ${at - found} bytes too early`;
  return cut ? 'the tar ends in a header' : `${found - at} bytes are no tar entry`;
}

/** Offset of the first valid header at or behind `from`, at any byte; or the size of the file. */
async function findHeader(spool: Spool, from: number): Promise<number> {
  const window = 256 * 1024;
  for (let base = from; base < spool.size; base += window) {
    const bytes = Buffer.from(await spool.read(base, window + BLOCK));
    for (let hit = bytes.indexOf('ustar'); hit >= 0; hit = bytes.indexOf('ustar', hit + 1)) {
      const start = hit - 257;
      if (start >= 0 && start < window && isTarHeader(bytes.subarray(start, start + BLOCK))) {
        return base + start;
      }
    }
  }
  return spool.size;
}
