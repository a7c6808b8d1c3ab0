import { dialectOf } from '../event/dialects.ts';
import type { AlertFact } from '../event/facts.ts';
import { type Severity, severityAt, severityNumber } from '../event/severity.ts';
import { compareAlerts } from '../graph/alerts.ts';
import type { ToldAlert } from '../wire/judgements.ts';
import { timeTextOf } from './timeText.ts';

/** Alerts as they are told: at most so many, the gravest, in order of time. */
export function toldAlerts(alerts: readonly AlertFact[], most: number): ToldAlert[] {
  return gravestFirst(alerts, most).map((alert) => ({
    source: dialectOf(alert.label),
    rule: alert.rule,
    severity: alert.severity,
    severityWord: alert.severityWord,
    tags: [...alert.tags],
    output: alert.output,
    action: alert.action,
    enforcer: alert.enforcer,
    result: alert.result,
    blocked: alert.blocked,
    time: timeTextOf(alert.time),
  }));
}

/** The severity of the gravest of some alerts; undefined: there are none. */
export function maxSeverityOf(
  alerts: readonly Pick<AlertFact, 'severity'>[],
): Severity | undefined {
  if (alerts.length === 0) return undefined;
  let gravest = Number.POSITIVE_INFINITY;
  for (const { severity } of alerts) gravest = Math.min(gravest, severityNumber(severity));
  return severityAt(gravest);
}

/** Of two severities the graver; undefined says nothing. */
export function graverSeverity(
  a: Severity | undefined,
  b: Severity | undefined,
): Severity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return severityNumber(a) <= severityNumber(b) ? a : b;
}

function gravestFirst(alerts: readonly AlertFact[], most: number): readonly AlertFact[] {
  if (alerts.length <= most) return alerts;
  return alerts
    .toSorted(
      (a, b) => severityNumber(a.severity) - severityNumber(b.severity) || compareAlerts(a, b),
    )
    .slice(0, most)
    .sort(compareAlerts);
}
