import type { Encoding } from './framed.ts';

/** A byte of the received stream. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

const EMPTY = new Uint8Array(0);

/**
 * The place up to which the input has been handed out: an index into the buffer at hand, and the offset and line of that
 * byte in the stream as it was received.
 */
export class Cursor {
  bytes: Uint8Array = EMPTY;
  at = 0;
  offset: number;
  line = 1;
  readonly encoding: Encoding;

  constructor(encoding: Encoding, offset: number) {
    this.encoding = encoding;
    this.offset = offset;
  }

  load(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at = 0;
  }

  /** Moves on to `index`; what lies between is handed out or a separator. */
  moveTo(index: number): void {
    this.offset += receivedLength(this.encoding, this.bytes, this.at, index);
    this.at = index;
  }
}

/** How many bytes of the received stream became bytes[from, to) of UTF-8. */
export function receivedLength(
  encoding: Encoding,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  if (encoding === 'utf8') return to - from;
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units * 2;
}
