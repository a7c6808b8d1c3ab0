import type { Precision } from '../read.ts';

const DECIMAL = /^\d{1,20}(?:\.\d{1,20})?(?:[eE]\+?\d{1,2})?$/;
const LARGEST_INT32 = 2 ** 31 - 1;
const IDS = 2 ** 32;

/**
 * A whole number from 0 to 2^53, also as the double or the text that Go makes of one (`967872.0`, `1.252488e+06`); undefined for
 * every other value.
 */
export function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined;
}

/** A pid; undefined for 0, which is Go's word for none. */
export function pidOf(value: unknown): number | undefined {
  const pid = wholeOf(value);
  return pid === undefined || pid === 0 || pid > LARGEST_INT32 ? undefined : pid;
}

/** A uid. The agent keeps it in 32 bits with a sign: -1 is 4294967295. */
export function uidOf(value: unknown): number | undefined {
  if (typeof value === 'number' && value < 0) {
    return Number.isInteger(value) && value >= -IDS / 2 ? value + IDS : undefined;
  }
  const uid = wholeOf(value);
  return uid === undefined || uid >= IDS ? undefined : uid;
}

/** A whole number of any size without loss; `precision` notes digits that `JSON.parse` took. */
export function bigWholeOf(value: unknown, precision: Precision): bigint | undefined {
  if (typeof value === 'bigint') return value >= 0n ? value : undefined;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  const whole = wholeOf(value);
  if (whole !== undefined) return BigInt(whole);
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) precision.lost = true;
  return undefined;
}
