import { isObject, type JsonObject, textOf } from '../read.ts';

const GROUP = 'audit.k8s.io/';

/** The members of a list, of which `metadata` is always written and seldom kept by who cuts one out. */
const listKeys = new Set(['kind', 'apiVersion', 'metadata', 'items']);

/**
 * Tells one event: by its API group or its marks, and by the user that the API server writes into every one, so that nothing
 * is claimed that merely lies in a similar envelope. The items of a list name no group.
 */
export function isAuditEvent(value: unknown): value is JsonObject {
  if (!isObject(value) || !isObject(value.user)) return false;
  const kind = textOf(value.kind);
  if (isOfGroup(value)) return kind === undefined || kind === 'Event';
  return textOf(value.auditID) !== undefined && textOf(value.stage) !== undefined;
}

/** The items of an `EventList`; undefined for anything else. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value) || value.kind !== 'EventList' || !isOfGroup(value)) return undefined;
  if (!Array.isArray(value.items)) return undefined;
  const isList = isObject(value.metadata) || Object.keys(value).every((key) => listKeys.has(key));
  return isList ? value.items : undefined;
}

function isOfGroup(value: JsonObject): boolean {
  return textOf(value.apiVersion)?.startsWith(GROUP) === true;
}
