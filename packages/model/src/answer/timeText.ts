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
