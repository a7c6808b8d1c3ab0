import type { ContainerSighting, PodSighting } from '../event/sighting.ts';
import { type Nanos, nanos } from '../event/time.ts';
import type { Origin } from '../formats/format.ts';
import { type Precision, timeOf, uint64Of } from '../formats/read.ts';

/** What an envelope tells of the record in it. */
export interface Told {
  readonly time?: Nanos | undefined;
  readonly node?: string | undefined;
  readonly cluster?: string | undefined;
  readonly pod?: PodSighting | undefined;
  readonly container?: ContainerSighting | undefined;
}

/** What is known of a record from around it, when its envelope lay in others: the inner one was closer to it and goes first. */
export function within(around: Origin, told: Told): Origin {
  const { time = around.time, cluster = around.cluster } = told;
  const { pod = around.pod, container = around.container } = told;
  const node =
    told.node === undefined ? around.node : told.node.slice(told.node.lastIndexOf('/') + 1);
  return {
    path: around.path,
    ...(time === undefined ? {} : { time }),
    ...(node === undefined ? {} : { node }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

const CLOCK = /^(\d{1,13})(?:\.(\d{1,9})\d*)?$/;
/** More seconds than 64 bits of nanoseconds hold (the year 2261): they are milliseconds. */
const MOST_SECONDS = 9_200_000_000n;
const MOST_MILLISECONDS = 9_200_000_000_000n;

/** A time as collectors write it: seconds since 1970 with a fraction, as a number or its text; milliseconds; or RFC 3339. */
export function clockOf(value: unknown): Nanos | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const parts = CLOCK.exec(String(value));
  if (parts === null) return timeOf(value);
  const [, whole = '', fraction = ''] = parts;
  const count = BigInt(whole);
  if (count > MOST_MILLISECONDS) return undefined;
  if (count > MOST_SECONDS) return nanos(count * 1_000_000n);
  return nanos(count * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')));
}

/** Below: milliseconds, as KubeArmor's adapter writes them (1970-01-12 in nanoseconds). */
const FIRST_NANOSECOND = 1_000_000_000_000_000n;
const LAST_NANOSECOND = 9_200_000_000_000_000_000n;

/** OTLP's `timeUnixNano`; undefined for 0, its word for absent, and for what 64 bits do not hold. */
export function unixNanoOf(value: unknown, precision: Precision): Nanos | undefined {
  const count = uint64Of(value, precision);
  if (count === undefined || count === 0n || count > LAST_NANOSECOND) return undefined;
  return nanos(count < FIRST_NANOSECOND ? count * 1_000_000n : count);
}
