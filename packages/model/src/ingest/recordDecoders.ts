import type { Arena } from '../arena/arena.ts';
import type { Decoded, Decoder, Format, Origin } from '../formats/format.ts';

/**
 * A longer record is read by decoders of its own, so that what decoders remember stays small whatever a log holds.
 */
export const MEMORABLE_BYTES = 16 * 1024;

/** The decoders of one stream, or of one long record: one for each format that is met. */
export class RecordDecoders {
  readonly #decoders = new Map<string, Decoder>();
  #arena: Arena | undefined;

  /** From now on decoders that can read records from their bytes do so. */
  scanIn(arena: Arena): void {
    this.#arena = arena;
    // Those made so far know of no arena; what they remember is only for speed.
    this.#decoders.clear();
  }

  of(format: Format): Decoder {
    const known = this.#decoders.get(format.id);
    if (known !== undefined) return known;
    const decoder = format.decoder(this.#arena);
    this.#decoders.set(format.id, decoder);
    return decoder;
  }

  /** What a value says. `lossless`: the same value with every digit, should the decoder ask for it. */
  decode(format: Format, value: unknown, origin: Origin, lossless: () => unknown): Decoded {
    const decoder = this.of(format);
    const decoded = decoder.decode(value, origin);
    if (decoded.kind !== 'imprecise') return decoded;
    const exact = lossless();
    return exact === undefined ? decoded : decoder.decode(exact, origin);
  }

  /** What a line of plain text says. */
  decodeText(format: Format, line: string, origin: Origin): Decoded {
    return this.of(format).decodeText?.(line, origin) ?? noText;
  }
}

const noText: Decoded = {
  kind: 'rejected',
  reason: 'unknown_format',
  detail: 'the format has no lines of plain text',
};
