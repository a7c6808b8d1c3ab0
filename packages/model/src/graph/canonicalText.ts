import type { Derived } from './derived.ts';
import { compareText } from './order.ts';

/**
 * Everything derived as text, with sorted keys: equal texts are equal derivations. For digests (`verify`) and property
 * tests; not a format to read back.
 */
export function canonicalText(derived: Derived): string {
  return [...canonicalLines(derived)].join('\n');
}

function* canonicalLines(derived: Derived): Iterable<string> {
  for (const [index, each] of derived.processes.entries())
    yield `process ${index} ${canonicalPrint(each)}`;
  for (const [index, each] of derived.pods.entries()) yield `pod ${index} ${canonicalPrint(each)}`;
  for (const [index, each] of derived.containers.entries())
    yield `container ${index} ${canonicalPrint(each)}`;
  for (const [index, each] of derived.hops.entries()) yield `hop ${index} ${canonicalPrint(each)}`;
  for (const [index, each] of (derived.conversations ?? []).entries())
    yield `conversation ${index} ${canonicalPrint(each)}`;
  const keys = [...derived.byKey].sort(([a], [b]) => compareText(a, b));
  for (const [key, indexes] of keys) yield `key ${JSON.stringify(key)} ${canonicalPrint(indexes)}`;
}

/** A value of the derivation as text with sorted keys, nested as deep as its types: a fixed depth, not one of the input. */
export function canonicalPrint(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(canonicalPrint).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  let text = '';
  for (const [key, each] of entries)
    if (each !== undefined) text += `${key}:${canonicalPrint(each)},`;
  return `{${text}}`;
}
