export type ZstdHeader =
  | { readonly kind: 'frame'; readonly length: number; readonly checksum: boolean }
  /** `length` counts its 8-byte header; the content is meant to be passed over. */
  | { readonly kind: 'skippable'; readonly length: number }
  | { readonly kind: 'short' }
  | { readonly kind: 'bad'; readonly reason: string };

export interface ZstdBlock {
  readonly last: boolean;
  readonly type: 'raw' | 'rle' | 'compressed' | 'reserved';
  /** Bytes that follow the 3-byte block header. */
  readonly contentLength: number;
}

/** A frame header has at most 18 bytes with its magic. */
export const ZSTD_HEADER_LIMIT = 18;
export const ZSTD_BLOCK_LIMIT = 128 * 1024;

/** Reads a frame's header (RFC 8878, 3.1.1.1 and 3.1.2). */
export function readZstdHeader(bytes: Uint8Array): ZstdHeader {
  if (bytes.length < 5) return { kind: 'short' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0, true);
  if (magic >>> 4 === 0x184d2a5) {
    if (bytes.length < 8) return { kind: 'short' };
    return { kind: 'skippable', length: 8 + view.getUint32(4, true) };
  }
  if (magic !== 0xfd2fb528) return { kind: 'bad', reason: 'no zstd magic' };
  const descriptor = view.getUint8(4);
  if ((descriptor & 0x08) !== 0) return { kind: 'bad', reason: 'reserved zstd header bit is set' };
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSize = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const length = 5 + (single ? 0 : 1) + dictionary + contentSize;
  if (bytes.length < length) return { kind: 'short' };
  return { kind: 'frame', length, checksum: (descriptor & 0x04) !== 0 };
}

/** Reads a block's header; `undefined` when fewer than its 3 bytes are there. */
export function readZstdBlock(bytes: Uint8Array): ZstdBlock | undefined {
  const [low, middle, high] = bytes;
  if (low === undefined || middle === undefined || high === undefined) return undefined;
  const size = (low >>> 3) | (middle << 5) | (high << 13);
  const type = (['raw', 'rle', 'compressed', 'reserved'] as const)[(low >>> 1) & 3] ?? 'reserved';
  return { last: (low & 1) === 1, type, contentLength: type === 'rle' ? 1 : size };
}
