import { isObject } from '../read.ts';

/** What `Type` says of every record that is an event. */
const eventTypes: ReadonlySet<string> = new Set([
  'ContainerLog',
  'HostLog',
  'MatchedPolicy',
  'MatchedHostPolicy',
  'MatchedNetworkPolicy',
]);

/**
 * Says yes to what the decoder reads: a record of a known `Type`, one with a host pid and an operation (`Type` is younger than
 * both), a report of dropped alerts, and the agent's own messages.
 */
export function isKubeArmorRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const type = value.Type ?? value.type;
  const operation = value.Operation ?? value.operation;
  if (typeof type === 'string' && eventTypes.has(type)) return true;
  if (typeof operation === 'string') {
    const pid = value.HostPID ?? value.hostPid;
    if (typeof pid === 'number' || typeof pid === 'string') return true;
    return type === 'SystemEvent' && operation === 'AlertThreshold';
  }
  return type === 'Message' && isMessage(value);
}

/** `Message` alone is a word that anybody uses. */
function isMessage(value: { readonly [key: string]: unknown }): boolean {
  const level = value.Level ?? value.level;
  const time = value.UpdatedTime ?? value.updatedTime;
  const text = value.Message ?? value.message;
  return typeof level === 'string' && typeof time === 'string' && typeof text === 'string';
}
