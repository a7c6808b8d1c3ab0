import { seenAlert } from '@forebear/model/answer/agentIds';
import { remotesOf, remotesOfFlow } from '@forebear/model/answer/remotes';
import { nameOfLabel } from '@forebear/model/event/dialects';
import type { ProcessEvent } from '@forebear/model/event/event';
import type { Sighting } from '@forebear/model/event/sighting';
import { formatTime } from '@forebear/model/event/time';
import type { FieldName } from '@forebear/model/query/filter';
import type { Subject } from '@forebear/model/query/matches';
import { eventSubject, type SeenProcess } from '@forebear/model/query/subject';

/**
 * A single event as a filter sees it, from its own record alone: no store has named its addresses or found what it left
 * out. `fd.sip.name` is what the record itself says.
 */
export function subjectOfEvent(event: ProcessEvent): Subject {
  const { process, kind, label, node, dialect, alert, subject = '' } = event;
  const flow = flowOf(event);
  return eventSubject({
    process: process === undefined ? undefined : processOf(process),
    remote: {
      names: namesOf(event),
      ends: endsOf(event),
      verdict: flow?.verdict ?? '',
    },
    agent: dialect,
    alert: alert === undefined ? undefined : seenAlert({ ...alert, label }),
    kind,
    label,
    node,
    subject,
    answers: event.kind === 'dns' ? event.dns.ips : [],
  });
}

function endsOf(event: ProcessEvent) {
  if ('socket' in event) return remotesOf(event.kind, event.socket);
  const flow = flowOf(event);
  return flow === undefined ? [] : remotesOfFlow(flow);
}

function flowOf(event: ProcessEvent) {
  return 'flow' in event ? event.flow : undefined;
}

/** A process with what a store has where its record left something out: empty texts. */
function processOf(process: Sighting): SeenProcess {
  const { binary = '', arguments: words = '', cwd = '', id, pid, uid, pod, container } = process;
  return {
    binaries: [binary],
    arguments: [words],
    cwd,
    execId: id,
    pid,
    uid,
    pod,
    // Calls to the API server are in no record of a process.
    author: [],
    // A truncated id tells that there is a container, and not how it is called.
    container: container === undefined && !process.docker ? undefined : (container?.name ?? ''),
  };
}

/** Fields that may be printed and not filtered by: those of the filter language, and when and where. */
export const printedFields = ['evt.time', 'evt.node', 'evt.label', 'proc.cmdline'] as const;
export type PrintedField = (typeof printedFields)[number];

/** A field for `--fields`, as one text; a dash when the event does not have it. */
export function printedValue(event: ProcessEvent, field: FieldName | PrintedField): string {
  switch (field) {
    case 'evt.time':
      return event.time === undefined ? '-' : formatTime(event.time);
    case 'evt.node':
      return event.node === '' ? '-' : event.node;
    case 'evt.label':
      return nameOfLabel(event.label);
    case 'evt.type':
      return event.kind;
    case 'proc.cmdline': {
      const { binary = '', arguments: words = '' } = event.process ?? {};
      return (binary === '' || words === '' ? binary + words : `${binary} ${words}`) || '-';
    }
    default: {
      const values = subjectOfEvent(event).values(field);
      return values.filter((value) => value !== '').join(',') || '-';
    }
  }
}

function namesOf(event: ProcessEvent): readonly string[] {
  if ('socket' in event) return event.socket.names;
  if (event.kind === 'dns') return event.dns.names;
  return flowOf(event)?.names ?? [];
}
