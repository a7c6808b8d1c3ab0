import { isObject, type JsonObject } from '../read.ts';
import type { EventKey } from './kinds.ts';

/** Tells whether a record has the envelope that makes any event key in it ours: a time or a node. */
export function isEnveloped(value: JsonObject): boolean {
  return typeof value.time === 'string' || typeof (value.node_name ?? value.nodeName) === 'string';
}

/** Tells an event that needs no envelope (field filters may have removed it, D37): a kind we know, of a process. */
export function isEventAlone(event: EventKey, body: unknown): boolean {
  return event.generic !== true && isObject(body) && isObject(body.process);
}
