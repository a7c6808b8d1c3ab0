import { isTarHeader } from './tarHeader.ts';

export type Magic =
  | { readonly kind: 'gzip' | 'zstd' | 'tar' | 'zip' | 'plain' }
  /** A compression or archive we know by sight and cannot open. */
  | { readonly kind: 'unsupported'; readonly name: string };

/** How many leading bytes `sniffMagic` looks at. */
export const SNIFF_BYTES = 512;

const UNSUPPORTED: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
];

/**
 * Names what the bytes are by their content; neither file names nor content types count.
 *
 * @param head the first `SNIFF_BYTES` bytes, fewer when the file is shorter
 */
export function sniffMagic(head: Uint8Array): Magic {
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'gzip' };
  if (isZstdMagic(head)) return { kind: 'zstd' };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) {
    return { kind: 'zip' };
  }
  if (isTarHeader(head.subarray(0, 512)) || isTarMagic(head.subarray(257))) return { kind: 'tar' };
  for (const [name, magic] of UNSUPPORTED) {
    if (!startsWith(head, magic)) continue;
    // 'BZh' alone could begin a text: a bzip2 block or its end mark follows the level digit.
    if (name === 'bzip2' && !(head[4] === 0x31 || head[4] === 0x17)) continue;
    return { kind: 'unsupported', name };
  }
  return { kind: 'plain' };
}

/** POSIX's and GNU's mark, kept where a damaged header fails its checksum. Its NUL occurs in no text. */
function isTarMagic(mark: Uint8Array): boolean {
  const ustar = [0x75, 0x73, 0x74, 0x61, 0x72];
  return startsWith(mark, [...ustar, 0]) || startsWith(mark, [...ustar, 0x20, 0x20, 0]);
}

/** A zstd frame or a skippable frame (RFC 8878, 3.1). */
export function isZstdMagic(head: Uint8Array): boolean {
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return true;
  return ((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((value, index) => bytes[index] === value);
}
