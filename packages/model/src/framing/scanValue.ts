import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  CR,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from './ascii.ts';

/**
 * Why a scan stopped. `more`: out of bytes. `done`: the value is complete, the index is behind it. `newline`: a newline
 * between tokens, the index is behind it. `broken`: a raw newline inside a string (never valid), the index is at it.
 * `illegal`: an opening bracket where no value may begin, the index is at it.
 */
export type ScanStop = 'more' | 'done' | 'newline' | 'broken' | 'illegal';

/** Where a string-aware scan of one JSON value stands; it can be continued in the next chunk. */
export interface ValueScan {
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** The last byte that is no white space, outside strings. */
  last: number;
  stop: ScanStop;
}

export function beginScan(): ValueScan {
  return { depth: 0, inString: false, escaped: false, last: 0, stop: 'more' };
}

/**
 * Scans on from `from`, which for a new scan is the opening bracket. It balances brackets outside strings and checks no
 * more than it needs to find the end: the parser judges the rest. Returns the index where it stopped; `scan.stop` says why.
 */
export function scanValue(scan: ValueScan, bytes: Uint8Array, from: number): number {
  let { depth, inString, escaped, last } = scan;
  let stop: ScanStop = 'more';
  let at = from;
  const end = bytes.length;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (inString) {
      if (byte === LF || byte === CR) {
        stop = 'broken';
        break;
      }
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
      last = QUOTE;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (depth > 0 && last !== COLON && last !== COMMA && last !== OPEN_BRACKET) {
        stop = 'illegal';
        break;
      }
      depth++;
      last = byte;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
      last = byte;
      if (depth <= 0) {
        at++;
        stop = 'done';
        break;
      }
    } else if (byte === LF || byte === CR) {
      at++;
      stop = 'newline';
      break;
    } else if (byte > SPACE) {
      last = byte;
    }
  }
  scan.depth = depth;
  scan.inString = inString;
  scan.escaped = escaped;
  scan.last = last;
  scan.stop = stop;
  return at;
}

/** The index behind the value that opens at `from`, or `undefined` when it does not end in these bytes. */
export function findValueEnd(bytes: Uint8Array, from: number): number | undefined {
  const scan = beginScan();
  let at = scanValue(scan, bytes, from);
  while (scan.stop === 'newline') at = scanValue(scan, bytes, at);
  return scan.stop === 'done' ? at : undefined;
}

/**
 * Whether brackets nest deeper than `limit` (an object alone has depth 1). JSON.parse takes a depth of a million and
 * JSON.stringify dies at a hundred thousand, so this is asked before anything is written again. Strings do not count.
 */
export function exceedsDepth(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth > limit) return true;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return false;
}
