import { type FieldName, type Filter, matchAll } from './filter.ts';
import { matches } from './matches.ts';

const ofPods: ReadonlySet<FieldName> = new Set<FieldName>(['k8s.ns.name', 'k8s.pod.name']);
const ofEvents: ReadonlySet<FieldName> = new Set<FieldName>([
  'evt.type',
  'evt.hostname',
  'fd.sip',
  'fd.sport',
  'agent',
  'evt.source',
  'alert.rule',
  'alert.severity',
  'alert.tag',
  'alert.source',
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

/** Fields whose values stand among the texts that free text searches, each whole in one of them. */
const ofTexts: ReadonlySet<FieldName> = new Set<FieldName>([
  'proc.name',
  'proc.exepath',
  'proc.args',
  'k8s.ns.name',
  'k8s.pod.name',
  'container.name',
  'fd.sip',
  'fd.sip.name',
]);

/**
 * What must stand in the texts of a process or of one of its connections, in small letters, for a filter to keep either; a
 * filter keeps less than what holds all of them.
 */
export function needlesOf(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case 'all':
      return [];
    case 'text':
      return filter.text.toLowerCase().split(/\s+/);
    case 'clauses':
      return (
        filter.clauses
          // Letters beyond those of ASCII may be made small in a way that depends on their neighbours.
          .filter(({ field, value }) => ofTexts.has(field) && /^[\x20-\x7e]*$/.test(value))
          .map(({ value }) => value.toLowerCase())
      );
  }
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
