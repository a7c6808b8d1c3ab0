import { isObject } from '../read.ts';

/** What Falco and Falcosidekick write beside `output_fields`. */
const ownKeys: ReadonlySet<string> = new Set([
  'hostname',
  'message',
  'output',
  'priority',
  'rule',
  'source',
  'tags',
  'time',
  'uuid',
]);

/**
 * Tells a record of Falco: a rule or a priority with `output_fields`, or, where the fields were turned off, rule, priority and
 * output with nothing that Falco does not write.
 */
export function isFalcoRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { rule, priority, output, output_fields: fields } = value;
  const ruled = typeof rule === 'string';
  if (isObject(fields)) {
    return ruled || (typeof priority === 'string' && typeof output === 'string');
  }
  if (!ruled || typeof priority !== 'string' || typeof output !== 'string') return false;
  if (fields !== undefined && fields !== null) return false;
  return Object.keys(value).every((key) => ownKeys.has(key) || key === 'output_fields');
}
