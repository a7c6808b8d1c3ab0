import type { AlertFact } from '../event/facts.ts';
import { severityNumber } from '../event/severity.ts';
import type { Nanos } from '../event/time.ts';
import { compareAbsentLast, compareText } from './order.ts';

/** The alerts of each card, in order of time; `cardAt` says -1 where no process is known. */
export function alertsByCard(
  alerts: readonly AlertFact[],
  cards: number,
  cardAt: (key: string, time: Nanos | undefined) => number,
): (readonly AlertFact[])[] {
  const byCard: AlertFact[][] = Array.from({ length: cards }, () => []);
  for (const alert of alerts) byCard[cardAt(alert.process, alert.time)]?.push(alert);
  for (const each of byCard) if (each.length > 1) each.sort(compareAlerts);
  return byCard;
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
