import { remotesOf } from '@forebear/model/answer/remotes';
import type { ProcessEvent } from '@forebear/model/event/event';
import { formatTime } from '@forebear/model/event/time';
import type { FieldName } from '@forebear/model/query/filter';
import { baseName, eventTypeName, type Subject } from '@forebear/model/query/matches';

/**
 * A single event as a filter sees it, from its own record alone: no store has named its addresses or found what it left
 * out. `fd.sip.name` is what the record itself says.
 */
export function subjectOfEvent(event: ProcessEvent): Subject {
  const values = (field: FieldName): readonly string[] => fieldValues(event, field);
  const { process } = event;
  return {
    values,
    text: () => [
      process?.binary ?? '',
      process?.arguments ?? '',
      process?.cwd ?? '',
      process?.id ?? '',
      process?.pod === undefined ? event.node : `${process.pod.namespace}/${process.pod.name}`,
      process?.container?.name ?? '',
      process?.pid === undefined ? '' : String(process.pid),
      event.subject ?? '',
      event.label,
      ...values('fd.sip.name'),
      ...values('fd.sip'),
      ...values('fd.sport'),
    ],
  };
}

/** The values of a field in one event, none when it has none. */
function fieldValues(event: ProcessEvent, field: FieldName): readonly string[] {
  const { process } = event;
  const ends = 'socket' in event ? remotesOf(event.kind, event.socket) : [];
  switch (field) {
    case 'proc.name':
      return process?.binary === undefined ? [] : [baseName(process.binary)];
    case 'proc.exepath':
      return listOf(process?.binary);
    case 'proc.args':
      return listOf(process?.arguments);
    case 'proc.pid':
      return process?.pid === undefined ? [] : [String(process.pid)];
    case 'user.uid':
      return process?.uid === undefined ? [] : [String(process.uid)];
    case 'k8s.ns.name':
      return listOf(process?.pod?.namespace);
    case 'k8s.pod.name':
      return listOf(process?.pod?.name);
    case 'container.name':
      return listOf(process?.container?.name);
    case 'fd.sip':
      return ends.map(({ ip }) => ip).filter((ip) => ip !== '');
    case 'fd.sip.name':
      return namesOf(event);
    case 'fd.sport':
      return ends.map(({ port }) => String(port));
    case 'evt.hostname':
      return event.node === '' ? [] : [event.node];
    case 'evt.type':
      return [event.kind, eventTypeName(event.kind)];
  }
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
      return event.label;
    case 'evt.type':
      return event.kind;
    case 'proc.cmdline': {
      const { binary = '', arguments: words = '' } = event.process ?? {};
      return (binary === '' || words === '' ? binary + words : `${binary} ${words}`) || '-';
    }
    default: {
      const values = fieldValues(event, field);
      return values.length === 0 ? '-' : values.join(',');
    }
  }
}

function namesOf(event: ProcessEvent): readonly string[] {
  if ('socket' in event) return event.socket.names;
  return event.kind === 'dns' ? event.dns.names : [];
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [value];
}
