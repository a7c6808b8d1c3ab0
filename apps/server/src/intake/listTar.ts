import { boundName, isAppleMetadata, type Listed, type PassedOver } from './entry.ts';
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
 * `tar --ignore-zeros` does; behind a damaged header the next valid one is looked for.
 */
export async function* listTar(spool: Spool): AsyncGenerator<Listed> {
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
      const found = await skipBlocks(spool, at, isTarHeader);
      const bytes = found - at;
      if (block.length < BLOCK) {
        yield { kind: 'damage', damage: 'truncated', offset: at, reason: 'ends in a tar header' };
        return;
      }
      const reason = `${bytes} bytes are no tar entry`;
      yield { kind: 'damage', damage: 'corrupt', offset: at, reason };
      // Whether the end mark was among them cannot be told.
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
    yield {
      kind: 'file',
      name,
      start,
      length,
      stored: 'plain',
      ...(length < size ? { truncated: true as const } : {}),
    };
  }
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
