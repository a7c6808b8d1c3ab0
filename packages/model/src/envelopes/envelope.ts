import type { Origin, RejectionReason } from '../formats/format.ts';
import type { JsonObject, Precision } from '../formats/read.ts';

/**
 * What others put around a record on its way: how such a value is recognised, and what lies in it. Asked only of values that no
 * format claims. Total, cheap, and without state; opens one layer.
 */
export interface Envelope {
  /** What people call it. */
  readonly id: string;
  /**
   * What lies in the value; undefined: it is no such envelope. `around` is what is known from further out, `precision` notes that a
   * number in the envelope had lost digits.
   */
  readonly open: (value: JsonObject, around: Origin, precision: Precision) => Opened | undefined;
}

/** An envelope, opened. */
export interface Opened {
  /** In order, to be read once, as they are asked for: an envelope may claim to hold millions. None: there was nothing in it. */
  readonly records: Iterable<Enclosed>;
  /**
   * Its shape alone tells that it is this envelope. Else it is one only if a record lies in it: many a log has a `message` that is
   * a sentence.
   */
  readonly certain: boolean;
}

/** One record that lay in an envelope. */
export interface Enclosed {
  /** The record, the likeliest form first: collectors keep a line beside what they parsed of it. Whichever a format claims is it. */
  readonly forms: readonly Content[];
  readonly origin: Origin;
}

/** A parsed value; or text, of JSON or plain; or what cannot be taken for either. */
export type Content =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: RejectionReason };

/** A value that came in an envelope as what it is: text or a value. */
export function contentOf(value: unknown): Content {
  return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'value', value };
}
