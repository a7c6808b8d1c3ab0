import { type Nanos, nanos } from '../../event/time.ts';
import { timeOf } from '../read.ts';

const DECIMAL = /^\d{1,11}(?:\.\d{1,18})?$/;
/** Beyond this a number counts milliseconds: in seconds it would be the year 5138. */
const MOST_SECONDS = 1e11;
const MOST_MILLIS = 9.2e15 / 1000;
/** About 30 years. */
const LONGEST_SECONDS = 1e9;

/** `ts`: seconds with a fraction, whole milliseconds, or ISO 8601; undefined for everything else. */
export function zeekTime(value: unknown): Nanos | undefined {
  if (typeof value === 'number') return timeOfNumber(value);
  if (typeof value !== 'string') return undefined;
  return DECIMAL.test(value) ? timeOfDecimal(value) : timeOf(value);
}

/** An interval in seconds, as nanoseconds in whole microseconds; undefined for what is none. */
export function intervalOf(value: unknown): bigint | undefined {
  const seconds = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
    return undefined;
  }
  return BigInt(Math.round(seconds * 1e6)) * 1000n;
}

/** Zeek knows microseconds; a double of today's seconds keeps them, and nothing finer. */
function timeOfNumber(value: number): Nanos | undefined {
  const size = Math.abs(value);
  if (size > MOST_MILLIS || Number.isNaN(value)) return undefined;
  const micros = size > MOST_SECONDS ? value * 1000 : value * 1e6;
  // Years that 64 bits of nanoseconds do not reach are no times.
  return Math.abs(micros) > 9.2e15 ? undefined : nanos(BigInt(Math.round(micros)) * 1000n);
}

function timeOfDecimal(text: string): Nanos | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  const seconds = BigInt(whole);
  if (seconds > 9_200_000_000n) return undefined;
  const digits = fraction.slice(0, 9).padEnd(9, '0');
  return nanos(seconds * 1_000_000_000n + BigInt(digits));
}
