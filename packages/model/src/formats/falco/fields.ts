import { type Nanos, nanos } from '../../event/time.ts';
import { countOf, isObject, type JsonObject, type Precision, uint64Of } from '../read.ts';

/** `output_fields`: Falco's fields by name. Null, the empty text and `<NA>` mean that the agent could not tell. */
export type Fields = JsonObject;

/** The field as text; numbers and booleans in their spelling. */
export function textField(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (typeof value === 'string') return isAbsent(value) ? undefined : value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  return undefined;
}

/** The first of several fields that says something. */
export function firstText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textField(fields, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A whole number from 0 to 2^53; Falco's -1 for "none" is none. */
export function countField(fields: Fields, name: string): number | undefined {
  return countOf(fields[name]);
}

/** A process id in the host's namespace; 0 is the kernel's way to say that there is none. */
export function pidField(fields: Fields, name: string): number | undefined {
  const pid = countOf(fields[name]);
  return pid === 0 ? undefined : pid;
}

/** True only when the agent says so. */
export function isTrue(fields: Fields, name: string): boolean {
  const value = fields[name];
  return value === true || value === 'true';
}

/** True, false, or not told. */
export function flagField(fields: Fields, name: string): boolean | undefined {
  if (isTrue(fields, name)) return true;
  const value = fields[name];
  return value === false || value === 'false' ? false : undefined;
}

/** An unsigned 64-bit number with all its digits; 0 means not known. */
export function longField(fields: Fields, name: string, precision: Precision): bigint | undefined {
  const value = uint64Of(fields[name], precision);
  return value === undefined || value === 0n || value > LARGEST ? undefined : value;
}

/** An absolute time in nanoseconds since 1970; before 2000 it is no time of a log but another unit. */
export function nanosField(fields: Fields, name: string, precision: Precision): Nanos | undefined {
  const value = longField(fields, name, precision);
  return value === undefined || value < EARLIEST ? undefined : nanos(value);
}

/** A field with an argument, `ka.uri.param[command]`, in its own spelling or one that Falcosidekick makes of the brackets. */
export function bracketField(fields: Fields, name: string, argument: string): string | undefined {
  return firstText(fields, [`${name}[${argument}]`, `${name}_${argument}`, `${name}.${argument}`]);
}

/** The elements of a field that is a list, or a text with spaces between them. */
export function listField(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (Array.isArray(value)) {
    return value.map((item: unknown) =>
      isScalar(item) && !isAbsent(String(item)) ? String(item) : '',
    );
  }
  const text = textField(fields, name);
  return text === undefined ? [] : text.split(' ').filter((word) => word !== '');
}

/** Whether a value that stands for text says nothing. */
export function isAbsent(text: string): boolean {
  return text === '' || text === '<NA>';
}

/** The fields of a record; none when they were turned off. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : noFields;
}

const noFields: Fields = {};
const LARGEST = 2n ** 63n - 1n;
/** 2000-01-01. */
const EARLIEST = 946_684_800_000_000_000n;

function isScalar(item: unknown): item is string | number | bigint {
  return typeof item === 'string' || typeof item === 'number' || typeof item === 'bigint';
}
