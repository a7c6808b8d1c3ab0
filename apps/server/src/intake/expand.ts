import { crc32 } from 'node:zlib';
import type { ByteReader } from './byteReader.ts';
import type { Decoded, NoteDamage } from './decoded.ts';
import type { FileEntry } from './entry.ts';
import { type InflateEnd, inflate } from './inflate.ts';
import { unzstd } from './unzstd.ts';

/**
 * Reads one file of an archive, decompressed as the archive stored it, and checks what the archive says about it.
 *
 * @param reader over the entry's stored bytes
 */
export async function* expandEntry(
  reader: ByteReader,
  entry: FileEntry,
  note: NoteDamage,
): AsyncGenerator<Decoded> {
  let crc = 0;
  let size = 0;
  let damaged = false;
  const noteOnce: NoteDamage = (kind, offset, reason) => {
    damaged = true;
    note(kind, offset, reason);
  };
  for await (const piece of decode(reader, entry, noteOnce)) {
    if (piece.kind === 'bytes') {
      if (entry.crc32 !== undefined) crc = crc32(piece.bytes, crc);
      size += piece.bytes.length;
    }
    yield piece;
  }
  if (damaged) return;
  if (entry.truncated === true) {
    note('truncated', entry.length, 'the archive ends inside this file');
  } else if (entry.crc32 !== undefined && entry.crc32 !== crc) {
    note('checksum_mismatch', entry.length, 'the zip checksum does not match');
  } else if (entry.size !== undefined && entry.size !== size) {
    note('checksum_mismatch', entry.length, `${size} bytes, the zip says ${entry.size}`);
  }
}

async function* decode(
  reader: ByteReader,
  entry: FileEntry,
  note: NoteDamage,
): AsyncGenerator<Decoded> {
  if (entry.stored === 'zstd') {
    yield* unzstd(reader, note);
    return;
  }
  const content = entry.stored === 'deflate' ? inflate(reader) : passThrough(reader);
  try {
    for (;;) {
      const step = await content.next();
      if (step.done !== true) {
        yield { kind: 'bytes', bytes: step.value };
        continue;
      }
      const end = step.value;
      if (end.kind === 'truncated') note('truncated', reader.offset, 'ends inside deflate data');
      if (end.kind === 'corrupt') {
        note('corrupt', end.offset, `deflate data cannot be decoded: ${end.reason}`);
      }
      return;
    }
  } finally {
    await content.return({ kind: 'ended' });
  }
}

async function* passThrough(reader: ByteReader): AsyncGenerator<Uint8Array, InflateEnd> {
  for (;;) {
    const piece = await reader.take(256 * 1024);
    if (piece === undefined) return { kind: 'ended' };
    yield piece;
  }
}
