import { type Nanos, nanos } from '../../event/time.ts';
import { type Precision, timeOf, uint64Of } from '../read.ts';

/** Below it (1973 as nanoseconds since 1970) a number counts from the boot of the node, and tells no time. */
const EARLIEST = 100_000_000_000_000_000n;
const LATEST = 2n ** 63n;

/** A time: nanoseconds since 1970 as a number, or as text or protobuf's object. Counted from the boot it is none. */
export function momentOf(value: unknown, precision: Precision): Nanos | undefined {
  const number = uint64Of(value, precision);
  if (number === undefined) return timeOf(value);
  return number >= EARLIEST && number < LATEST ? nanos(number) : undefined;
}
