import { eventKinds } from '../event/event.ts';
import type { Derived, DerivedProcess, Leaf } from '../graph/derived.ts';
import type { FieldName, Filter } from '../query/filter.ts';
import { baseName, eventTypeName, matches, type Subject } from '../query/matches.ts';
import { podNameOf } from './context.ts';

/**
 * Does a filter keep this process? It does when the process with one of its leaves (or with none) matches: so
 * `fd.sip.name = x and fd.sport = 443` means one connection that is both.
 */
export function keepsProcess(filter: Filter, derived: Derived, process: DerivedProcess): boolean {
  if (filter.kind === 'all') return true;
  if (matches(filter, processSubject(derived, process, undefined))) return true;
  return process.connections.some((leaf) =>
    matches(filter, processSubject(derived, process, leaf)),
  );
}

/** Does a filter keep this leaf of this process? */
export function keepsLeaf(
  filter: Filter,
  derived: Derived,
  process: DerivedProcess,
  leaf: Leaf,
): boolean {
  return filter.kind === 'all' || matches(filter, processSubject(derived, process, leaf));
}

/** A process, with one leaf or none, as a filter sees it. Every image counts: an exec in place hides nothing. */
function processSubject(
  derived: Derived,
  process: DerivedProcess,
  leaf: Leaf | undefined,
): Subject {
  const pod = podNameOf(derived, process);
  const container =
    process.container === undefined ? undefined : derived.containers[process.container];
  const binaries = process.images.map(({ binary }) => binary);
  const values = (field: FieldName): readonly string[] => {
    switch (field) {
      case 'proc.name':
        return binaries.map(baseName);
      case 'proc.exepath':
        return binaries;
      case 'proc.args':
        return process.images.map((image) => image.arguments);
      case 'proc.pid':
        return process.pid === undefined ? [] : [String(process.pid)];
      case 'user.uid':
        return process.uid === undefined ? [] : [String(process.uid)];
      case 'k8s.ns.name':
        return pod === undefined ? [] : [pod.namespace];
      case 'k8s.pod.name':
        return pod === undefined ? [] : [pod.name];
      case 'container.name':
        return container === undefined ? [] : [container.fact.name];
      case 'fd.sip':
        return leaf === undefined || leaf.ip === '' ? [] : [leaf.ip];
      case 'fd.sip.name':
        return leaf === undefined ? [] : namesOf(leaf);
      case 'fd.sport':
        return leaf === undefined ? [] : [String(leaf.port)];
      case 'evt.hostname':
        return process.node === '' ? [] : [process.node];
      case 'evt.type':
        return eventKinds.flatMap((kind, index) =>
          (process.counts.kinds >>> index) & 1 ? [kind, eventTypeName(kind)] : [],
        );
    }
  };
  return {
    values,
    text: () => [
      ...binaries,
      ...process.images.map((image) => image.arguments),
      process.cwd,
      process.execId,
      pod === undefined ? process.node : `${pod.namespace}/${pod.name}`,
      container?.fact.name ?? '',
      process.pid === undefined ? '' : String(process.pid),
      ...(leaf === undefined ? [] : [...namesOf(leaf), leaf.ip, String(leaf.port)]),
    ],
  };
}

function namesOf(leaf: Leaf): string[] {
  return [...(leaf.name === undefined ? [] : [leaf.name]), ...leaf.otherNames];
}
