import { countOf, isObject, type JsonObject, listOf, textOf } from '../read.ts';

/** What an event was given, by name. */
export type Arguments = ReadonlyMap<string, unknown>;

/** More than any event has. */
const MOST_ARGUMENTS = 256;

/**
 * The named values of a record: `{name, type, value}` of the classic shape, `{name, value}` of the newer, or `{name, str}` and the like as
 * protobuf prints it. A wrapper around a value (`{value: …}`) is taken off.
 */
export function argumentsOf(list: unknown): Arguments {
  const args = new Map<string, unknown>();
  for (const item of listOf(list).slice(0, MOST_ARGUMENTS)) {
    if (!isObject(item)) continue;
    const name = textOf(item.name);
    if (name !== undefined && !args.has(name)) args.set(name, valueOf(item));
  }
  return args;
}

/** The value, out of its wrapper. */
export function unwrapped(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, 'value') ? value.value : value;
}

/** The first of these arguments that is a text. */
export function textArgument(args: Arguments, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(args.get(name));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The whole number from 0 that an argument is. */
export function countArgument(args: Arguments, name: string): number | undefined {
  return countOf(args.get(name));
}

/** An argument as few words: texts and numbers as they are, of lists their elements, of objects nothing. */
export function argumentWords(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value === '' ? undefined : value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default: {
      const words = listOf(value).filter((item) => typeof item === 'string');
      return words.length === 0 ? undefined : words.join(' ');
    }
  }
}

function valueOf(item: JsonObject): unknown {
  if (Object.hasOwn(item, 'value')) return unwrapped(item.value);
  for (const key in item) if (key !== 'name' && key !== 'type') return unwrapped(item[key]);
  return undefined;
}
