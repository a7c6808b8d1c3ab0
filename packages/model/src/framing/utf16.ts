const REPLACEMENT = 0xfffd;

/** UTF-16 to UTF-8, chunk by chunk. Pairs and bytes may be cut anywhere; a lone surrogate becomes U+FFFD. */
export class Utf16Reader {
  private readonly littleEndian: boolean;
  private oddByte = -1;
  private high = 0;

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
  }

  /** The UTF-8 of what is complete. A fresh array, owned by the caller. */
  read(chunk: Uint8Array): Uint8Array {
    const out = new Uint8Array(Math.ceil((chunk.length + 1) / 2) * 3 + 3);
    let length = 0;
    for (const byte of chunk) {
      if (this.oddByte < 0) {
        this.oddByte = byte;
        continue;
      }
      const unit = this.littleEndian ? this.oddByte | (byte << 8) : (this.oddByte << 8) | byte;
      this.oddByte = -1;
      length = this.writeUnit(unit, out, length);
    }
    return out.subarray(0, length);
  }

  /** What was waiting for its other half: the UTF-8 of a lone surrogate, and the number of odd bytes at the end (0 or 1). */
  end(): { readonly bytes: Uint8Array; readonly oddBytes: number } {
    const out = new Uint8Array(3);
    const length = this.high === 0 ? 0 : writeCodePoint(REPLACEMENT, out, 0);
    this.high = 0;
    return { bytes: out.subarray(0, length), oddBytes: this.oddByte < 0 ? 0 : 1 };
  }

  private writeUnit(unit: number, out: Uint8Array, at: number): number {
    let length = at;
    if (this.high !== 0) {
      const high = this.high;
      this.high = 0;
      if (unit >= 0xdc00 && unit <= 0xdfff) {
        return writeCodePoint(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), out, length);
      }
      length = writeCodePoint(REPLACEMENT, out, length);
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.high = unit;
      return length;
    }
    return writeCodePoint(unit >= 0xdc00 && unit <= 0xdfff ? REPLACEMENT : unit, out, length);
  }
}

function writeCodePoint(code: number, out: Uint8Array, at: number): number {
  if (code < 0x80) {
    out[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    out[at] = 0xc0 | (code >> 6);
    out[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x10000) {
    out[at] = 0xe0 | (code >> 12);
    out[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    out[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  out[at] = 0xf0 | (code >> 18);
  out[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  out[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  out[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}

/** Whether a stream begins with a byte order mark of UTF-16. */
export function opensUtf16(chunk: Uint8Array): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}
