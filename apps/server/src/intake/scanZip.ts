import { boundName, type FileEntry, type PassedOver } from './entry.ts';
import type { Spool } from './spool.ts';
import { skippedZipEntry, storedAs } from './zipEntry.ts';

const FIXED = 30;
const WINDOW = 256 * 1024;
const UNKNOWN = 0xffffffff;
const SIGNATURE = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** A file found by its local header, and that header's offset. */
export interface FoundEntry {
  readonly header: number;
  readonly entry: FileEntry | PassedOver;
}

interface LocalHeader {
  readonly at: number;
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly compressed: number;
  readonly size: number;
  readonly start: number;
}

/**
 * Finds the files of a zip without its central directory (APPNOTE 4.3.7). Where a local header does not know its
 * size, the content reaches to the next header: deflate and zstd end by themselves.
 */
export async function* scanZip(spool: Spool): AsyncGenerator<FoundEntry> {
  let header = await nextHeader(spool, 0);
  while (header !== undefined) {
    const { at, name, flags, method, start } = header;
    const sized = (flags & 8) === 0 && header.compressed !== UNKNOWN;
    const next = await nextHeader(spool, sized ? start + header.compressed : start);
    const end = sized ? start + header.compressed : (next?.at ?? spool.size);
    const length = Math.max(0, Math.min(end, spool.size) - start);
    const skipped = skippedZipEntry(name, 0, (flags & 1) !== 0, method);
    if (skipped !== undefined) {
      yield { header: at, entry: skipped };
    } else if (method === 0 && !sized) {
      const detail = 'stored zip entry of unknown size';
      yield { header: at, entry: { kind: 'skipped', name, reason: 'unsupported_entry', detail } };
    } else {
      yield {
        header: at,
        entry: {
          kind: 'file',
          name,
          start,
          length,
          stored: storedAs(method) ?? 'plain',
          ...(sized ? { crc32: header.crc32, size: header.size } : {}),
          ...(end > spool.size ? { truncated: true as const } : {}),
        },
      };
    }
    header = next;
  }
}

async function nextHeader(spool: Spool, from: number): Promise<LocalHeader | undefined> {
  for (let base = from; base + FIXED <= spool.size; ) {
    const window = Buffer.from(await spool.read(base, WINDOW));
    for (let index = window.indexOf(SIGNATURE); index >= 0; ) {
      const header = await readLocal(spool, base + index);
      if (header !== undefined) return header;
      index = window.indexOf(SIGNATURE, index + 1);
    }
    base += Math.max(1, window.length - SIGNATURE.length + 1);
  }
  return undefined;
}

async function readLocal(spool: Spool, at: number): Promise<LocalHeader | undefined> {
  const fixed = Buffer.from(await spool.read(at, FIXED));
  if (fixed.length < FIXED) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const version = fixed.readUInt16LE(4) & 0xff;
  // Four bytes also occur by chance: a real header names a file and asks for a version that exists.
  if (nameLength === 0 || nameLength > 4096 || version > 63) return undefined;
  const name = new TextDecoder().decode(await spool.read(at + FIXED, nameLength));
  return {
    at,
    name: boundName(name),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc32: fixed.readUInt32LE(14),
    compressed: fixed.readUInt32LE(18),
    size: fixed.readUInt32LE(22),
    start: at + FIXED + nameLength + fixed.readUInt16LE(28),
  };
}
