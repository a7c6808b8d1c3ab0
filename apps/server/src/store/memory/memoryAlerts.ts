import { alertItem } from '@forebear/model/answer/alertItem';
import { keepsEvent } from '@forebear/model/answer/eventSubject';
import { maxSeverityOf } from '@forebear/model/answer/toldAlerts';
import { dialectOf } from '@forebear/model/event/dialects';
import type { AlertFact } from '@forebear/model/event/facts';
import type { Derived } from '@forebear/model/graph/derived';
import type { AlertsAnswer } from '@forebear/model/wire/alerts';
import {
  compareAlertPlaces,
  formatAlertCursor,
  isInPlace,
  parseAlertCursor,
  placeInList,
} from '../alertPage.ts';
import { isInRange } from '../eventPage.ts';
import type { AlertQuery } from '../ports.ts';
import type { LoggedEvent } from './recordLog.ts';

interface LoggedAlert extends LoggedEvent {
  readonly alert: AlertFact;
}

/** A page of the alerts that are asked for; undefined: the cursor is not ours. */
export function alertsAsked(
  derived: Derived,
  events: readonly LoggedEvent[],
  query: AlertQuery,
): Omit<AlertsAnswer, 'completeness'> | undefined {
  const { cursor, limit, order = 'severity' } = query;
  const after = cursor === undefined ? undefined : parseAlertCursor(order, cursor);
  if (cursor !== undefined && after === undefined) return undefined;
  const placeOf = ({ seq, alert }: LoggedAlert) => placeInList(seq, alert);
  const found = events
    .filter(isAlert)
    .filter((event) => isAsked(event, query) && isInPlace(derived, query, event.alert))
    .filter((event) => keepsEvent(query.filter, derived, event))
    .sort((a, b) => compareAlertPlaces(order, placeOf(a), placeOf(b)));
  const left =
    after === undefined
      ? found
      : found.filter((event) => compareAlertPlaces(order, placeOf(event), after) > 0);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  const hasMore = left.length > page.length && last !== undefined;
  return {
    items: page.map(({ id, alert }) => alertItem(derived, id, alert)),
    nextCursor: hasMore ? formatAlertCursor(order, placeOf(last)) : null,
    total: found.length,
    gravest: maxSeverityOf(found.map(({ alert }) => alert)) ?? null,
  };
}

/** What says the same as an earlier event is no alert of its own. */
function isAlert(event: LoggedEvent): event is LoggedAlert {
  return event.alert !== undefined && !event.sameAs;
}

function isAsked({ alert }: LoggedAlert, query: AlertQuery): boolean {
  const { severities, sources, rule, tag } = query;
  return (
    (severities === undefined || severities.includes(alert.severity)) &&
    (sources === undefined || sources.includes(dialectOf(alert.label))) &&
    (rule === undefined || alert.rule === rule) &&
    (tag === undefined || alert.tags.includes(tag)) &&
    isInRange(alert.time, query)
  );
}
