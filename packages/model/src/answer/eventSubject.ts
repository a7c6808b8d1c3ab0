import { dialectOf } from '../event/dialects.ts';
import type { Derived, DerivedProcess } from '../graph/derived.ts';
import type { Filter } from '../query/filter.ts';
import { matches } from '../query/matches.ts';
import { eventSubject, type SeenEvent, type SeenProcess } from '../query/subject.ts';
import { authorNames, seenAlert } from './agentIds.ts';
import { podNameOf, podNameOfKey } from './context.ts';
import { type EventOwner, type EventView, ownerOf } from './eventView.ts';
import { remotesOf, remotesOfFlow } from './remotes.ts';

/** Does a filter keep this event? */
export function keepsEvent(filter: Filter, derived: Derived, event: EventView): boolean {
  return filter.kind === 'all' || matches(filter, eventSubject(seenEvent(derived, event)));
}

/**
 * An event with its process's image, the remote of its socket, and the names that the event itself or the process's leaf to
 * that remote has. Of an accept or a statistic either end may be the remote.
 */
function seenEvent(derived: Derived, event: EventView): SeenEvent {
  const { kind, label, node, subject, socket, lookup, flow, alert } = event;
  const owner = ownerOf(derived, event);
  const ends = endsOf(socket, flow);
  return {
    process: owner === undefined ? placeOf(derived, event) : processOf(derived, owner),
    remote: {
      get names() {
        const told = [...(socket?.names ?? []), ...(flow?.names ?? []), ...(lookup?.names ?? [])];
        return owner === undefined ? told : [...told, ...namesOf(owner.process, ends)];
      },
      ends,
      verdict: flow?.verdict ?? '',
    },
    agent: dialectOf(label),
    alert: alert === undefined ? undefined : seenAlert(alert),
    kind,
    label,
    node,
    subject,
    answers: lookup?.ips ?? [],
  };
}

/** Nobody in a pod: what happened to it, and to no process that is known. */
function placeOf(derived: Derived, { process }: EventView): SeenProcess | undefined {
  const pod = podNameOfKey(derived, process);
  if (pod === undefined) return undefined;
  return {
    binaries: [],
    arguments: [],
    cwd: '',
    execId: '',
    pid: undefined,
    uid: undefined,
    pod,
    author: [],
    container: undefined,
  };
}

function endsOf(
  socket: EventView['socket'],
  flow: EventView['flow'],
): readonly { readonly ip: string; readonly port: number }[] {
  if (socket !== undefined) return remotesOf(socket.kind, socket);
  return flow === undefined ? [] : remotesOfFlow(flow);
}

function processOf(derived: Derived, { process, image }: EventOwner): SeenProcess {
  const ran = image ?? process;
  const container =
    process.container === undefined ? undefined : derived.containers[process.container];
  return {
    binaries: [ran.binary],
    arguments: [ran.arguments],
    cwd: process.cwd,
    execId: process.execId,
    pid: process.pid,
    uid: process.uid,
    pod: podNameOf(derived, process),
    author: authorNames(process.author),
    container: container?.fact.name,
  };
}

/** What the leaves of a process to these ends are called. */
function namesOf(
  { connections }: DerivedProcess,
  ends: readonly { readonly ip: string; readonly port: number }[],
): readonly string[] {
  const names: string[] = [];
  for (const leaf of connections) {
    if (!ends.some(({ ip, port }) => ip === leaf.ip && port === leaf.port)) continue;
    if (leaf.name !== undefined) names.push(leaf.name);
    names.push(...leaf.otherNames);
  }
  return names;
}
