import type { AlertFact } from '../event/facts.ts';
import { severityNumber } from '../event/severity.ts';
import { compareAbsentLast, compareText } from './order.ts';

/** The alerts of each card, and of each place behind the cards, in order of time; `ownerOf` says which that is. */
export function alertsByOwner(
  alerts: readonly AlertFact[],
  owners: number,
  ownerOf: (alert: AlertFact) => number | undefined,
): (readonly AlertFact[])[] {
  const byOwner: AlertFact[][] = Array.from({ length: owners }, () => []);
  for (const alert of alerts) byOwner[ownerOf(alert) ?? -1]?.push(alert);
  for (const each of byOwner) if (each.length > 1) each.sort(compareAlerts);
  return byOwner;
}

/** By time, then gravest first, then by rule and text: a total order. */
export function compareAlerts(a: AlertFact, b: AlertFact): number {
  return (
    compareAbsentLast(a.time, b.time) ||
    severityNumber(a.severity) - severityNumber(b.severity) ||
    compareText(a.label, b.label) ||
    compareText(a.rule, b.rule) ||
    compareText(a.output, b.output)
  );
}
