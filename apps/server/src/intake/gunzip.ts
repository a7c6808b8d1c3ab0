import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { ByteReader } from './byteReader.ts';
import {
  type Decoded,
  dropZeros,
  type Failure,
  MAX_FALSE_STARTS,
  type NoteDamage,
  noteFailure,
  seekStructure,
} from './decoded.ts';
import { GZIP_HEADER_LIMIT, type GzipHeader, readGzipHeader } from './gzipHeader.ts';
import { inflate } from './inflate.ts';

/** Enough compressed bytes to tell a member's beginning from chance. */
const TRIAL_BYTES = 1024;
/** So many corrupt members are searched for their last sound byte; of further ones up to 32 KiB may be lost each. */
const EXACT_MEMBERS = 64;

/**
 * Decompresses a whole gzip file: any number of members, with everything decodable kept.
 *
 * Gives at least what `gzip -dc` gives, and more: it goes on behind a wrong checksum, and behind corruption and
 * garbage looks for the next member. Zero bytes at the end are padding (tapes, block devices), as for gzip.
 */
export async function* gunzip(reader: ByteReader, note: NoteDamage): AsyncGenerator<Decoded> {
  const search = { falseStarts: 0 };
  for (let first = true; ; first = false) {
    const at = reader.offset;
    const header = await peekHeader(reader);
    if (header.kind === 'header') {
      reader.drop(header.length);
      const failure = yield* gunzipMember(reader, note, search.falseStarts < EXACT_MEMBERS);
      if (failure === undefined) continue;
      search.falseStarts++;
      if (!(await noteFailure(reader, failure, note, () => seekMember(reader, search)))) return;
      yield { kind: 'hole' };
      continue;
    }

    const begun = await reader.peek(2);
    if (begun.length === 0 && !first) return;
    if (header.kind === 'short' && begun.length === 2 && begun[0] === 0x1f && begun[1] === 0x8b) {
      // Consumed first: a source that failed here has sent no truncated file.
      await drain(reader);
      note('truncated', reader.offset, 'the file ends inside a gzip header');
      return;
    }
    if (first) {
      const failure = { offset: at, reason: header.kind === 'bad' ? header.reason : 'no header' };
      reader.drop(Math.min(1, begun.length));
      if (!(await noteFailure(reader, failure, note, () => seekMember(reader, search)))) return;
      continue;
    }
    const zeros = await dropZeros(reader);
    if ((await reader.peek(1)).length === 0) return;
    const found = await seekMember(reader, search);
    const bytes = reader.offset - at;
    if (found && bytes === zeros) continue;
    note(
      found ? 'garbage' : 'trailing_garbage',
      at,
      `${bytes} bytes behind a gzip member are not gzip`,
    );
    if (!found) return;
  }
}

/** Leaves the reader behind the member's last byte, or returns why it cannot. */
async function* gunzipMember(
  reader: ByteReader,
  note: NoteDamage,
  exact: boolean,
): AsyncGenerator<Decoded, Failure | undefined> {
  let crc = 0;
  let length = 0;
  const content = inflate(reader, exact);
  let step = await content.next();
  try {
    for (; step.done !== true; step = await content.next()) {
      crc = crc32(step.value, crc);
      length += step.value.length;
      yield { kind: 'bytes', bytes: step.value };
    }
  } finally {
    await content.return({ kind: 'truncated' });
  }
  const end = step.value;
  if (end.kind === 'corrupt') {
    return { offset: end.offset, reason: `gzip data cannot be decoded: ${end.reason}` };
  }
  if (end.kind === 'truncated') {
    note('truncated', reader.offset, 'the file ends inside gzip data');
    return undefined;
  }
  const at = reader.offset;
  const trailer = await reader.peek(8);
  reader.drop(trailer.length);
  if (trailer.length < 8) {
    await drain(reader);
    note('truncated', reader.offset, `the gzip trailer has ${trailer.length} of 8 bytes`);
    return undefined;
  }
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  if (view.getUint32(0, true) !== crc) {
    note('checksum_mismatch', at, 'the gzip checksum does not match');
  } else if (view.getUint32(4, true) !== length % 2 ** 32) {
    note('checksum_mismatch', at + 4, 'the gzip length does not match');
  }
  return undefined;
}

async function peekHeader(reader: ByteReader): Promise<GzipHeader> {
  for (let count = 512; ; count *= 8) {
    const bytes = await reader.peek(Math.min(count, GZIP_HEADER_LIMIT));
    const header = readGzipHeader(bytes);
    if (header.kind !== 'short' || bytes.length < count) return header;
  }
}

function seekMember(reader: ByteReader, search: { falseStarts: number }): Promise<boolean> {
  return seekStructure(reader, 0x1f, TRIAL_BYTES, (head) => {
    if (search.falseStarts >= MAX_FALSE_STARTS) return false;
    const header = readGzipHeader(head);
    if (header.kind !== 'header') return false;
    if (decodes(head.subarray(header.length))) return true;
    search.falseStarts++;
    return false;
  });
}

/** Z_SYNC_FLUSH only tolerates the end of the excerpt here: the member itself is read by `inflate`. */
function decodes(excerpt: Uint8Array): boolean {
  if (excerpt.length === 0) return false;
  try {
    inflateRawSync(excerpt, { finishFlush: constants.Z_SYNC_FLUSH });
    return true;
  } catch {
    return false;
  }
}

async function drain(reader: ByteReader): Promise<void> {
  while ((await reader.take(64 * 1024)) !== undefined);
}
