import type { Arena } from '../arena/arena.ts';
import { contentOf } from '../envelopes/envelope.ts';
import type { KnownLines } from '../event/knownLines.ts';
import { Repeats } from '../event/repeats.ts';
import { detectFormat, formatsLike } from '../formats/detect.ts';
import { findDuplicateKey } from '../formats/duplicateKey.ts';
import type { Decoded, Decoder, Format, Origin, Scanned } from '../formats/format.ts';
import { parseLossless } from '../formats/losslessJson.ts';
import { timeOf } from '../formats/read.ts';
import type { Wrapper } from '../framing/framed.ts';
import { decodeText, parseJson } from '../framing/text.ts';
import { EnvelopeReader } from './readEnveloped.ts';
import { MEMORABLE_BYTES, RecordDecoders } from './recordDecoders.ts';
import type { RecordRead, SettledRead } from './recordRead.ts';
import { TextClaims } from './textClaims.ts';

/** The whole lines of a format, and its name. */
export interface FormatLines {
  readonly known: KnownLines;
  readonly format: string;
}

export interface RecordReaderOptions {
  /** The name of the file (`Origin.path`); empty when absent. */
  readonly path?: string | undefined;
  /** Every record is of this format, whatever others say; what it refuses is not understood. */
  readonly forced?: Format | undefined;
}

/**
 * Reads the records of one stream: parses, finds the format, decodes; what no format claims is opened, should it be an envelope. What a
 * record is depends on the record alone, never on those before it: each is asked about anew. Only one that the stream's
 * scanner reads from its bytes is not, which it does only where nobody else could claim it.
 */
export class RecordReader {
  readonly #formats: readonly Format[];
  readonly #forced: Format | undefined;
  readonly #origin: Origin;
  readonly #decoders = new RecordDecoders();
  readonly #envelopes: EnvelopeReader;
  readonly #texts: TextClaims;
  readonly #unkept = new Repeats();
  /** The latest format met whose records can be read from their bytes. */
  #scanned: Format | undefined;
  /** Its decoder, when it may read bytes. */
  #scanner: Decoder | undefined;
  #lines: FormatLines | undefined;
  #arena: Arena | undefined;

  constructor(formats: readonly Format[], { path = '', forced }: RecordReaderOptions = {}) {
    this.#formats = forced === undefined ? formats : [forced];
    this.#forced = forced;
    this.#origin = { path };
    this.#envelopes = new EnvelopeReader(this.#formats);
    this.#texts = new TextClaims(this.#formats, forced);
  }

  /** From now on decoders that can read records from their bytes do so. */
  scanIn(arena: Arena): void {
    this.#arena = arena;
    this.#decoders.scanIn(arena);
  }

  /** The whole lines of the stream's format; undefined: it has none that takes them. */
  get lines(): FormatLines | undefined {
    return this.#lines;
  }

  /**
   * `repeats`: begun for a record that is kept; holds its repetitions afterwards. `wrapper`: what stood around the record in its
   * line.
   */
  read(bytes: Uint8Array, repeats: Repeats = this.#unkept, wrapper?: Wrapper): RecordRead {
    const format = this.#scanned;
    if (format !== undefined && bytes.length <= MEMORABLE_BYTES) {
      const scanned = this.#scanner?.scan?.(bytes, repeats);
      if (scanned !== undefined) return readOf(scanned, format.id);
      repeats.clear();
    }
    const value = parseJson(bytes);
    if (value === undefined) return { kind: 'unparsed' };
    // The parser keeps the last of two equal keys: the log would show one thing and we another.
    if (findDuplicateKey(bytes) >= 0) {
      return { kind: 'quarantined', reason: 'duplicate_key', near: [] };
    }
    return this.#readValue(value, bytes, this.#originOf(wrapper));
  }

  /** The text of a line that is no JSON and a record all the same (framing's `ClaimText`): to be read next; undefined: noise. */
  claimText(line: Uint8Array): string | undefined {
    return this.#texts.textOf(line);
  }

  /** Reads the line that `claimText` gave last. */
  readText(text: string, wrapper?: Wrapper): SettledRead {
    const claim = this.#texts.of(text);
    const origin = this.#originOf(wrapper);
    const decoders = text.length > MEMORABLE_BYTES ? new RecordDecoders() : this.#decoders;
    switch (claim?.kind) {
      case 'format':
        return readOf(decoders.decodeText(claim.format, text, origin), claim.format.id);
      case 'ambiguous':
        return { kind: 'quarantined', reason: 'ambiguous_format', near: claim.ids };
      case 'quoted': {
        const content = contentOf(text);
        const read = this.#envelopes.read({ content, origin, decoders, lossless: () => content });
        return read ?? unknownText;
      }
      default:
        return unknownText;
    }
  }

  #readValue(value: unknown, bytes: Uint8Array, origin: Origin): RecordRead {
    const detected = detectFormat(value, this.#formats);
    const decoders = bytes.length > MEMORABLE_BYTES ? new RecordDecoders() : this.#decoders;
    const lossless = () => parseLossless(decodeText(bytes));
    if (detected.kind === 'format') {
      const { format } = detected;
      if (format !== this.#scanned) this.#scanAs(format);
      return readOf(decoders.decode(format, value, origin, lossless), format.id);
    }
    if (detected.kind === 'ambiguous') {
      return { kind: 'quarantined', reason: 'ambiguous_format', near: detected.ids };
    }
    const enveloped = this.#envelopes.read({
      content: { kind: 'value', value },
      origin,
      decoders,
      lossless: () => contentOf(lossless()),
    });
    if (enveloped !== undefined) return enveloped;
    const forced = this.#forced;
    if (forced !== undefined) {
      return readOf(decoders.decode(forced, value, origin, lossless), forced.id);
    }
    const near = formatsLike(value, this.#formats);
    return { kind: 'quarantined', reason: 'unknown_format', near };
  }

  #originOf(wrapper: Wrapper | undefined): Origin {
    const time = wrapper?.time === undefined ? undefined : timeOf(wrapper.time);
    return time === undefined ? this.#origin : { ...this.#origin, time };
  }

  /** Of a format that reads no bytes nothing changes: in a log of two, the other goes on being scanned. */
  #scanAs(format: Format): void {
    if (this.#arena === undefined) return;
    const decoder = this.#decoders.of(format);
    if (decoder.scan === undefined) return;
    this.#scanned = format;
    this.#scanner = decoder;
    const known = decoder.lines;
    this.#lines = known === undefined ? undefined : { known, format: format.id };
  }
}

const unknownText: SettledRead = { kind: 'quarantined', reason: 'unknown_format', near: [] };

/** What is made of a decoder's answer. */
function readOf(decoded: Decoded | Scanned, format: string): SettledRead {
  switch (decoded.kind) {
    case 'known':
      return { kind: 'known', known: decoded.known, format };
    case 'events':
      return { kind: 'events', events: decoded.events, format };
    case 'skipped':
      return { kind: 'skipped', reason: decoded.reason, format };
    case 'rejected':
      return { kind: 'quarantined', reason: decoded.reason, near: [format] };
    case 'imprecise':
      return { kind: 'quarantined', reason: 'imprecise_number', near: [format] };
  }
}
