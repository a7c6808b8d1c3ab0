import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type FoldedBytes, type TakeBytes, unfold } from '@forebear/model/event/foldedBytes';

/** The bytes of records as they are stored, and as they cross threads: folded, and what is left of them in zstd. */
export interface CompressedBytes {
  readonly data: Uint8Array;
  /** Null: nothing is folded. */
  readonly folds: Uint8Array | null;
  /** Bytes of the whole. */
  readonly size: number;
}

/** Folded bytes that are compressed, and inflated for whoever looks at them: nobody does, unless some of the records are left out. */
export class InflatingBytes implements FoldedBytes {
  readonly compressed: CompressedBytes;
  #folded: FoldedBytes | undefined;

  constructor(compressed: CompressedBytes) {
    this.compressed = compressed;
  }

  get size(): number {
    return this.compressed.size;
  }

  /** Throws when they are damaged. */
  get kept(): Uint8Array {
    return this.#inflated().kept;
  }

  /** Throws when they are damaged. */
  get folds(): Uint32Array {
    return this.#inflated().folds;
  }

  #inflated(): FoldedBytes {
    this.#folded ??= inflate(this.compressed);
    return this.#folded;
  }
}

/** Compressed, unless they are already. What is handed out lies in memory of its own. */
export function compressBytes(bytes: FoldedBytes): CompressedBytes {
  if (bytes instanceof InflatingBytes) return bytes.compressed;
  const { kept, folds, size } = bytes;
  return {
    data: compress(kept),
    folds: folds.length === 0 ? null : compress(bytesOf(folds)),
    size,
  };
}

/** Compresses them where they lie. */
export const compressing: TakeBytes = (bytes) => new InflatingBytes(compressBytes(bytes));

/** The records, end to end. Throws when they are damaged. */
export function wholeOf(compressed: CompressedBytes): Uint8Array {
  return unfold(inflate(compressed));
}

function inflate({ data, folds, size }: CompressedBytes): FoldedBytes {
  const packed = folds === null ? new Uint8Array(0) : zstdDecompressSync(folds);
  return {
    kept: zstdDecompressSync(data),
    folds: new Uint32Array(new Uint8Array(packed).buffer),
    size,
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Whole batches are within the window: what repeats is found wherever it stands, and the compressor need not slide
 * (a tenth faster than level 1 alone, and smaller).
 */
const windowLog = 23;

/** Bytes in zstd, with a checksum, in memory of their own: it may be transferred. */
export function compress(bytes: Uint8Array): Uint8Array {
  const made = zstdCompressSync(bytes, {
    pledgedSrcSize: bytes.length,
    chunkSize: roomFor(bytes.length),
    params: {
      [constants.ZSTD_c_compressionLevel]: 1,
      [constants.ZSTD_c_windowLog]: windowLog,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  });
  const compressed = new Uint8Array(made);
  // Given back at once, for it is much larger than what is in it.
  made.buffer.transfer(0);
  return compressed;
}

/**
 * With room for whatever comes of it, zstd reads straight from the bytes instead of copying them into a window of its own. Never
 * from Node's pool: the room is given back.
 */
function roomFor(size: number): number {
  return Math.max(Buffer.poolSize, size + (size >>> 8) + 1024);
}
