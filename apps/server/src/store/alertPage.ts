import { placeOfAlert } from '@forebear/model/answer/alertItem';
import type { AlertFact } from '@forebear/model/event/facts';
import { severityNumber } from '@forebear/model/event/severity';
import type { Derived } from '@forebear/model/graph/derived';
import { type FieldName, type Filter, matchAll } from '@forebear/model/query/filter';
import { narrowedTo } from '@forebear/model/query/scope';
import { comparePlaces, type EventPlace, readPlace } from './eventPage.ts';
import type { AlertQuery } from './ports.ts';

export type AlertOrder = NonNullable<AlertQuery['order']>;

/** A place in the list of alerts. `severity`: its number, 0 the gravest. */
export interface AlertPlace extends EventPlace {
  readonly severity: number;
}

/** The opaque cursor of a place: `severity.2.1784.57`. It holds for one order. */
export function formatAlertCursor(order: AlertOrder, { severity, time, seq }: AlertPlace): string {
  return `${order}.${severity}.${time ?? ''}.${seq}`;
}

/** Undefined: not one of ours, or of the other order. */
export function parseAlertCursor(order: AlertOrder, cursor: string): AlertPlace | undefined {
  const match = /^(severity|time)\.([0-7])\.(-?\d{1,19})?\.(\d{1,16})$/.exec(cursor);
  if (match === null || match[1] !== order) return undefined;
  const [, , severity, time, seq = ''] = match;
  const place = readPlace(time, seq);
  return place === undefined ? undefined : { severity: Number(severity), ...place };
}

/** The gravest first and then as they came, or as they came; those without a time last among their like. */
export function compareAlertPlaces(order: AlertOrder, a: AlertPlace, b: AlertPlace): number {
  if (order === 'severity' && a.severity !== b.severity) return a.severity - b.severity;
  return comparePlaces('asc', a, b);
}

/** The place of an alert by its own. */
export function placeInList(seq: number, { severity, time }: AlertFact): AlertPlace {
  return { severity: severityNumber(severity), time, seq };
}

/** Whether a question asks what only a forest can say: whose an alert is. */
export function asksForest({ filter, namespace, pod, process }: AlertQuery): boolean {
  if (narrowedTo(filter, (field) => !isOfAlert(field)).filter.kind !== 'all') return true;
  return namespace !== undefined || pod !== undefined || process !== undefined;
}

/** What of a filter an alert's own rule, severity, tags and agent decide, whoever it is about. */
export function filterOfAlert(filter: Filter): Filter {
  return filter.kind === 'clauses' ? narrowedTo(filter, isOfAlert).filter : matchAll;
}

function isOfAlert(field: FieldName): boolean {
  return field.startsWith('alert.');
}

/** Whether an alert is of the process, the pod and the namespace that are asked for. */
export function isInPlace(
  derived: Derived,
  { namespace, pod, process }: AlertQuery,
  alert: Parameters<typeof placeOfAlert>[1],
): boolean {
  if (namespace === undefined && pod === undefined && process === undefined) return true;
  const place = placeOfAlert(derived, alert);
  return (
    (namespace === undefined || place.namespace === namespace) &&
    (pod === undefined || place.pod === pod) &&
    (process === undefined || place.owner?.process.ref === process)
  );
}
