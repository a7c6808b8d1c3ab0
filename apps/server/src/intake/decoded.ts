import type { ByteReader } from './byteReader.ts';
import type { DamageKind } from './member.ts';

/** What a decompressor gives: bytes, and holes behind which the bytes do not continue what came before. */
export type Decoded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'hole' };

/** `offset` in the compressed bytes of the layer. */
export type NoteDamage = (kind: DamageKind, offset: number, reason: string) => void;

/**
 * After this many structures that began well and could not be read, the rest of a stream counts as one hole: the
 * search must not be made expensive by bytes that only look like a beginning.
 */
export const MAX_FALSE_STARTS = 4096;

/**
 * Moves the reader to the next place where `accepts` says that a structure begins.
 *
 * @param first the structure's first byte
 * @param lookAhead how many bytes `accepts` is shown, fewer at the end
 * @returns false when there is none, with the reader at its end
 */
export async function seekStructure(
  reader: ByteReader,
  first: number,
  lookAhead: number,
  accepts: (head: Uint8Array) => boolean,
): Promise<boolean> {
  for (;;) {
    const window = await reader.peek(64 * 1024);
    if (window.length === 0) return false;
    const index = window.indexOf(first);
    reader.drop(index < 0 ? window.length : index);
    if (index < 0) continue;
    if (accepts(await reader.peek(lookAhead))) return true;
    reader.drop(1);
  }
}

/** Why a structure could not be decoded, and from which byte on. */
export interface Failure {
  readonly offset: number;
  readonly reason: string;
}

/** Records a failure together with how much is passed over until `seek` finds the next structure. */
export async function noteFailure(
  reader: ByteReader,
  failure: Failure,
  note: NoteDamage,
  seek: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await seek();
  } finally {
    const passed = Math.max(0, reader.offset - failure.offset);
    note('corrupt', failure.offset, `${failure.reason}; ${passed} bytes passed over`);
  }
}

/** Consumes zero bytes; returns how many. */
export async function dropZeros(reader: ByteReader): Promise<number> {
  const start = reader.offset;
  for (;;) {
    const window = await reader.peek(64 * 1024);
    const index = window.findIndex((byte) => byte !== 0);
    reader.drop(index < 0 ? window.length : index);
    if (index >= 0 || window.length === 0) return reader.offset - start;
  }
}
