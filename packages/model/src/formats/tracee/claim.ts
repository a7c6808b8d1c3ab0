import { countOf, isObject, type JsonObject } from '../read.ts';

/** Which of Tracee's two shapes a record has; undefined: it is no record of Tracee. */
export function shapeOf(value: unknown): 'classic' | 'v1beta1' | undefined {
  if (!isObject(value)) return undefined;
  if (isClassic(value)) return 'classic';
  return isV1beta1(value) ? 'v1beta1' : undefined;
}

/** `trace.Event`: an event's name, and a process by its pid on the host or by its entity id. */
function isClassic(value: JsonObject): boolean {
  if (!Object.hasOwn(value, 'eventName') || typeof value.eventName !== 'string') return false;
  const pid = countOf(value.hostProcessId);
  return pid !== undefined || countOf(value.processEntityId) !== undefined;
}

/** `tracee.v1beta1.Event`: a name, a workload, and a time or what was seen. */
function isV1beta1(value: JsonObject): boolean {
  if (typeof value.name !== 'string' || !isObject(value.workload)) return false;
  return Array.isArray(value.data) || 'timestamp' in value;
}
