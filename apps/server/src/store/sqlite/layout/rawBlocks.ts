import { Buffer } from 'node:buffer';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RecordColumns } from '@forebear/model/event/factBatch';
import { type FoldedBytes, unfold } from '@forebear/model/event/foldedBytes';

/**
 * Records that are not folded are cut into blocks of about this many bytes: reading one event back inflates one block. What
 * is folded stays together, as large as a batch: a block holds all that it repeats.
 */
export const blockBytes = 256 * 1024;

/** Where one record stood. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly member: number;
  /** `recordOutcome`. */
  readonly outcome: number;
}

/** A block ready for its row. */
export interface PackedBlock {
  readonly places: Uint8Array;
  readonly data: Uint8Array;
  /** Null: nothing is folded. */
  readonly folds: Uint8Array | null;
}

const placeFields = 6;

/** Compresses the bytes of some rows of a batch, folded, and the list of where they stood; hashes let the open partition be rebuilt. */
export function packBlock(
  bytes: FoldedBytes,
  records: RecordColumns,
  rows: readonly number[],
): PackedBlock {
  const places = new Float64Array(rows.length * placeFields);
  const hashes = new BigUint64Array(places.buffer);
  let at = 0;
  for (const row of rows) {
    places[at] = records.offset[row] ?? 0;
    places[at + 1] = records.length[row] ?? 0;
    places[at + 2] = records.line[row] ?? 0;
    places[at + 3] = records.member[row] ?? 0;
    places[at + 4] = records.outcome[row] ?? 0;
    hashes[at + 5] = records.hash[row] ?? 0n;
    at += placeFields;
  }
  const { kept, folds } = bytes;
  return {
    places: compress(new Uint8Array(places.buffer)),
    data: compress(kept),
    folds: folds.length === 0 ? null : compress(bytesOf(folds)),
  };
}

/** Gives a block's memory back at once, which is much larger than what is in it. Nobody may look at it again. */
export function freeBlock({ places, data, folds }: PackedBlock): void {
  for (const part of [places, data, folds])
    if (part?.buffer instanceof ArrayBuffer) part.buffer.transfer(0);
}

/** The places of a block's records, in order. */
export function unpackPlaces(packed: Uint8Array): { places: Place[]; hashes: BigUint64Array } {
  const bytes = zstdDecompressSync(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: Place[] = [];
  const hashes = new BigUint64Array(bytes.byteLength / (placeFields * 8));
  for (let at = 0; at + placeFields * 8 <= bytes.byteLength; at += placeFields * 8) {
    places.push({
      offset: view.getFloat64(at, true),
      length: view.getFloat64(at + 8, true),
      line: view.getFloat64(at + 16, true),
      member: view.getFloat64(at + 24, true),
      outcome: view.getFloat64(at + 32, true),
    });
    hashes[places.length - 1] = view.getBigUint64(at + 40, true);
  }
  return { places, hashes };
}

/** The bytes of a block's records, end to end. `size`: how many there are. Throws when the block is damaged. */
export function unpackBytes({
  data,
  folds,
  size,
}: Pick<PackedBlock, 'data' | 'folds'> & { readonly size: number }): Uint8Array {
  const kept = zstdDecompressSync(data);
  const packed = folds === null ? new Uint8Array(0) : zstdDecompressSync(folds);
  return unfold({ kept, folds: new Uint32Array(new Uint8Array(packed).buffer), size });
}

/** The bytes of the record at `row` of a block. */
export function recordBytes(bytes: Uint8Array, places: readonly Place[], row: number): Uint8Array {
  let at = 0;
  for (let before = 0; before < row; before += 1) at += places[before]?.length ?? 0;
  return bytes.subarray(at, at + (places[row]?.length ?? 0));
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Whole batches are within the window: what repeats is found wherever it stands, and the compressor need not slide
 * (a tenth faster than level 1 alone, and smaller).
 */
const windowLog = 23;

/**
 * With room for whatever comes of it, zstd reads straight from the bytes instead of copying them into a window of its own. Never
 * from Node's pool: the room is given back.
 */
function roomFor(size: number): number {
  return Math.max(Buffer.poolSize, size + (size >>> 8) + 1024);
}

function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, {
    pledgedSrcSize: bytes.length,
    chunkSize: roomFor(bytes.length),
    params: {
      [constants.ZSTD_c_compressionLevel]: 1,
      [constants.ZSTD_c_windowLog]: windowLog,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  });
}
