import { detectText } from '../formats/detect.ts';
import type { Format } from '../formats/format.ts';
import { skipReason } from '../framing/noise.ts';
import { decodeText, parseJson } from '../framing/text.ts';

/** Whose a line of plain text is. */
export type TextClaim =
  | { readonly kind: 'format'; readonly format: Format }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  /** A record in quotation marks, as `jq` prints the line under a key: an envelope. */
  | { readonly kind: 'quoted' };

/** A longer line is noise: none of those that people read is. */
const MOST_BYTES = 1024 * 1024;
const QUOTED = /^\s*"\s*[{[]/;
const QUOTE = 34;

/** Tells lines that are records from noise. */
export class TextClaims {
  readonly #formats: readonly Format[];
  readonly #forced: Format | undefined;
  readonly #isText: boolean;
  /** The latest line that was asked about: it is read next. */
  #line = '';
  #claim: TextClaim | undefined;

  /** `forced`: every line of text is its, whatever it says itself; of a format without text none is. */
  constructor(formats: readonly Format[], forced: Format | undefined) {
    this.#formats = formats;
    this.#forced = forced;
    this.#isText = formats.some(({ sniffText }) => sniffText !== undefined);
  }

  /** The text of a line that is a record; undefined: noise. As framing's `ClaimText`. */
  textOf(line: Uint8Array): string | undefined {
    if (line.length > MOST_BYTES || !(this.#isText || line.includes(QUOTE))) return undefined;
    const text = decodeText(line);
    this.#line = text;
    this.#claim = this.#find(text, line);
    return this.#claim === undefined ? undefined : text;
  }

  /** Whose a line is that `textOf` gave. */
  of(text: string): TextClaim | undefined {
    return text === this.#line ? this.#claim : undefined;
  }

  #find(text: string, line: Uint8Array): TextClaim | undefined {
    const detected = detectText(text, this.#formats);
    if (detected.kind !== 'unknown') return detected;
    if (QUOTED.test(text) && typeof parseJson(line) === 'string') return { kind: 'quoted' };
    const forced = this.#forced;
    const isMeant = forced?.sniffText !== undefined && skipReason(line) === 'text';
    return isMeant ? { kind: 'format', format: forced } : undefined;
  }
}
