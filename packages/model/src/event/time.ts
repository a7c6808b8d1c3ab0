/**
 * Time is nanoseconds since the Unix epoch, as a bigint: log timestamps carry nine digits and a
 * double holds only microseconds. Ordering inside a boot of one node uses ktime instead (D18).
 */
export type Nanos = bigint & { readonly __nanos: unique symbol };

const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,18}))?(Z|z|[+-]\d\d:?\d\d)?$/;

/** Wraps a count of nanoseconds since 1970-01-01T00:00:00Z. The caller answers for the unit. */
export function nanos(value: bigint): Nanos {
  return value as Nanos;
}

const REACH = 2n ** 63n;

/** Whether a signed number of 64 bits holds it, 1677 to 2262; the lowest of them is spent on "no time". */
export function isWithinReach(time: bigint): boolean {
  return time > -REACH && time < REACH;
}

/**
 * Reads an RFC 3339 time with 0 to 18 fraction digits (past nine are cut). A missing zone is UTC.
 * Returns undefined for anything else, including impossible dates such as February 30.
 */
export function parseTime(text: string): Nanos | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const back = new Date(
    Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    ),
  );
  // `Date.UTC` takes the years 0 to 99 for those of the 20th century.
  back.setUTCFullYear(Number(year));
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day)) {
    return undefined;
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const digits = fraction.slice(0, 9).padEnd(9, '0');
  return nanos((BigInt(back.getTime()) - zoneOffsetMs(zone)) * 1_000_000n + BigInt(digits));
}

/** The second that was printed last: times of one table lie close together. */
let lastSecond: number | undefined;
let lastDate = '';

/** Prints a time as RFC 3339 UTC with the nine digits `2023-07-26T07:06:18.110713332Z`. */
export function formatTime(time: Nanos): string {
  const whole = floorDivide(time, 1_000_000_000n);
  const fraction = Number(time - whole * 1_000_000_000n);
  const second = Number(whole);
  if (second !== lastSecond) {
    lastDate = new Date(second * 1000).toISOString().slice(0, 19);
    lastSecond = second;
  }
  return `${lastDate}.${String(fraction).padStart(9, '0')}Z`;
}

/** Splits a time for the wire: whole microseconds (a safe integer until 2255) and 0-999 ns. */
export function toMicros(time: Nanos): { us: number; ns: number } {
  const us = floorDivide(time, 1000n);
  return { us: Number(us), ns: Number(time - us * 1000n) };
}

/** The difference `later - earlier` in fractional milliseconds, exact to the nanosecond below 104 days. */
export function millisBetween(earlier: Nanos, later: Nanos): number {
  return Number(later - earlier) / 1e6;
}

function zoneOffsetMs(zone: string): bigint {
  if (zone === 'Z' || zone === 'z') return 0n;
  const sign = zone.startsWith('-') ? -1n : 1n;
  const hours = BigInt(zone.slice(1, 3));
  const minutes = BigInt(zone.slice(-2));
  return sign * (hours * 60n + minutes) * 60_000n;
}

/** Quotient rounded towards minus infinity. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
