import type { Nanos } from '../../event/time.ts';
import { nanos } from '../../event/time.ts';
import { countOf, isObject, type JsonObject, textOf, textsOf, timeOf } from '../read.ts';

/**
 * The value at a path of a document, however it is written: nested objects, a flat key with dots, or both mixed. An array of
 * objects stands for its first. Undefined when it is nowhere, or null. Recurses over the segments of `path` alone, which is ours.
 */
export function fieldAt(holder: unknown, path: string): unknown {
  const object: unknown = Array.isArray(holder) ? holder[0] : holder;
  if (!isObject(object)) return undefined;
  const whole = ownValue(object, path);
  if (whole !== undefined) return whole;
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const part = ownValue(object, path.slice(0, dot));
    const found = part === undefined ? undefined : fieldAt(part, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text at a path; of a list the first element. */
export function textAt(record: JsonObject, path: string): string | undefined {
  return textOf(firstOf(fieldAt(record, path)));
}

/** The values at a path as a list: a scalar is a list of one. */
export function listAt(record: JsonObject, path: string): readonly unknown[] {
  const value = fieldAt(record, path);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The texts at a path, one line each. */
export function textsAt(record: JsonObject, path: string): readonly string[] {
  return textsOf(listAt(record, path));
}

/** The whole number at a path, 0 to 2^53. */
export function countAt(record: JsonObject, path: string): number | undefined {
  return countOf(firstOf(fieldAt(record, path)));
}

/** The first element of a list, or the scalar. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The time at a path: RFC 3339, or milliseconds since 1970 as Elasticsearch also takes a date. */
export function timeAt(record: JsonObject, path: string): Nanos | undefined {
  const value = firstOf(fieldAt(record, path));
  if (typeof value !== 'number') return timeOf(value);
  const isMilliseconds = Number.isSafeInteger(value) && value >= 1e11 && value < 1e13;
  return isMilliseconds ? nanos(BigInt(value) * 1_000_000n) : undefined;
}

function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}
