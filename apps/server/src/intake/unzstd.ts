import { constants, createZstdDecompress } from 'node:zlib';
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
import { Engine } from './engine.ts';
import { isZstdMagic } from './sniffMagic.ts';
import { readZstdBlock, readZstdHeader, ZSTD_BLOCK_LIMIT, ZSTD_HEADER_LIMIT } from './zstdFrame.ts';

/** The format's own default for decoders, and what `zstd --long` writes: 128 MiB, touched only as far as data uses it. */
const WINDOW_LOG_MAX = 27;

/**
 * Decompresses a whole zstd file: any number of frames and skippable frames, with everything decodable kept.
 *
 * Frames and blocks are walked here and the engine is fed block by block. So nothing is lost before an error, and an
 * end is an end: Node's decompressor stops after the first frame without a word, and Node 22's ends cleanly where a
 * file is cut off. Zero bytes at the end are padding, as in `gunzip`.
 */
export async function* unzstd(reader: ByteReader, note: NoteDamage): AsyncGenerator<Decoded> {
  let falseStarts = 0;
  for (let first = true; ; first = false) {
    const at = reader.offset;
    const head = await reader.peek(ZSTD_HEADER_LIMIT);
    if (head.length === 0 && !first) return;
    const header = readZstdHeader(head);
    if (header.kind === 'skippable') {
      if (await dropExactly(reader, header.length)) continue;
      note('truncated', reader.offset, 'the file ends inside a skippable zstd frame');
      return;
    }
    if (header.kind === 'frame') {
      const failure = yield* unzstdFrame(reader, header, note);
      if (failure === undefined) continue;
      const starts = ++falseStarts;
      if (!(await noteFailure(reader, failure, note, () => seekFrame(reader, starts)))) return;
      yield { kind: 'hole' };
      continue;
    }
    if (header.kind === 'short' && isZstdMagic(head)) {
      await dropExactly(reader, head.length + 1);
      note('truncated', reader.offset, 'the file ends inside a zstd frame header');
      return;
    }
    if (first) {
      const failure = { offset: at, reason: header.kind === 'bad' ? header.reason : 'no header' };
      reader.drop(Math.min(1, head.length));
      if (!(await noteFailure(reader, failure, note, () => seekFrame(reader, 0)))) return;
      continue;
    }
    const zeros = await dropZeros(reader);
    if ((await reader.peek(1)).length === 0) return;
    const found = await seekFrame(reader, falseStarts);
    const bytes = reader.offset - at;
    if (found && bytes === zeros) continue;
    note(
      found ? 'garbage' : 'trailing_garbage',
      at,
      `${bytes} bytes behind a zstd frame are not zstd`,
    );
    if (!found) return;
  }
}

/** Leaves the reader behind the frame; or behind the first byte of what failed, and returns why. */
async function* unzstdFrame(
  reader: ByteReader,
  header: { readonly length: number; readonly checksum: boolean },
  note: NoteDamage,
): AsyncGenerator<Decoded, Failure | undefined> {
  const engine = new Engine(
    createZstdDecompress({
      chunkSize: ZSTD_BLOCK_LIMIT,
      params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
    }),
  );
  const corrupt = (reason: string): Failure => {
    const offset = reader.offset;
    reader.drop(1);
    return { offset, reason: `zstd data cannot be decoded: ${reason}` };
  };
  try {
    // A copy, since the engine may look at it after the reader has moved on.
    const begun = await engine.write(Uint8Array.from(await reader.peek(header.length)));
    if (begun.state === 'failed') return corrupt(begun.reason);
    reader.drop(header.length);
    for (;;) {
      const block = readZstdBlock(await reader.peek(3));
      if (block?.type === 'reserved') return corrupt('reserved block type');
      if (block !== undefined && block.contentLength > ZSTD_BLOCK_LIMIT) {
        return corrupt('block too large');
      }
      const wanted = 3 + (block?.contentLength ?? 0);
      const bytes = await reader.peek(wanted);
      const whole = block !== undefined && bytes.length === wanted;
      // Thousands of empty blocks would cost a call each and give nothing.
      const empty = whole && !block.last && block.type === 'raw' && block.contentLength === 0;
      if (!empty) {
        const step = await engine.write(bytes);
        for (const chunk of step.output) yield { kind: 'bytes', bytes: chunk };
        if (step.state === 'failed') return corrupt(step.reason);
      }
      reader.drop(bytes.length);
      if (!whole) {
        await dropExactly(reader, 1);
        note('truncated', reader.offset, 'the file ends inside zstd data');
        return undefined;
      }
      if (block.last) break;
    }
    if (!header.checksum) return undefined;
    const at = reader.offset;
    const checksum = await reader.peek(4);
    if (checksum.length === 4) {
      const step = await engine.write(checksum);
      for (const chunk of step.output) yield { kind: 'bytes', bytes: chunk };
      reader.drop(4);
      if (step.state === 'failed')
        note('checksum_mismatch', at, 'the zstd checksum does not match');
      return undefined;
    }
    reader.drop(checksum.length);
    await dropExactly(reader, 1);
    note('truncated', reader.offset, `the zstd checksum has ${checksum.length} of 4 bytes`);
    return undefined;
  } finally {
    engine.close();
  }
}

/** Throws what the source threw when that is why bytes are missing. */
async function dropExactly(reader: ByteReader, count: number): Promise<boolean> {
  let rest = count;
  while (rest > 0) {
    const piece = await reader.take(Math.min(rest, 256 * 1024));
    if (piece === undefined) return false;
    rest -= piece.length;
  }
  return true;
}

async function seekFrame(reader: ByteReader, falseStarts: number): Promise<boolean> {
  const accept = falseStarts < MAX_FALSE_STARTS;
  const found = await seekStructure(reader, 0x28, ZSTD_HEADER_LIMIT + 3, (head) => {
    const header = readZstdHeader(head);
    if (!accept || header.kind !== 'frame') return false;
    const block = readZstdBlock(head.subarray(header.length));
    if (block === undefined) return true;
    return block.type !== 'reserved' && block.contentLength <= ZSTD_BLOCK_LIMIT;
  });
  return found;
}
