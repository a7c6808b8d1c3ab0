import { type FieldName, type Filter, matchAll } from './filter.ts';
import { matches } from './matches.ts';

const ofPods: ReadonlySet<FieldName> = new Set<FieldName>(['k8s.ns.name', 'k8s.pod.name']);
const ofEvents: ReadonlySet<FieldName> = new Set<FieldName>([
  'evt.type',
  'evt.hostname',
  'fd.sip',
  'fd.sport',
]);

/** Tells of a pod, by its name, whether a filter can keep anything of it; undefined: it asks for no pod. */
export function podTest(
  filter: Filter,
): ((pod: { readonly namespace: string; readonly name: string }) => boolean) | undefined {
  if (filter.kind !== 'clauses') return undefined;
  const clauses = filter.clauses.filter(({ field }) => ofPods.has(field));
  if (clauses.length === 0) return undefined;
  return ({ namespace, name }) =>
    matches(
      { kind: 'clauses', clauses },
      { values: (field) => [field === 'k8s.ns.name' ? namespace : name], text: () => [] },
    );
}

/** Whether an event can be judged by what its own record says, whoever its process is. */
export function isOfEventsAlone(filter: Filter): boolean {
  return filter.kind === 'clauses' && filter.clauses.every(({ field }) => ofEvents.has(field));
}

/**
 * What is left of a filter for those who know `fields` alone. A clause on another field excludes nothing there; which fields
 * those are is told, each once. Free text is left as it is.
 */
export function narrowedTo(
  filter: Filter,
  fields: (field: FieldName) => boolean,
): { readonly filter: Filter; readonly leftOut: readonly FieldName[] } {
  if (filter.kind !== 'clauses') return { filter, leftOut: [] };
  const clauses = filter.clauses.filter(({ field }) => fields(field));
  const leftOut = new Set(filter.clauses.map(({ field }) => field).filter((one) => !fields(one)));
  return {
    filter: clauses.length === 0 ? matchAll : { kind: 'clauses', clauses },
    leftOut: [...leftOut],
  };
}
