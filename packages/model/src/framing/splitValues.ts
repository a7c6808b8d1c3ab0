import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isNewline,
  isSeparator,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from './ascii.ts';
import { findValueEnd } from './scanValue.ts';
import { parseJson } from './text.ts';

/** A part of some bytes: `value` parses; `bad_json` is balanced and does not; `unterminated` has no end; `junk` is no value. */
export interface ValueSpan {
  readonly kind: 'value' | 'bad_json' | 'unterminated' | 'junk';
  readonly start: number;
  readonly end: number;
}

/** How often a range may be looked at again in search of a restart: keeps hostile input linear. */
const LOOKS = 16;
const SMALL_RANGE = 65_536;

/**
 * Takes apart bytes that are not one JSON value: the values in them, and what is none. The spans are in order and leave
 * out only separators and the brackets of an array of objects. Every `value` has been parsed once, so this is for the
 * slow path: a line that did not parse, a value that never ended.
 *
 * After an unreadable part it starts again at a `{` or `[{` at the start of a line, or, for two lines whose newline was
 * lost, at a `{"` that no `:`, `[`, `,` or `{` introduces and whose value ends the line.
 */
export function splitValues(bytes: Uint8Array): readonly ValueSpan[] {
  const spans: ValueSpan[] = [];
  const budget = { left: bytes.length * LOOKS + SMALL_RANGE };
  let open = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (isSeparator(byte)) at++;
    else if (byte === OPEN_BRACKET && opensArray(bytes, at)) {
      open++;
      at++;
    } else if (byte === CLOSE_BRACKET && open > 0) {
      open--;
      at++;
    } else if (byte === OPEN_BRACE && (at === 0 || opensObject(bytes, at))) {
      const span = readValue(bytes, at, budget);
      spans.push(span);
      at = span.end;
    } else {
      const end = junkEnd(bytes, at + 1, open > 0);
      addJunk(spans, bytes, at, end);
      at = end;
    }
  }
  return spans;
}

/** The objects that stand in a line of text, each of them parsed; what lies between is text. */
export function findEmbedded(line: Uint8Array): readonly ValueSpan[] {
  const found: ValueSpan[] = [];
  let misses = 0;
  let at = line.indexOf(OPEN_BRACE);
  while (at >= 0 && misses < LOOKS) {
    // Behind `":` it is the inside of an object whose head is lost, and no event.
    const candidate = line[at + 1] === QUOTE && !(line[at - 1] === COLON && line[at - 2] === QUOTE);
    const end = candidate ? findValueEnd(line, at) : undefined;
    if (end !== undefined && parseJson(line.subarray(at, end)) !== undefined) {
      found.push({ kind: 'value', start: at, end });
      at = line.indexOf(OPEN_BRACE, end);
    } else {
      if (candidate) misses++;
      at = line.indexOf(OPEN_BRACE, at + 1);
    }
  }
  return found;
}

/** Whether `[` at `at` opens an array of objects: white space, then `{`, `]`, or nothing more. */
export function opensArray(bytes: Uint8Array, at: number): boolean {
  let next = at + 1;
  while (next < bytes.length && (bytes[next] ?? 0) <= SPACE && bytes[next] !== 0) next++;
  return next >= bytes.length || bytes[next] === OPEN_BRACE || bytes[next] === CLOSE_BRACKET;
}

/** Whether `{` at `at` looks like an object: `"`, `}`, white space or the end of the bytes follow. */
export function opensObject(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1];
  return (
    next === undefined ||
    next === QUOTE ||
    next === CLOSE_BRACE ||
    isNewline(next) ||
    next === SPACE ||
    next === 0x09
  );
}

function readValue(bytes: Uint8Array, start: number, budget: { left: number }): ValueSpan {
  const end = budget.left > 0 ? findValueEnd(bytes, start) : undefined;
  if (end !== undefined && parseJson(bytes.subarray(start, end)) !== undefined) {
    return { kind: 'value', start, end };
  }
  const limit = end ?? bytes.length;
  budget.left -= limit - start;
  return {
    kind: end === undefined ? 'unterminated' : 'bad_json',
    start,
    end: trimEnd(bytes, start, findRestart(bytes, start + 1, { limit, budget })),
  };
}

function findRestart(
  bytes: Uint8Array,
  from: number,
  { limit, budget }: { readonly limit: number; readonly budget: { left: number } },
): number {
  for (let at = from; at < limit && budget.left > 0; at++) {
    const byte = bytes[at];
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) continue;
    const atLineStart = isNewline(bytes[at - 1]);
    const glued = byte === OPEN_BRACE && bytes[at + 1] === QUOTE && !isNested(bytes, at);
    const opensLine = atLineStart && (byte === OPEN_BRACE || opensArray(bytes, at));
    if (!opensLine && !glued) continue;
    const end = findValueEnd(bytes, at);
    budget.left -= (end ?? bytes.length) - at;
    if (end === undefined || !(opensLine || endsLine(bytes, end))) continue;
    if (parseJson(bytes.subarray(at, end)) !== undefined) return at;
  }
  return limit;
}

function isNested(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && bytes[before] === SPACE) before--;
  const byte = bytes[before];
  return byte === COLON || byte === COMMA || byte === OPEN_BRACKET || byte === OPEN_BRACE;
}

function endsLine(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (at < bytes.length && isSeparator(bytes[at]) && !isNewline(bytes[at])) at++;
  return at >= bytes.length || isNewline(bytes[at]);
}

/** Where junk ends, looking from `from`: at a newline, at what looks like an object, in an array at its `]`. */
export function junkEnd(bytes: Uint8Array, from: number, inArray: boolean): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isNewline(byte)) return at;
    if (byte === OPEN_BRACE && opensObject(bytes, at)) return at;
    if (byte === CLOSE_BRACKET && inArray) return at;
  }
  return bytes.length;
}

function addJunk(spans: ValueSpan[], bytes: Uint8Array, start: number, end: number): void {
  const last = spans.at(-1);
  const trimmed = trimEnd(bytes, start, end);
  if (last?.kind === 'junk')
    spans[spans.length - 1] = { kind: 'junk', start: last.start, end: trimmed };
  else spans.push({ kind: 'junk', start, end: trimmed });
}

/** The end of [start, end) without the separators that trail it. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isSeparator(bytes[at - 1])) at--;
  return at;
}
