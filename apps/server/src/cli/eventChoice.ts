import { type EventKind, eventKinds, type ProcessEvent } from '@forebear/model/event/event';
import {
  isWithinReach,
  millisBetween,
  type Nanos,
  nanos,
  parseTime,
} from '@forebear/model/event/time';
import { parseDuration } from '@forebear/model/query/duration';
import { kindOfEventType } from '@forebear/model/query/eventTypes';
import { type FieldName, type Filter, isFieldName } from '@forebear/model/query/filter';
import { baseName, matches } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { usageError } from './context.ts';
import { isNamed } from './findPod.ts';
import { type PrintedField, printedFields, subjectOfEvent } from './loggedEvent.ts';

export interface EventChoiceOptions {
  readonly namespace?: string;
  readonly pod?: string;
  readonly kind?: string;
  readonly binary?: string;
  readonly filter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly for?: string;
}

/** Which events are wanted. */
export interface EventChoice {
  readonly filter: Filter;
  readonly filterText: string;
  /** Our words for kinds, and labels of the log that have none; undefined: all. */
  readonly kinds: readonly string[] | undefined;
  readonly namespace: string | undefined;
  /** A pod's name, the beginning of one up to a dash, or a workload. */
  readonly pod: string | undefined;
  /** A path, or the last part of one. */
  readonly binary: string | undefined;
  readonly from: Nanos | undefined;
  readonly to: Nanos | undefined;
  /** How long to listen, or how much of a log to read, in milliseconds; undefined: no end. */
  readonly forMs: number | undefined;
}

/** Reads the choice from options. Throws `CommandEnd` (usage) for what cannot be meant. */
export function readChoice(options: EventChoiceOptions): EventChoice {
  const filterText = options.filter ?? '';
  const parsed = parseFilter(filterText);
  if (!parsed.ok) throw usageError(`${parsed.message} (at character ${parsed.position + 1})`);
  const forMs = options.for === undefined ? undefined : parseDuration(options.for);
  if (options.for !== undefined && forMs === undefined) {
    throw usageError('--for takes a duration such as 25s or 5m.');
  }
  const from = timeOf('--from', options.from);
  const to = timeOf('--to', options.to);
  const span = forMs === undefined ? undefined : BigInt(Math.round(forMs * 1e6));
  const isAnchored = span !== undefined && (from !== undefined || to !== undefined);
  return {
    filter: parsed.filter,
    filterText,
    kinds: kindsOf(options.kind),
    namespace: options.namespace,
    pod: options.pod,
    binary: options.binary,
    from: isAnchored && from === undefined && to !== undefined ? nanos(to - span) : from,
    to: isAnchored && from !== undefined && to === undefined ? nanos(from + span) : to,
    forMs: isAnchored ? undefined : forMs,
  };
}

/** Does the choice keep this event? `filtered`: a store has applied the filter, and knows more names than a record. */
export function keepsEvent(choice: EventChoice, event: ProcessEvent, filtered: boolean): boolean {
  const { process, time } = event;
  const { namespace, pod, binary, kinds, from, to } = choice;
  if (kinds !== undefined && !kinds.includes(event.kind) && !kinds.includes(event.label)) {
    return false;
  }
  if (namespace !== undefined && process?.pod?.namespace !== namespace) return false;
  if (pod !== undefined) {
    const sighted = process?.pod;
    if (sighted === undefined || !isNamed({ ...sighted, pod: sighted.name }, pod)) return false;
  }
  if (binary !== undefined) {
    const path = process?.binary ?? '';
    if (path !== binary && baseName(path) !== binary) return false;
  }
  if ((from !== undefined || to !== undefined) && time === undefined) return false;
  if (from !== undefined && time !== undefined && time < from) return false;
  if (to !== undefined && time !== undefined && time >= to) return false;
  return filtered || matches(choice.filter, subjectOfEvent(event));
}

/** Is this event past the span that was asked for, counted from the first one? */
export function isPast(
  first: Nanos | undefined,
  time: Nanos | undefined,
  forMs: number | undefined,
): boolean {
  if (first === undefined || time === undefined || forMs === undefined) return false;
  return millisBetween(first, time) >= forMs;
}

/** The fields of `--fields`: `%evt.time,%proc.name`, the percent sign optional. */
export function readFields(text: string): readonly (FieldName | PrintedField)[] {
  const fields: (FieldName | PrintedField)[] = [];
  for (const word of text.split(/[\s,]+/)) {
    const name = word.startsWith('%') ? word.slice(1) : word;
    if (name === '') continue;
    const printed = printedFields.find((field) => field === name);
    if (printed !== undefined) fields.push(printed);
    else if (isFieldName(name)) fields.push(name);
    else throw usageError(`--fields does not know ${name}. ${knownFields}`);
  }
  if (fields.length === 0) throw usageError(`--fields names no field. ${knownFields}`);
  return fields;
}

const knownFields =
  'It knows evt.time, evt.type, evt.label, evt.source, evt.node, agent, k8s.ns.name, k8s.pod.name, container.name, proc.name, proc.exepath, proc.args, proc.cmdline, proc.pid, user.uid, fd.sip, fd.sip.name, fd.sport, fd.verdict, alert.rule, alert.severity, alert.tag and alert.source.';

/** `connect,dns`, also by the log's own names (`process_connect`, `process_icmp`) and Falco's where they differ. */
function kindsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const kinds = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const bare = word.replace(/^process_/i, '').toLowerCase();
      // What has no word of ours is known by its label alone: `process_icmp`.
      return kindOfEventType(bare) ?? agentWords.get(bare) ?? word;
    });
  if (kinds.length === 0) throw usageError('--kind names no kind, such as exec or connect,dns.');
  return kinds;
}

/** What the agents' own lines, and so ours, call a kind when they call it otherwise. */
const agentWords: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['socket', 'sock_stats'],
]);

/** Is this one of our words for kinds? Stores know events by these alone. */
export function isEventKind(word: string): word is EventKind {
  return eventKinds.some((kind) => kind === word);
}

function timeOf(option: string, text: string | undefined): Nanos | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time === undefined) {
    throw usageError(`${option} takes an RFC 3339 time such as 2026-03-04T07:06:18Z.`);
  }
  if (!isWithinReach(time))
    throw usageError(`${option} takes a time from 1677-09-21 to 2262-04-11.`);
  return time;
}
