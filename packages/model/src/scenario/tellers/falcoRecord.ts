import type { Severity } from '../../event/severity.ts';
import { formatTime, type Nanos } from '../../event/time.ts';
import { type Json, jsonText } from './json.ts';

/** What the rule found, in Falco's fields; null: Falco could not tell (`<NA>`). */
export type FalcoFields = { readonly [field: string]: Json };

export type FalcoEvent = {
  readonly at: Nanos;
  readonly hostname: string;
  readonly rule: string;
  readonly priority: Severity;
  readonly source: 'syscall' | 'k8s_audit';
  readonly tags: readonly string[];
  /** The rule's output with its fields filled in. */
  readonly text: string;
  /** By alphabet, `evt.time` among them. */
  readonly fields: FalcoFields;
};

/** One line of Falco's JSON output. Keys are sorted; `evt.time` is a number beyond 2^53. */
export function falcoText(event: FalcoEvent): string {
  const { at, hostname, rule, priority, source, tags, text, fields } = event;
  const time = formatTime(at);
  return jsonText({
    hostname,
    output: `${time.slice(11, 29)}: ${priority} ${text}`,
    output_fields: fields,
    priority,
    rule,
    source,
    tags,
    time,
  });
}

/** ` | key=value` for each field, as newer rules write it. */
export function outputOf(sentence: string, fields: FalcoFields, names: readonly string[]): string {
  const pairs = names.map((name) => `${name.replaceAll('.', '_')}=${shown(fields[name])}`);
  return `${sentence} | ${pairs.join(' ')}`;
}

/** A field's value in an output text. */
export function shown(value: Json): string {
  if (value === null || value === undefined) return '<NA>';
  return typeof value === 'string' ? value : jsonText(value);
}
