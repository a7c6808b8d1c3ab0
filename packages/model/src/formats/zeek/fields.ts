import { type JsonObject, objectOf } from '../read.ts';

/** A column of a record whose name has a dot: stock Zeek keeps it, some shippers make it `_`, others nest objects. */
export function dotted(record: JsonObject, outer: string, inner: string): unknown {
  return (
    record[`${outer}.${inner}`] ?? record[`${outer}_${inner}`] ?? objectOf(record[outer])?.[inner]
  );
}

/** Whether a column is set; Zeek leaves unset ones out or prints null. */
export function has(record: JsonObject, key: string): boolean {
  return Object.hasOwn(record, key) && record[key] !== null;
}
