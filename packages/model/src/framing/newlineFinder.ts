import { CR, LF } from './ascii.ts';

/**
 * Where in `bytes` the first LF or CR stands at or behind `from`, their length when there is none: by a search that is quicker
 * than the engine's. Undefined: these are not bytes that it can search.
 */
export type FindNewline = (bytes: Uint8Array, from: number) => number | undefined;

/**
 * The next newline (LF, CRLF or a lone CR) of one buffer. Native search, and each byte is searched once for either byte,
 * however many lines there are: a file without CR pays for it once per chunk.
 */
export class NewlineFinder {
  private readonly quick: FindNewline | undefined;
  private bytes: Uint8Array = new Uint8Array(0);
  private nextLf = -1;
  private nextCr = -1;

  constructor(quick?: FindNewline) {
    this.quick = quick;
  }

  load(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.nextLf = -1;
    this.nextCr = -1;
  }

  /** The index of the first newline at or behind `from`, or the buffer's length. `from` never falls. */
  next(from: number): number {
    const found = this.quick?.(this.bytes, from);
    if (found !== undefined) return found;
    if (this.nextLf < from) this.nextLf = this.find(LF, from);
    if (this.nextCr < from) this.nextCr = this.find(CR, from);
    return Math.min(this.nextLf, this.nextCr);
  }

  private find(byte: number, from: number): number {
    const index = this.bytes.indexOf(byte, from);
    return index < 0 ? this.bytes.length : index;
  }
}
