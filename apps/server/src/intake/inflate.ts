import { createInflateRaw } from 'node:zlib';
import type { ByteReader } from './byteReader.ts';
import { Engine } from './engine.ts';

export type InflateEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'truncated' }
  /** `offset` = of the byte, in the reader's count, at which decoding became impossible. */
  | { readonly kind: 'corrupt'; readonly offset: number; readonly reason: string };

/**
 * Node loses what one call decoded before an error. With output buffers of 32 KiB, which start afresh with every
 * member, that is never more than what `gzip -dc` loses, whose window it is.
 */
const OUTPUT_CHUNK = 32 * 1024;
/**
 * References to before the beginning, which only corrupt data makes, read zeros as in `gzip -dc`: most streams get
 * back into step soon after, and their rest is worth more than a refusal. Their checksum tells.
 */
const DICTIONARY = Buffer.alloc(32 * 1024);
const PIECE = 16 * 1024;
/** Deflate expands up to 1032:1; small pieces keep one call's output near 2 MiB where the data is dense. */
const DENSE_PIECE = 2 * 1024;
const DENSE_RATIO = 64;
/** Compressed bytes kept to decode the last piece again, byte by byte, when it turns out to be corrupt. */
const KEPT_LIMIT = 8 * 1024 * 1024;
/** How far before the detected corruption the next intact structure may start: detection lags. */
const LOOK_BACK = 32 * 1024;

/**
 * Inflates one raw deflate stream from the reader's position and leaves the reader behind its last byte; behind
 * corruption, up to 32 KiB before it (never before its own second byte), so that the caller can look for what follows.
 *
 * Delivers everything decodable: up to the exact byte for streams whose compressed size is below 8 MiB, else up to
 * less than 32 KiB before the corruption, as `gzip -dc` does.
 *
 * @param exact false leaves the byte-by-byte search out, which costs a call of the engine per byte
 */
export async function* inflate(
  reader: ByteReader,
  exact = true,
): AsyncGenerator<Uint8Array, InflateEnd> {
  const engine = openEngine();
  const start = reader.offset;
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let recent: Uint8Array[] = [];
  let delivered = 0;
  let pieceSize = PIECE;
  try {
    for (;;) {
      const pieceStart = reader.offset;
      const piece = await reader.take(pieceSize);
      const step = piece === undefined ? await engine.end() : await engine.write(piece);
      let given = 0;
      for (const chunk of step.output) {
        given += chunk.length;
        yield chunk;
      }
      delivered += given;
      if (step.state === 'ended') {
        if (piece !== undefined)
          reader.unread(piece.subarray(engine.consumed - (pieceStart - start)));
        return { kind: 'ended' };
      }
      if (piece === undefined) return { kind: 'truncated' };
      if (step.state === 'failed') {
        const replayable = exact && keptBytes <= KEPT_LIMIT;
        const used = replayable ? yield* replay(kept, piece, delivered) : piece.length;
        reader.unread(piece.subarray(used));
        const offset = reader.offset;
        putBack(reader, [...recent, piece.subarray(0, used)], offset - start - 1);
        return { kind: 'corrupt', offset, reason: step.reason };
      }
      keptBytes += piece.length;
      if (keptBytes <= KEPT_LIMIT) kept.push(piece);
      else kept.length = 0;
      recent = [...recent, piece].slice(-(LOOK_BACK / DENSE_PIECE));
      pieceSize = given > piece.length * DENSE_RATIO ? DENSE_PIECE : PIECE;
    }
  } finally {
    engine.close();
  }
}

function openEngine(): Engine {
  return new Engine(createInflateRaw({ chunkSize: OUTPUT_CHUNK, dictionary: DICTIONARY }));
}

/**
 * Decodes again what is kept, then the failing piece byte by byte, and delivers what lies beyond the first
 * `delivered` bytes. Returns how many bytes of the piece are sound.
 */
async function* replay(
  kept: readonly Uint8Array[],
  piece: Uint8Array,
  delivered: number,
): AsyncGenerator<Uint8Array, number> {
  const engine = openEngine();
  let toSkip = delivered;
  try {
    for (let index = 0; index < kept.length + piece.length; index++) {
      const at = index - kept.length;
      const step = await engine.write(kept[index] ?? piece.subarray(at, at + 1));
      for (const chunk of step.output) {
        const skipped = Math.min(toSkip, chunk.length);
        toSkip -= skipped;
        if (skipped < chunk.length) yield chunk.subarray(skipped);
      }
      if (step.state !== 'more') return Math.max(at, 0);
    }
    return piece.length;
  } finally {
    engine.close();
  }
}

function putBack(reader: ByteReader, pieces: readonly Uint8Array[], most: number): void {
  let room = Math.min(LOOK_BACK, Math.max(0, most));
  for (const piece of pieces.toReversed()) {
    const tail = piece.subarray(piece.length - Math.min(room, piece.length));
    reader.unread(tail);
    room -= tail.length;
  }
}
