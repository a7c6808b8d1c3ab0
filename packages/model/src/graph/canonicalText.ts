import type { Derived } from './derived.ts';
import { compareText } from './order.ts';

/**
 * Everything derived as text, one line each, with fixed order of keys: equal texts are equal derivations. For digests
 * (`verify`) and property tests; not a format to read back.
 */
export function canonicalText(derived: Derived): string {
  const lines: string[] = [];
  for (const [index, process] of derived.processes.entries())
    lines.push(line('process', index, process));
  for (const [index, pod] of derived.pods.entries()) lines.push(line('pod', index, pod));
  for (const [index, each] of derived.containers.entries())
    lines.push(line('container', index, each));
  for (const [index, hop] of derived.hops.entries()) lines.push(line('hop', index, hop));
  const keys = [...derived.byKey].sort(([a], [b]) => compareText(a, b));
  for (const [key, indexes] of keys) lines.push(line('key', key, indexes));
  return lines.join('\n');
}

function line(what: string, name: string | number, value: object): string {
  return `${what} ${JSON.stringify(name)} ${JSON.stringify(value, plain)}`;
}

/** Bigints with their suffix, maps and objects with sorted keys. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Map) {
    return [...value].sort(([a], [b]) => compareText(String(a), String(b)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}
