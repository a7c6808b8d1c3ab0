import type { Arena } from '../arena/arena.ts';
import type { ProcessEvent } from '../event/event.ts';
import type { KnownEvent } from '../event/knownEvent.ts';
import type { KnownLines } from '../event/knownLines.ts';
import type { Repeats } from '../event/repeats.ts';
import type { ContainerSighting, PodSighting } from '../event/sighting.ts';
import type { Nanos } from '../event/time.ts';

/**
 * The port of a dialect: how its records are recognised and what they say in the one vocabulary. Values are what
 * `JSON.parse` gave for one record. A format never throws on input, looks at no clock, and keeps no state outside the
 * decoder it hands out.
 */
export interface Format {
  /** Folder name; stable, on the wire and in stores. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** Says yes to its own records and to no other registered format's. Cheap, total. */
  readonly sniff: (value: unknown) => boolean;
  /** For a format of plain text: says yes to its own lines and to no other's. Cheap, total; its decoder has `decodeText`. */
  readonly sniffText?: (line: string) => boolean;
  /**
   * A few keys at the top of its records by which a person knows them. They decide nothing: of a record that no format claims they
   * say which ones it resembles.
   */
  readonly marks?: readonly string[];
  /** A decoder for one stream. Given an arena, it may read records from their bytes there (`Decoder.scan`). */
  readonly decoder: (arena?: Arena) => Decoder;
}

/**
 * Reads the records of one stream, in any order. What it remembers is only for speed: each answer depends on its value
 * alone, so that order, repetition and batching cannot matter.
 */
export interface Decoder {
  decode(value: unknown, origin?: Origin): Decoded;
  /** For a format of plain text: reads one line, without its end. */
  decodeText?(line: string, origin?: Origin): Decoded;
  /**
   * For a hot format: the events of a record from its bytes, without parsing all of it. Undefined: parse it and ask
   * `decode`, which would give the same events; this is held to by a property test over mutated records. What of the record
   * repeats an earlier one is noted in `repeats`, of answered records only.
   */
  scan?(bytes: Uint8Array, repeats: Repeats): Scanned | undefined;
  /** Of a decoder that scans: takes whole lines by itself, so that `scan` need not be asked for most. Held to the same. */
  readonly lines?: KnownLines | undefined;
}

/**
 * What is known of a record from around it: its file and the envelopes it lay in. What the record says itself goes first. It is
 * part of what a decoder's answer depends on, and nothing else is.
 */
export interface Origin {
  /** Name of the file with the folders of its archive or upload, `/` between them; empty: a stream without a name. */
  readonly path: string;
  readonly time?: Nanos;
  readonly node?: string;
  readonly cluster?: string;
  readonly pod?: PodSighting;
  readonly container?: ContainerSighting;
}

/** What a scan makes of a record: events, or one whose processes are known. */
export type Scanned =
  | { readonly kind: 'events'; readonly events: readonly ProcessEvent[] }
  | { readonly kind: 'known'; readonly known: KnownEvent };

/** What one record says. */
export type Decoded =
  | { readonly kind: 'events'; readonly events: readonly ProcessEvent[] }
  /** Understood, and not of interest. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Not understood. `reason` is a stable code, `detail` a fact for people. */
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  /**
   * A number that matters is above 2^53 and lost its last digits in `JSON.parse`: parse the record again with
   * `parseLossless` and decode that.
   */
  | { readonly kind: 'imprecise' };

/** Why a record was not understood; stable, shown beside the quarantined bytes. */
export type RejectionReason =
  /** JSON of a shape that no registered format claims. */
  | 'unknown_format'
  /** Several formats claim it. */
  | 'ambiguous_format'
  /** The format's own, yet without any event it could name. */
  | 'no_event'
  /** An event key whose value is no object. */
  | 'bad_event'
  /** Of the format, and it lacks what an event needs, or says it in a way that cannot be true. */
  | 'bad_field'
  /** A number that matters is beyond 2^53, and this engine does not give its digits. */
  | 'imprecise_number'
  /** An object in it has a key twice: readers would differ in what it says. */
  | 'duplicate_key';
