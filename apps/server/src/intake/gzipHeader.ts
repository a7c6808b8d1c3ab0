export type GzipHeader =
  | { readonly kind: 'header'; readonly length: number }
  /** The bytes end inside the header. */
  | { readonly kind: 'short' }
  | { readonly kind: 'bad'; readonly reason: string };

const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;

/** A member header with a longer name or comment than fits here is refused. */
export const GZIP_HEADER_LIMIT = 256 * 1024;

/** Reads the header of a gzip member (RFC 1952, 2.3). Its name and comment are passed over, its checksum not checked. */
export function readGzipHeader(bytes: Uint8Array): GzipHeader {
  const [id1, id2, method, flags] = bytes;
  if (id1 === undefined || id2 === undefined || method === undefined || flags === undefined) {
    return { kind: 'short' };
  }
  if (id1 !== 0x1f || id2 !== 0x8b) return { kind: 'bad', reason: 'no gzip magic' };
  if (method !== 8) return { kind: 'bad', reason: `unknown gzip method ${method}` };
  if ((flags & 0xe0) !== 0) return { kind: 'bad', reason: `reserved gzip flags ${flags}` };

  let length = 10;
  if ((flags & FEXTRA) !== 0) {
    const low = bytes[10];
    const high = bytes[11];
    if (low === undefined || high === undefined) return { kind: 'short' };
    length = 12 + low + high * 256;
  }
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, length);
    if (end < 0) {
      if (bytes.length < GZIP_HEADER_LIMIT) return { kind: 'short' };
      return { kind: 'bad', reason: 'gzip header too long' };
    }
    length = end + 1;
  }
  if ((flags & FHCRC) !== 0) length += 2;
  return length <= bytes.length ? { kind: 'header', length } : { kind: 'short' };
}
