import type { Arena } from '../arena/arena.ts';
import type { ProcessEvent } from '../event/event.ts';
import type { KnownEvent } from '../event/knownEvent.ts';
import type { KnownLines } from '../event/knownLines.ts';
import { Repeats } from '../event/repeats.ts';
import { detectFormat } from '../formats/detect.ts';
import { findDuplicateKey } from '../formats/duplicateKey.ts';
import type { Decoded, Decoder, Format, Scanned } from '../formats/format.ts';
import { parseLossless } from '../formats/losslessJson.ts';
import { decodeText, parseJson } from '../framing/text.ts';

/** What a record turned out to be: its events and the format that read them, or why not. */
export type RecordRead =
  | { readonly kind: 'events'; readonly events: readonly ProcessEvent[]; readonly format: string }
  | { readonly kind: 'known'; readonly known: KnownEvent; readonly format: string }
  | { readonly kind: 'skipped'; readonly reason: string; readonly format: string }
  | { readonly kind: 'quarantined'; readonly reason: string }
  /** No JSON: the framer must say what is in it. */
  | { readonly kind: 'unparsed' };

/** The whole lines of a format, and its name. */
export interface FormatLines {
  readonly known: KnownLines;
  readonly format: string;
}

/**
 * A longer record is read by a decoder of its own, so that what decoders remember stays small whatever a log holds.
 */
export const MEMORABLE_BYTES = 16 * 1024;

/** Reads the records of one stream: parses, finds the format, decodes. Detection is per stream, and anew on refusal. */
export class RecordReader {
  readonly #formats: readonly Format[];
  readonly #decoders = new Map<string, Decoder>();
  readonly #unkept = new Repeats();
  #current: Format | undefined;
  /** The decoder of the current format, when it may read bytes. */
  #scanner: Decoder | undefined;
  #lines: FormatLines | undefined;
  #arena: Arena | undefined;

  constructor(formats: readonly Format[]) {
    this.#formats = formats;
  }

  /** From now on decoders that can read records from their bytes do so. */
  scanIn(arena: Arena): void {
    this.#arena = arena;
    // Those made so far know of no arena; what they remember is only for speed.
    this.#decoders.clear();
    if (this.#current !== undefined) this.#scanAs(this.#current);
  }

  /** The whole lines of the stream's format; undefined: it has none that takes them. */
  get lines(): FormatLines | undefined {
    return this.#lines;
  }

  /** `repeats`: begun for a record that is kept; holds its repetitions afterwards. */
  read(bytes: Uint8Array, repeats: Repeats = this.#unkept): RecordRead {
    const large = bytes.length > MEMORABLE_BYTES;
    const format = this.#current;
    if (format !== undefined && !large) {
      const scanned = this.#scanner?.scan?.(bytes, repeats);
      if (scanned !== undefined) return readOf(scanned, format.id);
      repeats.clear();
    }
    const value = parseJson(bytes);
    if (value === undefined) return { kind: 'unparsed' };
    // The parser keeps the last of two equal keys: the log would show one thing and we another.
    if (findDuplicateKey(bytes) >= 0) return { kind: 'quarantined', reason: 'duplicate_key' };
    const first = format === undefined ? undefined : this.#decode(format, value, bytes, large);
    if (format !== undefined && first !== undefined && first.kind !== 'rejected') {
      return readOf(first, format.id);
    }
    const detected = detectFormat(value, this.#formats);
    if (detected.kind === 'unknown') return { kind: 'quarantined', reason: 'unknown_format' };
    if (detected.kind === 'ambiguous') return { kind: 'quarantined', reason: 'ambiguous_format' };
    if (detected.format === format && first !== undefined) return readOf(first, format.id);
    this.#current = detected.format;
    if (this.#arena !== undefined) this.#scanAs(detected.format);
    return readOf(this.#decode(detected.format, value, bytes, large), detected.format.id);
  }

  #decode(format: Format, value: unknown, bytes: Uint8Array, large: boolean): Decoded {
    const decoder = large ? format.decoder() : this.#decoderOf(format);
    const decoded = decoder.decode(value);
    if (decoded.kind !== 'imprecise') return decoded;
    const lossless = parseLossless(decodeText(bytes));
    const again = lossless === undefined ? decoded : decoder.decode(lossless);
    if (again.kind !== 'imprecise') return again;
    return { kind: 'rejected', reason: 'imprecise_number', detail: 'a number lost its digits' };
  }

  #scanAs(format: Format): void {
    this.#scanner = this.#decoderOf(format);
    const known = this.#scanner.lines;
    this.#lines = known === undefined ? undefined : { known, format: format.id };
  }

  #decoderOf(format: Format): Decoder {
    const known = this.#decoders.get(format.id);
    if (known !== undefined) return known;
    const decoder = format.decoder(this.#arena);
    this.#decoders.set(format.id, decoder);
    return decoder;
  }
}

function readOf(decoded: Decoded | Scanned, format: string): RecordRead {
  switch (decoded.kind) {
    case 'known':
      return { kind: 'known', known: decoded.known, format };
    case 'events':
      return { kind: 'events', events: decoded.events, format };
    case 'skipped':
      return { kind: 'skipped', reason: decoded.reason, format };
    case 'rejected':
      return { kind: 'quarantined', reason: decoded.reason };
    case 'imprecise':
      return { kind: 'quarantined', reason: 'imprecise_number' };
  }
}
