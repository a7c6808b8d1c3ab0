/**
 * A filter is a conjunction of clauses, or free text. It is the part of Falco's condition language that this
 * version evaluates; what `parseFilter` knows as Falco's and does not evaluate is `not_supported_yet`, told apart from
 * what is wrong.
 */
export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'clauses'; readonly clauses: readonly Clause[] };

export interface Clause {
  readonly field: FieldName;
  /** Those of order: of a field whose values have one (`severityOrder.ts`), and then a value that has its place in it. */
  readonly operator: '=' | 'contains' | OrderOperator;
  readonly value: string;
}

export const orderOperators = ['<', '<=', '>', '>='] as const;
export type OrderOperator = (typeof orderOperators)[number];

/**
 * The fields of this version, with Falco's names and meanings (formats 4.8); those from `agent` on are ours: who told of it, what rules and
 * policies said, what became of a connection, who had a process started through the API server.
 */
export const fieldNames = [
  'proc.name',
  'proc.exepath',
  'proc.args',
  'proc.pid',
  'user.uid',
  'k8s.ns.name',
  'k8s.pod.name',
  'container.name',
  'fd.sip',
  'fd.sip.name',
  'fd.sport',
  'evt.type',
  'evt.hostname',
  'evt.source',
  'agent',
  'alert.rule',
  'alert.severity',
  'alert.tag',
  'alert.source',
  'fd.verdict',
  'proc.author',
] as const;
export type FieldName = (typeof fieldNames)[number];

const names: ReadonlySet<string> = new Set(fieldNames);

/** Tells whether this version can read the field. */
export function isFieldName(name: string): name is FieldName {
  return names.has(name);
}

/** Matches everything. */
export const matchAll: Filter = { kind: 'all' };
