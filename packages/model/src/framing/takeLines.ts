import type { ClaimText } from './claimText.ts';
import type { Place } from './cursor.ts';
import type { FindNewline } from './newlineFinder.ts';

/** Whole lines that were taken: how many, and the index behind the last one's newline. */
export interface LinesTaken {
  readonly count: number;
  readonly end: number;
}

/**
 * Takes lines of `bytes` from a line's beginning on, as many as it knows; undefined: not even the first. What it may take is a line
 * that is one object of valid JSON and no wrapper of another record, from its brace to an LF: whatever follows, the framer would make one record of it, of these bytes, at
 * this place, and nothing else.
 */
export type TakeLines = (bytes: Uint8Array, from: number, place: Place) => LinesTaken | undefined;

/** What others know of lines. */
export interface LineKnowledge {
  /** A search for newlines that is quicker than the engine's, where it can be used. */
  readonly findNewline?: FindNewline | undefined;
  /** Takes lines that it knows before they are cut. */
  readonly takeLines?: TakeLines | undefined;
  /** Which lines of plain text are records; absent: none. */
  readonly claimText?: ClaimText | undefined;
}
