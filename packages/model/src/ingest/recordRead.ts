import type { ProcessEvent } from '../event/event.ts';
import type { KnownEvent } from '../event/knownEvent.ts';

/** What a record turned out to be: its events and the format that read them, or why not. */
export type RecordRead =
  | { readonly kind: 'events'; readonly events: readonly ProcessEvent[]; readonly format: string }
  | { readonly kind: 'known'; readonly known: KnownEvent; readonly format: string }
  | UnwrappedRead
  | SkippedRead
  | Quarantined
  /** No JSON: the framer must say what is in it. */
  | { readonly kind: 'unparsed' };

/** Of a record that was parsed, or is text. */
export type SettledRead = Exclude<RecordRead, { readonly kind: 'unparsed' }>;

/** An envelope with records in it. */
export interface UnwrappedRead {
  readonly kind: 'unwrapped';
  /** Of all of them, in order. */
  readonly events: readonly ProcessEvent[];
  /** Of those that were understood, each once. */
  readonly formats: readonly string[];
}

/** Understood, and not of interest. */
export interface SkippedRead {
  readonly kind: 'skipped';
  readonly reason: string;
  /** Undefined: noise in an envelope, of no format. */
  readonly format: string | undefined;
}

/** Not understood. */
export interface Quarantined {
  readonly kind: 'quarantined';
  readonly reason: string;
  /** The formats that came closest: those that claimed it, else those it resembles. */
  readonly near: readonly string[];
}
