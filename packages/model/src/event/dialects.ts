/**
 * The dialects that are read; append only. The name of a format's folder and of its dialect are one word, which stands at the
 * beginning of every id and label that the format makes (ADR 0020).
 */
export const dialects = [
  'tetragon',
  'falco',
  'kubearmor',
  'hubble',
  'zeek',
  'audit',
  'ecs',
  'tracee',
  'sysdig',
  'compact',
  // No log of its own: what is said of records that lay in an envelope with others and were not understood.
  'envelope',
] as const;
export type Dialect = (typeof dialects)[number];

const byName = new Map<string, Dialect>(dialects.map((dialect) => [dialect, dialect]));

/**
 * The dialect that an id or a label begins with (`falco:…`). Tetragon's have no such beginning: an exec_id is base64, a label
 * one word.
 */
export function dialectOf(text: string): Dialect {
  const colon = text.indexOf(':');
  return (colon < 0 ? undefined : byName.get(text.slice(0, colon))) ?? 'tetragon';
}

/** A label of a dialect from the log's own name of the event: `falco:Terminal shell in container`. */
export function labelOf(dialect: Exclude<Dialect, 'tetragon'>, name: string): string {
  return `${dialect}:${name}`;
}

/** The log's own name of an event: its label without the dialect. */
export function nameOfLabel(label: string): string {
  const dialect = dialectOf(label);
  return dialect === 'tetragon' ? label : label.slice(dialect.length + 1);
}
