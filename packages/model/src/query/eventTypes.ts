import { type EventKind, eventKinds } from '../event/event.ts';

/** Kinds that Falco calls otherwise (formats 4.8). Of the rest its word is ours, or it has none. */
const falcoNames: ReadonlyMap<EventKind, string> = new Map<EventKind, string>([
  ['exec', 'execve'],
  ['exit', 'procexit'],
  ['accept', 'accept4'],
]);

const namesByKind = new Map<EventKind, readonly string[]>();
const kindsByName = new Map<string, EventKind>();
for (const kind of eventKinds) {
  const falco = falcoNames.get(kind);
  const names = falco === undefined ? [kind] : [kind, falco];
  namesByKind.set(kind, names);
  for (const name of names) kindsByName.set(name, kind);
}

/** The values of `evt.type` for a kind: our word, and Falco's where it is another. */
export function eventTypeNames(kind: EventKind): readonly string[] {
  return namesByKind.get(kind) ?? [kind];
}

/** The kind that a value of `evt.type` names; undefined: none. */
export function kindOfEventType(name: string): EventKind | undefined {
  return kindsByName.get(name);
}
