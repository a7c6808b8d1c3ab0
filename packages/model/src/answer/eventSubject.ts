import type { Derived } from '../graph/derived.ts';
import type { FieldName, Filter } from '../query/filter.ts';
import { baseName, eventTypeName, matches, type Subject } from '../query/matches.ts';
import { podNameOf } from './context.ts';
import { type EventView, ownerOf } from './eventView.ts';
import { remotesOf } from './remotes.ts';

/** Does a filter keep this event? */
export function keepsEvent(filter: Filter, derived: Derived, event: EventView): boolean {
  return filter.kind === 'all' || matches(filter, eventSubject(derived, event));
}

/**
 * An event as a filter sees it: its process's image, the remote of its socket, and the names that the event itself or the
 * process's leaf to that remote has. Of an accept or a statistic either end may be the remote.
 */
function eventSubject(derived: Derived, event: EventView): Subject {
  const owner = ownerOf(derived, event);
  const process = owner?.process;
  const image = owner?.image ?? process;
  const pod = process === undefined ? undefined : podNameOf(derived, process);
  const container =
    process?.container === undefined ? undefined : derived.containers[process.container];
  const ends = event.socket === undefined ? [] : remotesOf(event.socket.kind, event.socket);
  const names = (): string[] => {
    const found = [...(event.socket?.names ?? []), ...(event.lookup?.names ?? [])];
    for (const leaf of process?.connections ?? []) {
      if (!ends.some(({ ip, port }) => ip === leaf.ip && port === leaf.port)) continue;
      if (leaf.name !== undefined) found.push(leaf.name);
      found.push(...leaf.otherNames);
    }
    return found;
  };
  const values = (field: FieldName): readonly string[] => {
    switch (field) {
      case 'proc.name':
        return image === undefined ? [] : [baseName(image.binary)];
      case 'proc.exepath':
        return image === undefined ? [] : [image.binary];
      case 'proc.args':
        return image === undefined ? [] : [image.arguments];
      case 'proc.pid':
        return process?.pid === undefined ? [] : [String(process.pid)];
      case 'user.uid':
        return process?.uid === undefined ? [] : [String(process.uid)];
      case 'k8s.ns.name':
        return pod === undefined ? [] : [pod.namespace];
      case 'k8s.pod.name':
        return pod === undefined ? [] : [pod.name];
      case 'container.name':
        return container === undefined ? [] : [container.fact.name];
      case 'fd.sip':
        return ends.map(({ ip }) => ip).filter((ip) => ip !== '');
      case 'fd.sip.name':
        return names();
      case 'fd.sport':
        return ends.map(({ port }) => String(port));
      case 'evt.hostname':
        // Empty for a log line without a node name: `evt.hostname = ""` finds those.
        return [event.node];
      case 'evt.type':
        return [event.kind, eventTypeName(event.kind)];
    }
  };
  return {
    values,
    text: () => [
      image?.binary ?? '',
      image?.arguments ?? '',
      process?.cwd ?? '',
      process?.execId ?? '',
      pod === undefined ? event.node : `${pod.namespace}/${pod.name}`,
      container?.fact.name ?? '',
      process?.pid === undefined ? '' : String(process.pid),
      event.subject,
      event.label,
      ...names(),
      ...(event.lookup?.ips ?? []),
      ...ends.flatMap(({ ip, port }) => [ip, String(port)]),
    ],
  };
}
