import type { Arena } from '../arena/arena.ts';
import { type PackedTexts, textsOf } from './packedTexts.ts';
import type { BatchStrings, StringTable } from './stringTable.ts';

/** Texts of a batch that fit into the arena, and their bytes; more go beside it. */
const MOST = 64 * 1024;
const BYTES = 4 * 1024 * 1024;
/** A longer text goes beside the arena. */
const LONGEST = 16 * 1024;
const WIDEST = 3;

interface StringCode {
  configureStrings(...places: readonly number[]): void;
  clearStrings(): void;
  areStringsAscii(): number;
  areStringsFull(): number;
  intern(at: number, length: number): number;
  stringBytes(): number;
  stringCount(): number;
}

const utf8 = new TextEncoder();

/** The strings of one stream's batches, one batch at a time, where compiled code adds its own (`intern`). */
export class ArenaStrings implements StringTable {
  readonly #arena: Arena;
  readonly #code: StringCode;
  readonly #bytes: number;
  readonly #ends: number;
  readonly #scratch: number;
  /** Texts that did not fit, by their distance from `MOST`. */
  #beside: string[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#code = arena.codeAs<StringCode>();
    this.#bytes = arena.reserveUncleared(BYTES);
    this.#ends = arena.reserveUncleared(MOST * 4);
    this.#scratch = arena.reserveUncleared(LONGEST * WIDEST);
    const hashes = arena.reserveUncleared(MOST * 4);
    const table = arena.reserveUncleared(MOST * 2 * 4);
    this.#code.configureStrings(this.#bytes, BYTES, this.#ends, hashes, table, MOST);
  }

  get isFull(): boolean {
    return this.#code.areStringsFull() !== 0;
  }

  indexOf(text: string | undefined): number {
    if (text === undefined || text === '') return 0;
    if (text.length > LONGEST) return this.#putBeside(text);
    const index = this.#code.intern(this.#scratch, this.#encode(text));
    return index < 0 ? this.#putBeside(text) : index;
  }

  finish(): BatchStrings {
    const packed = this.#beside.length === 0 ? this.#packed() : this.#packedWith(this.#beside);
    this.#code.clearStrings();
    this.#beside = [];
    return new LazyStrings(packed);
  }

  /** Writes a text to the scratch; returns how many bytes it has. */
  #encode(text: string): number {
    const { bytes } = this.#arena;
    const { length } = text;
    const at = this.#scratch;
    for (let i = 0; i < length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit > 127) {
        const encoded = utf8.encode(text);
        bytes.set(encoded, at);
        return encoded.length;
      }
      bytes[at + i] = unit;
    }
    return length;
  }

  /** A number behind all that the arena gives. */
  #putBeside(text: string): number {
    this.#beside.push(text);
    return MOST + this.#beside.length - 1;
  }

  #packed(): PackedTexts {
    const { bytes, memory } = this.#arena;
    const used = this.#code.stringBytes();
    return {
      // Copied, without filling with zeros first as a slice would.
      bytes: new Uint8Array(bytes.subarray(this.#bytes, this.#bytes + used)),
      ends: new Uint32Array(new Uint32Array(memory.buffer, this.#ends, this.#code.stringCount())),
      isAscii: this.#code.areStringsAscii() !== 0,
    };
  }

  /** The same with texts beside the arena, which are numbered from `MOST` on: the numbers between are nobody's. */
  #packedWith(beside: readonly string[]): PackedTexts {
    const inside = this.#packed();
    const texts = beside.map((text) => utf8.encode(text));
    const size = texts.reduce((sum, text) => sum + text.length, inside.bytes.length);
    const bytes = new Uint8Array(size);
    const ends = new Uint32Array(MOST + texts.length).fill(inside.bytes.length);
    bytes.set(inside.bytes);
    ends.set(inside.ends);
    let at = inside.bytes.length;
    for (const [index, text] of texts.entries()) {
      bytes.set(text, at);
      at += text.length;
      ends[MOST + index] = at;
    }
    return { bytes, ends, isAscii: false };
  }
}

/** Listed when somebody looks at the texts one by one. */
class LazyStrings implements BatchStrings {
  readonly packed: PackedTexts;
  #strings: readonly string[] | undefined;

  constructor(packed: PackedTexts) {
    this.packed = packed;
  }

  get strings(): readonly string[] {
    this.#strings ??= textsOf(this.packed);
    return this.#strings;
  }
}
