import { zstdDecompressSync } from 'node:zlib';
import type { RecordColumns } from '@forebear/model/event/factBatch';
import { compress } from '../../../crossing/compressedBytes.ts';

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

/** Bytes in front of the hashes: a mark that no zstd frame begins with, how many records there are, a check of their hashes. */
const placesHeader = 12;
const placesMark = 1;
/** Doubles for each record that hardly ever change from one to the next: gap, lines since, member, outcome. */
const steadyFields = 4;
const bytesOfPlace = steadyFields * 8 + 4;

/** The places of a block's records, in order. Throws when they are damaged. */
export function unpackPlaces(packed: Uint8Array): { places: Place[]; hashes: BigUint64Array } {
  if (packed[0] !== placesMark) return unpackPlainPlaces(packed);
  const header = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const count = header.getUint32(4, true);
  const fieldsAt = placesHeader + count * 8;
  if (packed.length < fieldsAt) throw new Error(damaged);
  const hashes = new BigUint64Array(count);
  new Uint8Array(hashes.buffer).set(packed.subarray(placesHeader, fieldsAt));
  const bytes = zstdDecompressSync(packed.subarray(fieldsAt));
  if (bytes.length !== count * bytesOfPlace || checkOf(hashes) !== header.getUint32(8, true))
    throw new Error(damaged);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (index: number, row: number): number =>
    view.getFloat64((index * count + row) * 8, true);
  const places: Place[] = [];
  let end = 0;
  let line = 0;
  for (let row = 0; row < count; row += 1) {
    const offset = end + field(0, row);
    const length = view.getUint32(steadyFields * 8 * count + row * 4, true);
    line += field(1, row);
    places.push({ offset, length, line, member: field(2, row), outcome: field(3, row) });
    end = offset + length;
  }
  return { places, hashes };
}

/**
 * Where the records of some rows of a batch stood, a field behind the other, as what each adds to the one before: that is mostly
 * the same. Hashes, which let the open partition be rebuilt, are what no compressor makes smaller: they lie in front as they are.
 */
export function packPlaces(records: RecordColumns, rows: readonly number[]): Uint8Array {
  const count = rows.length;
  const bytes = new Uint8Array(count * bytesOfPlace);
  const steady = new Float64Array(bytes.buffer, 0, count * steadyFields);
  const lengths = new Uint32Array(bytes.buffer, count * steadyFields * 8);
  const hashes = new BigUint64Array(count);
  let end = 0;
  let line = 0;
  for (const [at, row] of rows.entries()) {
    const offset = records.offset[row] ?? 0;
    const length = records.length[row] ?? 0;
    const nextLine = records.line[row] ?? 0;
    steady[at] = offset - end;
    steady[count + at] = nextLine - line;
    steady[count * 2 + at] = records.member[row] ?? 0;
    steady[count * 3 + at] = records.outcome[row] ?? 0;
    lengths[at] = length;
    hashes[at] = records.hash[row] ?? 0n;
    end = offset + length;
    line = nextLine;
  }
  const fields = compress(bytes);
  const packed = new Uint8Array(placesHeader + hashes.byteLength + fields.length);
  packed[0] = placesMark;
  const header = new DataView(packed.buffer);
  header.setUint32(4, count, true);
  header.setUint32(8, checkOf(hashes), true);
  packed.set(new Uint8Array(hashes.buffer), placesHeader);
  packed.set(fields, placesHeader + hashes.byteLength);
  return packed;
}

const damaged = 'a block of records is damaged: where they stood cannot be read';

/** Hashes are outside of what zstd checks. */
function checkOf({ buffer }: BigUint64Array): number {
  let check = 0x811c9dc5;
  for (const half of new Uint32Array(buffer)) check = Math.imul(check ^ half, 0x01000193);
  return check >>> 0;
}

/** Places as layouts before 4 had them: all fields of a record, then those of the next. */
function unpackPlainPlaces(packed: Uint8Array): { places: Place[]; hashes: BigUint64Array } {
  const bytes = zstdDecompressSync(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = 6;
  const places: Place[] = [];
  const hashes = new BigUint64Array(bytes.byteLength / (fields * 8));
  for (let at = 0; at + fields * 8 <= bytes.byteLength; at += fields * 8) {
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

/** The bytes of the record at `row` of a block. */
export function recordBytes(bytes: Uint8Array, places: readonly Place[], row: number): Uint8Array {
  let at = 0;
  for (let before = 0; before < row; before += 1) at += places[before]?.length ?? 0;
  return bytes.subarray(at, at + (places[row]?.length ?? 0));
}
