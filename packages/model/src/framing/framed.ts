/**
 * What comes out of the framer: the input cut into pieces, in order, none overlapping.
 *
 * `offset` and `length` are bytes of the input as it was received (UTF-16 input: bytes of the UTF-16), `line` is the
 * 1-based physical line of the first byte. A piece covers the evidence: a wrapped record includes its prefix. Between two
 * pieces lie only separators: newlines, spaces, tabs, commas, byte order marks, and the brackets of an array of records.
 * So the lengths of the pieces and the separators together are exactly the bytes received.
 *
 * `bytes` is a view, valid until the sink returns; a consumer that keeps it copies it.
 */
export type Framed = FramedRecord | FramedText | Skipped | Unreadable | Oversize | Blank;

/** Takes one piece. It must not call back into the framer that calls it. */
export type Sink = (piece: Framed) => void;

interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

/**
 * One JSON object, as its UTF-8 bytes. A record that fills its line is a *candidate*: it begins with `{`, ends with `}`,
 * and nothing more was looked at, because a full scan of each line costs more than the parser that follows. When it does
 * not parse, `splitRecord` says what is in it.
 */
export interface FramedRecord extends Piece {
  readonly kind: 'record';
  readonly bytes: Uint8Array;
  /** Of the received stream; `bytes` are UTF-8 in either case. */
  readonly encoding: Encoding;
  /** What stood around the value, when something did; then `bytes` is not the same as the received range. */
  readonly wrapper: Wrapper | undefined;
  /** The received ranges, in order, when the record was put together from lines that do not touch. `length` is their sum. */
  readonly spans: readonly Span[] | undefined;
}

/** A line of plain text that somebody reads (`ClaimText`), whole: with the white space at its ends. */
export interface FramedText extends Piece {
  readonly kind: 'text';
  readonly bytes: Uint8Array;
  /** What the bytes say. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly wrapper: Wrapper | undefined;
  readonly spans: readonly Span[] | undefined;
}

/** Known noise, or text that never claimed to be a value. */
export interface Skipped extends Piece {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
  readonly bytes: Uint8Array;
  readonly sample: string;
  readonly spans: readonly Span[] | undefined;
}

/** Meant as a value, and none: for quarantine. `bytes` is what was received (a wrapped value: what was inside). */
export interface Unreadable extends Piece {
  readonly kind: 'unreadable';
  readonly reason: UnreadableReason;
  readonly bytes: Uint8Array;
  readonly sample: string;
  readonly spans: readonly Span[] | undefined;
}

/** Longer than the limit: for quarantine. Only its first 64 KiB are here, the rest is found by `offset` and `length`. */
export interface Oversize extends Piece {
  readonly kind: 'oversize';
  readonly head: Uint8Array;
  readonly sample: string;
  readonly spans: readonly Span[] | undefined;
}

/** A line of nothing but white space and commas. */
export interface Blank extends Piece {
  readonly kind: 'blank';
}

export type Encoding = 'utf8' | 'utf16';

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** `numbered` is a line number before the value (`12: {...}`). Several around one value: the innermost, fields merged. */
export interface Wrapper {
  readonly kind: 'cri' | 'docker' | 'kubectl' | 'fluentd' | 'numbered';
  /** As written by the wrapper, not parsed. */
  readonly time: string | undefined;
  /** `stdout` or `stderr`. */
  readonly stream: string | undefined;
  /** Fluentd's tag, or kubectl's `pod/name/container`. */
  readonly tag: string | undefined;
}

export type SkipReason =
  /** `#` or `//` */
  | 'comment'
  /** a shell prompt with its command */
  | 'prompt'
  /** a log line of the agent itself: klog, logfmt, Go's logger */
  | 'startup'
  /** NUL bytes at the start of a line, as copytruncate leaves them */
  | 'padding'
  /** bytes that are no text */
  | 'binary'
  | 'text';

export type UnreadableReason =
  /** balanced, but JSON.parse refuses it */
  | 'bad_json'
  /** it has a beginning and no end */
  | 'unterminated'
  /** it has an end and no beginning: the rest of a line that a rotation has cut */
  | 'fragment';
