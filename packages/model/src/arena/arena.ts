import { arenaModule } from './generated/arenaModule.ts';
import { instantiate } from './instantiate.ts';
import { type HashKey, partsOf } from './sipHash.ts';

const PAGE = 64 * 1024;
/** What processors fetch at once: nothing that fits into one lies in two. */
const LINE = 64;
/** Compiled code may load this many bytes behind a range. */
const SLACK = 64;
/** The compiled module's own variables. */
const OWN = 2 * PAGE;
const OWN_SPARE = 4096;
/** Far more than readers ask for: what is never reserved is never touched, and costs nothing. */
const PAGES = 1024;
/** A chunk that lies in the arena is read where it lies; larger ones come in parts. */
export const inputBytes = 256 * 1024;
/** A record that lies elsewhere is copied here. */
const RECORD_BYTES = 16 * 1024;

interface ArenaCode {
  ownEnd(): number;
  newline(at: number, end: number): number;
  setHashKey(...parts: readonly number[]): void;
  sipHash(at: number, length: number): bigint;
}

/**
 * Memory that JavaScript and compiled code look at together, of a size that never changes, so that no view of it is ever
 * lost. One stream's at a time: it holds the chunk being read, and what readers of the stream remember of its bytes.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  /** All of it; an index is an address. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What assembly/main.ts exports. */
  readonly #exports: object;
  readonly #code: ArenaCode;
  #input = 0;
  #record = 0;
  #hashed = 0;
  #laid = 0;
  #used = OWN;
  /** Behind what earlier streams reserved: there, nothing but zeros lies. */
  #touched = OWN;

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.#exports = instantiate(arenaModule, this.memory);
    this.#code = this.codeAs<ArenaCode>();
    // Behind its variables it makes a few small ones when it starts.
    if (this.#code.ownEnd() + OWN_SPARE > OWN) throw new Error('the module needs more memory');
    this.#layOut();
  }

  /** Forgets all that a stream left, for another: its readers reserve anew. Nobody of the last one may look at it again. */
  clear(): void {
    this.#touched = Math.max(this.#touched, this.#used);
    this.#used = OWN;
    this.#layOut();
  }

  /** The address of that many bytes, zeros, nobody else's from now on. Throws when there are no more. */
  reserve(size: number): number {
    const at = this.reserveUncleared(size);
    this.bytes.fill(0, at, Math.max(at, Math.min(this.#used, this.#touched)));
    return at;
  }

  /** The same for whoever reads nothing but what it has written: an earlier stream's bytes may lie there. */
  reserveUncleared(size: number): number {
    const at = this.#used;
    this.#used += Math.ceil(size / LINE) * LINE + SLACK;
    if (this.#used > this.bytes.length) throw new Error('the arena is full');
    return at;
  }

  #layOut(): void {
    this.#input = this.reserveUncleared(inputBytes);
    this.#record = this.reserveUncleared(RECORD_BYTES);
    this.#hashed = this.reserveUncleared(RECORD_BYTES);
    this.#laid = this.reserveUncleared(RECORD_BYTES);
  }

  /** The chunk as it lies in the arena, until the next one; at most `inputBytes` of it. */
  take(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    if (chunk.length > inputBytes) throw new RangeError('a chunk is longer than the arena takes');
    this.bytes.set(chunk, this.#input);
    return this.bytes.subarray(this.#input, this.#input + chunk.length);
  }

  /** Lays bytes where a record that lies elsewhere is copied to, behind it; their address, until the next ones. At most `RECORD_BYTES`. */
  lay(bytes: Uint8Array): number {
    if (bytes.length > RECORD_BYTES) throw new RangeError('more is laid than there is room for');
    this.bytes.set(bytes, this.#laid);
    return this.#laid;
  }

  /** The compiled functions that a reader uses, in its own words. The compiler checked them, the reader's tests their names. */
  codeAs<Code extends object>(): Code {
    return exportsAs<Code>(this.#exports);
  }

  /** Where the first LF or CR of bytes in the arena stands, by `FindNewline`. */
  findNewline(bytes: Uint8Array, from: number): number | undefined {
    if (bytes.buffer !== this.memory.buffer) return undefined;
    const begin = bytes.byteOffset;
    return this.#code.newline(begin + from, begin + bytes.length) - begin;
  }

  /** The key of every hash from now on. */
  setHashKey(key: HashKey): void {
    this.#code.setHashKey(...partsOf(key));
  }

  /**
   * `sipHash` of bytes; undefined: they neither lie here nor fit. Nothing else moves: what is hashed of a record may be other
   * bytes than those that were read of it, and what was read is still asked for.
   */
  hashOf(bytes: Uint8Array): bigint | undefined {
    const at = this.#addressIn(this.#hashed, bytes);
    return at < 0 ? undefined : BigInt.asUintN(64, this.#code.sipHash(at, bytes.length));
  }

  /** The address of a record: where it lies, or where it is copied to, until the next one; -1 when it is too long for that. */
  addressOf(record: Uint8Array): number {
    return this.#addressIn(this.#record, record);
  }

  #addressIn(place: number, bytes: Uint8Array): number {
    if (bytes.buffer === this.memory.buffer) return bytes.byteOffset;
    if (bytes.length > RECORD_BYTES) return -1;
    this.bytes.set(bytes, place);
    return place;
  }
}

/** The module's exports are of the shape that its source gives them. */
function exportsAs<Code extends object>(exports: object): Code;
function exportsAs(exports: object): object {
  return exports;
}
