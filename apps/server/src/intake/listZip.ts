import yauzl from 'yauzl';
import { boundName, type Listed } from './entry.ts';
import { scanZip } from './scanZip.ts';
import type { Spool } from './spool.ts';
import { skippedZipEntry, storedAs } from './zipEntry.ts';

/**
 * Lists a spooled zip by its central directory; where that is missing or damaged (a zip cut off has none), by the
 * local headers in front of each file.
 */
export async function* listZip(spool: Spool): AsyncGenerator<Listed> {
  const listed = new Set<number>();
  try {
    // Names are decoded below and never validated as paths: nothing here is a path.
    const zip = await yauzl.fromFdPromise(spool.fd, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of zip.eachEntry()) {
      listed.add(entry.relativeOffsetOfLocalHeader);
      yield await listEntry(spool, zip, entry);
    }
    return;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const damage = reason.includes('not found') ? 'truncated' : 'corrupt';
    yield { kind: 'damage', damage, offset: spool.size, reason: `zip directory: ${reason}` };
  }
  for await (const found of scanZip(spool)) {
    if (!listed.has(found.header)) yield found.entry;
  }
}

async function listEntry(spool: Spool, zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Listed> {
  const name = boundName(
    yauzl.getFileNameLowLevel(
      entry.generalPurposeBitFlag,
      entry.fileNameRaw,
      entry.extraFields,
      true,
    ),
  );
  const unixMode = entry.versionMadeBy >>> 8 === 3 ? entry.externalFileAttributes >>> 16 : 0;
  const skipped = skippedZipEntry(name, unixMode, entry.isEncrypted(), entry.compressionMethod);
  if (skipped !== undefined) return skipped;
  const offset = entry.relativeOffsetOfLocalHeader;
  let start: number;
  try {
    start = (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'damage', damage: 'corrupt', offset, reason: `${name}: ${reason}` };
  }
  const length = Math.max(0, Math.min(entry.compressedSize, spool.size - start));
  return {
    kind: 'file',
    name,
    start,
    length,
    stored: storedAs(entry.compressionMethod) ?? 'plain',
    crc32: entry.crc32,
    size: entry.uncompressedSize,
    ...(length < entry.compressedSize ? { truncated: true as const } : {}),
  };
}
