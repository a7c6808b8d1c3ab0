import { type Nanos, nanos } from '../../event/time.ts';
import { type Precision, timeOf } from '../read.ts';
import { bigWholeOf } from './numbers.ts';

/**
 * Below each bound the unit that a Unix time must be in, in nanoseconds: a second's figure stays below 10^11 until the year 5138,
 * the others follow. The agent writes seconds, its OTel adapter milliseconds.
 */
const units: readonly (readonly [below: bigint, unit: bigint])[] = [
  [100_000_000_000n, 1_000_000_000n],
  [100_000_000_000_000n, 1_000_000n],
  [100_000_000_000_000_000n, 1000n],
  [9_000_000_000_000_000_000n, 1n],
];

/** When a record's event was: to the microsecond (`UpdatedTime`), else in whole seconds (`Timestamp`). Undefined: it does not say. */
export function recordTime(
  updatedTime: unknown,
  timestamp: unknown,
  precision: Precision,
): Nanos | undefined {
  return timeOf(updatedTime) ?? unixTimeOf(timestamp, precision);
}

/** A Unix time whose unit is told by its size; undefined for 0, which is Go's word for none. */
function unixTimeOf(value: unknown, precision: Precision): Nanos | undefined {
  const figure = bigWholeOf(value, precision);
  if (figure === undefined || figure === 0n) return undefined;
  const known = units.find(([below]) => figure < below);
  return known === undefined ? undefined : nanos(figure * known[1]);
}
