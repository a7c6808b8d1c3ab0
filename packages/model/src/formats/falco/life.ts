import { type Nanos, nanos } from '../../event/time.ts';
import { type Fields, longField } from './fields.ts';
import type { Moment } from './moment.ts';

/** What tells one life of a pid from the next: the fork's time, as the mark with all its digits and as a time. */
export interface Life {
  readonly mark: string;
  readonly startTime?: Nanos;
}

/**
 * The life that `proc.pid.ts` (or `proc.ppid.ts`) names. Without it the duration still tells when the life began, yet gives no
 * mark: the record's time may be a rounded one, and a mark that is off by a digit would be another life.
 */
export function lifeOf(
  fields: Fields,
  startName: string,
  durationName: string,
  { time, precision }: Moment,
): Life {
  const start = longField(fields, startName, precision);
  if (start !== undefined) return { mark: start.toString(), startTime: nanos(start) };
  if (time === undefined) return { mark: '' };
  const duration = longField(fields, durationName, precision);
  if (duration === undefined || duration > time) return { mark: '' };
  return { mark: '', startTime: nanos(time - duration) };
}
