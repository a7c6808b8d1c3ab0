import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Records are cut into blocks of about this many bytes: reading one event back inflates one block. */
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
  readonly records: number;
  readonly size: number;
  readonly places: Uint8Array;
  readonly data: Uint8Array;
}

const placeFields = 6;

/** Compresses the bytes of some records and the list of where they stood. `hashes` let the open partition be rebuilt. */
export function packBlock(
  bytes: Uint8Array,
  places: readonly Place[],
  hashes: readonly bigint[],
): PackedBlock {
  const columns = new Float64Array(places.length * placeFields);
  const view = new DataView(columns.buffer);
  for (const [row, place] of places.entries()) {
    const at = row * placeFields * 8;
    view.setFloat64(at, place.offset, true);
    view.setFloat64(at + 8, place.length, true);
    view.setFloat64(at + 16, place.line, true);
    view.setFloat64(at + 24, place.member, true);
    view.setFloat64(at + 32, place.outcome, true);
    view.setBigUint64(at + 40, hashes[row] ?? 0n, true);
  }
  return {
    records: places.length,
    size: bytes.length,
    places: compress(new Uint8Array(columns.buffer)),
    data: compress(bytes),
  };
}

/** The places of a block's records, in order. */
export function unpackPlaces(packed: Uint8Array): { places: Place[]; hashes: bigint[] } {
  const bytes = zstdDecompressSync(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: Place[] = [];
  const hashes: bigint[] = [];
  for (let at = 0; at + placeFields * 8 <= bytes.byteLength; at += placeFields * 8) {
    places.push({
      offset: view.getFloat64(at, true),
      length: view.getFloat64(at + 8, true),
      line: view.getFloat64(at + 16, true),
      member: view.getFloat64(at + 24, true),
      outcome: view.getFloat64(at + 32, true),
    });
    hashes.push(view.getBigUint64(at + 40, true));
  }
  return { places, hashes };
}

/** The bytes of a block's records, end to end. */
export function unpackBytes(packed: Uint8Array): Uint8Array {
  return zstdDecompressSync(packed);
}

/** The bytes of the record at `row` of a block. */
export function recordBytes(bytes: Uint8Array, places: readonly Place[], row: number): Uint8Array {
  let at = 0;
  for (let before = 0; before < row; before += 1) at += places[before]?.length ?? 0;
  return bytes.subarray(at, at + (places[row]?.length ?? 0));
}

function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  });
}
