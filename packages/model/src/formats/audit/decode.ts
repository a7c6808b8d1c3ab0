import { labelOf } from '../../event/dialects.ts';
import type { AuditDetail, ProcessEvent } from '../../event/event.ts';
import type { Nanos } from '../../event/time.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { isObject, type JsonObject, textOf, timeOf } from '../read.ts';
import { callOf } from './call.ts';
import { isAuditEvent, itemsOf } from './claim.ts';
import { placeOf } from './place.ts';
import { nameOfCall, subjectOf } from './subject.ts';

/** A webhook sends 400 at once by default; a record of any length is to be read in any time. */
const MOST_ITEMS = 100_000;

/** Reads one record at a time and remembers nothing. */
export class AuditDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    const items = itemsOf(value);
    if (items !== undefined) return decodeList(items, origin);
    if (!isAuditEvent(value)) {
      return { kind: 'rejected', reason: 'no_event', detail: 'It is no audit event.' };
    }
    const lack = lackOf(value);
    if (lack !== undefined) {
      return { kind: 'rejected', reason: 'bad_field', detail: `The audit event has ${lack}.` };
    }
    return { kind: 'events', events: [eventOf(value, origin)] };
  }
}

/** Each item for itself: one that is not understood is told among the others, and rejects the list only when all are such. */
function decodeList(items: readonly unknown[], origin: Origin | undefined): Decoded {
  if (items.length === 0) return { kind: 'skipped', reason: 'empty_list' };
  const events: ProcessEvent[] = [];
  let understood = 0;
  let firstWhy: string | undefined;
  for (const [index, item] of items.slice(0, MOST_ITEMS).entries()) {
    const why = whyUnreadable(item);
    if (why === undefined && isObject(item)) {
      understood += 1;
      events.push(eventOf(item, origin));
      continue;
    }
    const said = `item ${index + 1} of ${items.length} was not read: ${why}`;
    firstWhy ??= said;
    events.push(unreadable(said, origin));
  }
  if (understood === 0) {
    const detail = `Of the list no item is an audit event; ${firstWhy}.`;
    return { kind: 'rejected', reason: 'bad_event', detail };
  }
  if (items.length > MOST_ITEMS) {
    const said = `items ${MOST_ITEMS + 1} to ${items.length} were not read: the list is too long`;
    events.push(unreadable(said, origin));
  }
  return { kind: 'events', events };
}

/** Undefined: it can be read. */
function whyUnreadable(item: unknown): string | undefined {
  if (!isObject(item)) return 'it is no object';
  if (!isAuditEvent(item)) return 'it is no audit event';
  const lack = lackOf(item);
  return lack === undefined ? undefined : `it has ${lack}`;
}

/** What an event lacks so that nothing can be said of it; undefined: it tells of a call. */
function lackOf(record: JsonObject): string | undefined {
  const isCall = textOf(record.verb) !== undefined || textOf(record.requestURI) !== undefined;
  return isCall ? undefined : 'neither verb nor requestURI';
}

function eventOf(record: JsonObject, origin: Origin | undefined): ProcessEvent {
  const audit = callOf(record);
  const process = placeOf(audit, record);
  return {
    kind: 'audit',
    ...baseOf(labelOf('audit', nameOfCall(audit)), timeOfStage(record, audit), origin),
    ...(process === undefined ? {} : { process }),
    subject: subjectOf(audit, textOf(record.requestURI) ?? ''),
    audit,
  };
}

function timeOfStage(record: JsonObject, { received }: AuditDetail): Nanos | undefined {
  return timeOf(record.stageTimestamp) ?? received;
}

function unreadable(subject: string, origin: Origin | undefined): ProcessEvent {
  return { kind: 'other', ...baseOf(labelOf('audit', 'unreadable'), undefined, origin), subject };
}

/** Where the API server runs says nothing of where a call had its effect: the node stays empty. */
function baseOf(label: string, said: Nanos | undefined, origin: Origin | undefined) {
  const time = said ?? origin?.time;
  return {
    dialect: 'audit',
    label,
    node: '',
    ancestors: [],
    ...(time === undefined ? {} : { time }),
    ...(origin?.cluster === undefined ? {} : { cluster: origin.cluster }),
  } as const;
}
