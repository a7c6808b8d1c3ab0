import { CLOSE_BRACE, CR, LF, OPEN_BRACE } from './ascii.ts';
import { findValueEnd } from './scanValue.ts';

/** A line, from its `{` (`first`) to behind its last byte that is no separator (`last`); its newline is at `end`. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
  readonly end: number;
}

/**
 * What to do with a line that begins with `{`. `record`: it ends with `}` and the next line begins with `{` too, or there
 * is none, so nothing could continue it: handed out unscanned, which is what makes NDJSON as cheap as splitting lines.
 * `scan`: it may be the first of several lines, or hold several values. `wait`: the next byte decides, and it is not here.
 * A line that is plainly one value never waits: a live stream shows its last event at once.
 */
export function judgeCandidate(
  bytes: Uint8Array,
  { first, last, end }: LineRange,
  final: boolean,
): 'record' | 'scan' | 'wait' {
  if (bytes[last - 1] !== CLOSE_BRACE) return 'scan';
  const isCr = bytes[end] === CR;
  const next = isCr && bytes[end + 1] === LF ? end + 2 : end + 1;
  const following = bytes[next];
  if (following === OPEN_BRACE) return 'record';
  if (following !== undefined) return 'scan';
  if (final) return 'record';
  return findValueEnd(bytes.subarray(0, last), first) === last ? 'record' : 'wait';
}
