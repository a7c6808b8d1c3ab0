import { integerOf, isObject, type JsonObject, listOf } from '../formats/read.ts';

/** Nested deeper, a value says nothing: protobuf itself stops at 100. */
const MOST_DEPTH = 64;
const INTEGER = /^-?\d{1,20}$/;

/** What reading an attribute list came to. */
export interface ReadValue {
  readonly value: unknown;
  /** A list has a key twice: readers would differ in what it says. */
  readonly repeats: boolean;
}

/** An OTLP `AnyValue` as the JSON value that it stands for. Whole numbers beyond 2^53 become bigints; bytes stay base64. */
export function readAnyValue(value: unknown): ReadValue {
  const reader = new AnyValueReader();
  const read = reader.value(value, 0);
  return { value: read, repeats: reader.repeats };
}

/** A list of OTLP `KeyValue` as an object. */
export function readKeyValues(list: unknown): ReadValue & { readonly value: JsonObject } {
  const reader = new AnyValueReader();
  const read = reader.keyValues(list, 0);
  return { value: read, repeats: reader.repeats };
}

class AnyValueReader {
  repeats = false;

  value(value: unknown, depth: number): unknown {
    if (!isObject(value) || depth > MOST_DEPTH) return null;
    if (typeof value.stringValue === 'string') return value.stringValue;
    if (value.boolValue !== undefined) return value.boolValue;
    if (value.intValue !== undefined) return wholeOf(value.intValue);
    if (value.doubleValue !== undefined) return value.doubleValue;
    if (isObject(value.kvlistValue)) return this.keyValues(value.kvlistValue.values, depth + 1);
    if (isObject(value.arrayValue)) {
      return listOf(value.arrayValue.values).map((item) => this.value(item, depth + 1));
    }
    return typeof value.bytesValue === 'string' ? value.bytesValue : null;
  }

  keyValues(list: unknown, depth: number): JsonObject {
    const members = new Map<string, unknown>();
    for (const item of listOf(list)) {
      if (!isObject(item) || typeof item.key !== 'string') continue;
      if (members.has(item.key)) this.repeats = true;
      members.set(item.key, this.value(item.value, depth));
    }
    // Own properties whatever their names, as JSON.parse makes them.
    return Object.fromEntries(members);
  }
}

function wholeOf(value: unknown): unknown {
  const small = integerOf(value);
  if (small !== undefined) return small;
  return typeof value === 'string' && INTEGER.test(value) ? BigInt(value) : value;
}
