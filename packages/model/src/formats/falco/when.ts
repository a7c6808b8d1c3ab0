import type { Nanos } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { type JsonObject, type Precision, timeOf } from '../read.ts';
import { type Fields, nanosField, textField } from './fields.ts';

/** When a record's event happened; `unreadable`: it says when, in a way that is no time. */
export type When = { readonly time?: Nanos } | 'unreadable';

const fieldNames = ['evt.time', 'evt.rawtime', 'evt.time.iso8601'];

/**
 * The record's `time` has nine digits; the fields say the same as a number that JavaScript's would round. What is around the
 * record speaks only where the record is silent.
 */
export function whenOf(
  record: JsonObject,
  fields: Fields,
  origin: Origin | undefined,
  precision: Precision,
): When {
  const time = timeOf(record.time) ?? fieldTime(fields, precision);
  if (time !== undefined) return { time };
  if (record.time !== undefined && record.time !== null && record.time !== '') return 'unreadable';
  return origin?.time === undefined ? {} : { time: origin.time };
}

function fieldTime(fields: Fields, precision: Precision): Nanos | undefined {
  for (const name of fieldNames) {
    const time = nanosField(fields, name, precision) ?? timeOf(textField(fields, name));
    if (time !== undefined) return time;
  }
  return undefined;
}
