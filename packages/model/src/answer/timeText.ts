import { formatTime, type Nanos, toMicros } from '../event/time.ts';

/** RFC 3339 for the wire, null for absent. */
export function timeTextOf(time: Nanos | undefined): string | null {
  return time === undefined ? null : formatTime(time);
}

/** Whole microseconds, null for absent. */
export function microsOf(time: Nanos | undefined): number | null {
  return time === undefined ? null : toMicros(time).us;
}

/** The 0-999 nanoseconds below `microsOf`. */
export function nanosOf(time: Nanos | undefined): number {
  return time === undefined ? 0 : toMicros(time).ns;
}

/** The earlier of two times, absent ones aside. */
export function earlier(a: Nanos | undefined, b: Nanos | undefined): Nanos | undefined {
  if (a === undefined) return b;
  return b === undefined || a <= b ? a : b;
}

/** The later of two times, absent ones aside. */
export function later(a: Nanos | undefined, b: Nanos | undefined): Nanos | undefined {
  if (a === undefined) return b;
  return b === undefined || a >= b ? a : b;
}
