import { labelOf } from '../../event/dialects.ts';
import type { AlertDetail, ProcessEvent } from '../../event/event.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { integerOf, type JsonObject, oneLine, type Precision } from '../read.ts';
import { alertOf } from './alert.ts';
import type { EventBase } from './base.ts';
import { datasetOf, isEcsDocument } from './claim.ts';
import { fieldAt, firstOf, textAt } from './fields.ts';
import { type Happening, happeningOf } from './happening.ts';
import { connectionEvent, lookupEvent } from './network.ts';
import { type Place, placeOf, placeSighting } from './place.ts';
import { familyOf, preventedFamily } from './processes.ts';
import {
  execSubject,
  fileSubject,
  isFileAction,
  librarySubject,
  otherSubject,
} from './subjects.ts';

/** Reads documents of Elastic Defend, one event each. */
export class EcsDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    if (!isEcsDocument(value)) {
      return { kind: 'rejected', reason: 'no_event', detail: 'no document of Elastic Defend' };
    }
    if (isAgentState(datasetOf(value))) return { kind: 'skipped', reason: 'agent_state' };
    const precision: Precision = { lost: false };
    const event = eventOf(value, placeOf(value, origin), precision);
    if (isOfNobody(event)) {
      const detail = 'neither process.entity_id nor process.pid tells whose event it is';
      return { kind: 'rejected', reason: 'bad_field', detail };
    }
    return precision.lost ? { kind: 'imprecise' } : { kind: 'events', events: [event] };
  }
}

/** Data sets of the agent about itself: metrics, policy responses, metadata. */
function isAgentState(dataset: string): boolean {
  const isOfAgent = dataset.startsWith('endpoint.');
  return isOfAgent && !dataset.startsWith('endpoint.events.') && dataset !== 'endpoint.alerts';
}

/** A life's beginning or end says nothing without the process. */
function isOfNobody({ kind, process }: ProcessEvent): boolean {
  return (kind === 'exec' || kind === 'exit') && (process === undefined || process.rank === 1);
}

function eventOf(record: JsonObject, place: Place, precision: Precision): ProcessEvent {
  const alert = alertOf(record);
  const happening = alert === undefined ? happeningOf(record) : judgedHappening(record, alert);
  const base = baseOf(record, happening, place, alert);
  const event = bodyOf(record, happening, base, precision);
  if (alert === undefined) return event;
  return event.kind === 'other' ? { ...event, kind: 'alert', alert } : { ...event, alert };
}

/**
 * What an alert tells of. An exec that ran has its own record, with a time of its own: only a prevented one is told by the alert.
 */
function judgedHappening(record: JsonObject, alert: AlertDetail): Happening {
  const happening = happeningOf(record);
  if (happening === 'other' && isFileAction(record)) return 'file';
  const isOfAnother = happening === 'exec' || happening === 'fork' || happening === 'exit';
  if (happening === 'exec' && alert.blocked) return 'exec';
  return isOfAnother || happening === 'running' ? 'other' : happening;
}

function baseOf(
  record: JsonObject,
  happening: Happening,
  place: Place,
  alert: AlertDetail | undefined,
): EventBase {
  const { time, cluster, node } = place;
  const found = familyOf(record, happening, place);
  const isPrevented = found !== undefined && happening === 'exec' && alert?.blocked === true;
  const family = isPrevented ? preventedFamily(found) : found;
  const process = family?.process ?? placeSighting(place);
  return {
    dialect: 'ecs',
    label: labelOf('ecs', oneLine(alert?.rule ?? nameOf(record))),
    node,
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(process === undefined ? {} : { process }),
    ...(family?.parent === undefined ? {} : { parent: family.parent }),
    ancestors: family?.ancestors ?? [],
  };
}

/** The document's own name of what happened. */
function nameOf(record: JsonObject): string {
  return textAt(record, 'event.action') ?? textAt(record, 'event.code') ?? datasetOf(record);
}

function bodyOf(
  record: JsonObject,
  happening: Happening,
  base: EventBase,
  precision: Precision,
): ProcessEvent {
  switch (happening) {
    case 'exec':
      return { ...base, kind: 'exec', ...subject(execSubject(record)) };
    case 'exit':
      return { ...base, kind: 'exit', exit: exitOf(record) };
    case 'connect':
    case 'accept':
    case 'close':
      return connectionEvent(record, base, happening, precision);
    case 'lookup':
      return lookupEvent(record, base);
    case 'file':
      return plainEvent(base, 'file', fileSubject(record), record);
    case 'library':
      return plainEvent(base, 'loader', librarySubject(record), record);
    case 'fork':
    case 'running':
    case 'other':
      return { ...base, kind: 'other', ...subject(otherSubject(record)) };
  }
}

/** An event about a path, or one that is only named when the document has no path. */
function plainEvent(
  base: EventBase,
  kind: 'file' | 'loader',
  path: string | undefined,
  record: JsonObject,
): ProcessEvent {
  if (path === undefined) return { ...base, kind: 'other', ...subject(otherSubject(record)) };
  return { ...base, kind, subject: path };
}

function subject(text: string | undefined) {
  return text === undefined ? {} : { subject: text };
}

function exitOf(record: JsonObject) {
  const code = integerOf(firstOf(fieldAt(record, 'process.exit_code')));
  return code === undefined ? {} : { code };
}
