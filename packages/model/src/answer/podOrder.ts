import { severityNumber } from '../event/severity.ts';
import { compareText } from '../graph/order.ts';
import type { PodItem } from '../wire/inventory.ts';
import { type QuietMark, quietMarks } from './standing.ts';

/**
 * The API's default order: how many different grave signs, then lateNew, what left or came late, the other marks from the gravest on, the
 * gravest alert, alerts, externalDestinations, late (each most first), then name; hosts last. Signs go first because they are rare: in a noisy log
 * nearly every pod has processes that are late and new, and the pod that was broken into need not have the most.
 */
export function byInterest(a: PodItem, b: PodItem): number {
  return (
    Number(a.kind === 'host') - Number(b.kind === 'host') ||
    b.grave.length - a.grave.length ||
    b.lateNew - a.lateNew ||
    b.leftContainer + b.lateContainer - (a.leftContainer + a.lateContainer) ||
    byMarks(a, b) ||
    byAlerts(a, b) ||
    b.externalDestinations - a.externalDestinations ||
    b.late - a.late ||
    byName(a, b)
  );
}

/** The gravest alert first, then most alerts. */
export function byAlerts(a: PodItem, b: PodItem): number {
  return gravityOf(a) - gravityOf(b) || b.alerts - a.alerts;
}

function gravityOf({ maxSeverity }: PodItem): number {
  return maxSeverity === null ? Number.MAX_SAFE_INTEGER : severityNumber(maxSeverity);
}

function byMarks(a: PodItem, b: PodItem): number {
  for (const mark of quietMarks) {
    const more = markedBy(b, mark) - markedBy(a, mark);
    if (more !== 0) return more;
  }
  return 0;
}

function markedBy({ marks }: PodItem, mark: QuietMark): number {
  return marks.find(({ code }) => code === mark)?.processes ?? 0;
}

/** Namespace, then pod, then cluster and uid, by code unit. */
export function byName(a: PodItem, b: PodItem): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.pod, b.pod) ||
    compareText(a.cluster, b.cluster) ||
    compareText(a.uid, b.uid)
  );
}
