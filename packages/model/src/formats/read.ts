import { type Nanos, nanos, parseTime } from '../event/time.ts';

/**
 * Readers over what JSON.parse gave. Each says undefined for anything it cannot read exactly, and none throws. Numbers
 * may come as numbers, decimal strings (protobuf's 64-bit) or bigints (`parseLossless`).
 */
export type JsonObject = { readonly [key: string]: unknown };

/** Tells an object from arrays, null and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or undefined. */
export function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The object that a text is in JSON; undefined when it is no JSON, or another value. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The elements, empty for anything but an array. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that says something: the empty string is protobuf's word for absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of a list, one line each, other elements and empty ones left out. */
export function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return none;
  const texts: string[] = [];
  for (const item of value) if (typeof item === 'string' && item !== '') texts.push(oneLine(item));
  return texts;
}

/** Text for a list that is kept as lines: a newline in it, which only a hostile log has, becomes its symbol. */
export function oneLine(text: string): string {
  return text.includes('\n') ? text.replaceAll('\n', '␊') : text;
}

const none: readonly string[] = [];
const DECIMAL = /^\d{1,20}$/;
const SIGNED = /^-?\d{1,20}$/;

/** A whole number from 0 to 2^53, as a number or a decimal string. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || !DECIMAL.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A port; undefined for what is none. */
export function portOf(value: unknown): number | undefined {
  const port = countOf(value);
  return port !== undefined && port <= 65_535 ? port : undefined;
}

/** A whole number of either sign below 2^53. */
export function integerOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !SIGNED.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Remembers, while one record is read, that a number in it had lost digits. */
export interface Precision {
  lost: boolean;
}

/**
 * An unsigned 64-bit number, exact: strings and bigints are taken as they are; a number beyond 2^53 has lost its digits,
 * which `precision` notes.
 */
export function uint64Of(value: unknown, precision: Precision): bigint | undefined {
  if (typeof value === 'string') return DECIMAL.test(value) ? BigInt(value) : undefined;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value >= 0 ? BigInt(value) : undefined;
    if (value > 0 && Number.isInteger(value)) precision.lost = true;
    return undefined;
  }
  return typeof value === 'bigint' && value >= 0n ? value : undefined;
}

/** An unsigned 64-bit identity as decimal text, `''` when absent; what is no number stays the text it is. */
export function cookieOf(value: unknown, precision: Precision): string {
  if (typeof value === 'string') return value;
  return uint64Of(value, precision)?.toString() ?? '';
}

/** An enum given as its name or its number; an unknown number becomes its text. */
export function enumOf(value: unknown, names: ReadonlyMap<number, string>): string | undefined {
  if (typeof value === 'string') {
    if (!DECIMAL.test(value)) return value === '' ? undefined : value;
    return names.get(Number(value)) ?? value;
  }
  return typeof value === 'number' ? (names.get(value) ?? String(value)) : undefined;
}

// Times are stored in 64 bits of nanoseconds; Go's zero time (year 1) and whatever lies outside say nothing.
const FIRST_YEAR = 1678;
const LAST_YEAR = 2261;

/** A time: RFC 3339 with 0 to 9 digits (protobuf prints 0, 3, 6 or 9), or protobuf's `{seconds, nanos}`. */
export function timeOf(value: unknown): Nanos | undefined {
  if (typeof value === 'string') return readUtc(value) ?? readAnyTime(value);
  if (!isObject(value)) return undefined;
  const seconds = integerOf(value.seconds);
  if (seconds === undefined || seconds > 9e9 || seconds < -9e9) return undefined;
  return nanos(BigInt(seconds) * 1_000_000_000n + BigInt(countOf(value.nanos) ?? 0));
}

function readAnyTime(text: string): Nanos | undefined {
  if (text.length > 64) return undefined;
  const year = Number(text.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR ? parseTime(text) : undefined;
}

/**
 * `2023-07-26T07:06:18.110713332Z` by position, an order faster than the general reader; undefined for every other
 * shape, which the general reader then judges.
 */
function readUtc(text: string): Nanos | undefined {
  const { length } = text;
  if (length < 20 || length > 30 || length === 21) return undefined;
  if (text.charCodeAt(length - 1) !== 90 || text.charCodeAt(10) !== 84) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysIn(year, month) || hour < 0 || hour > 23) return undefined;
  if (minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  let fraction = 0;
  if (length > 20) {
    if (text.charCodeAt(19) !== 46) return undefined;
    fraction = digits(text, 20, length - 1);
    if (fraction < 0) return undefined;
    for (let i = length - 21; i < 9; i += 1) fraction *= 10;
  }
  const days = daysFrom1970(year, month, day);
  const seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
  return nanos(BigInt(seconds) * 1_000_000_000n + BigInt(fraction));
}

/** The number written in `text[from, to)`, -1 when a character is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** Days since 1970-01-01 in the Gregorian calendar, by counting years from March (so that February ends one). */
function daysFrom1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + Math.floor((monthFromMarch * 153 + 2) / 5) + day - 719_469;
}
