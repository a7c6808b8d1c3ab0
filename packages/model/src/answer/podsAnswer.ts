import { type Nanos, parseTime } from '../event/time.ts';
import { compareText } from '../graph/order.ts';
import type { PodItem, PodsAnswer } from '../wire/inventory.ts';
import type { Completeness } from '../wire/primitives.ts';
import { byAlerts, byInterest, byName } from './podOrder.ts';

/** How a list of pods is cut and ordered; the filter has been applied. */
export interface PodsCut {
  readonly cluster?: string;
  readonly namespace?: string;
  /** Keep pods seen in [from, to). */
  readonly from?: Nanos;
  readonly to?: Nanos;
  readonly sort?: 'name' | 'processes' | 'alerts' | 'firstSeen' | 'lastSeen';
}

/** The list of pods and hosts. A namespace leaves no hosts. */
export function podsAnswer(
  items: readonly PodItem[],
  cut: PodsCut,
  completeness: Completeness,
): PodsAnswer {
  const kept = items.filter(
    (item) =>
      (cut.cluster === undefined || item.cluster === cut.cluster) &&
      (cut.namespace === undefined || (item.kind === 'pod' && item.namespace === cut.namespace)) &&
      wasSeen(item, cut),
  );
  kept.sort(orderOf(cut.sort));
  return { items: kept, nextCursor: null, total: kept.length, completeness };
}

function wasSeen(item: PodItem, { from, to }: PodsCut): boolean {
  // What started before its first event was there meanwhile.
  const first = item.started === null ? undefined : parseTime(item.started);
  const last = item.lastSeen === null ? first : parseTime(item.lastSeen);
  return (
    (to === undefined || first === undefined || first < to) &&
    (from === undefined || last === undefined || last >= from)
  );
}

/** RFC 3339 texts of one width compare as times. */
function orderOf(sort: PodsCut['sort']): (a: PodItem, b: PodItem) => number {
  switch (sort) {
    case 'name':
      return byName;
    case 'processes':
      return (a, b) => b.processes - a.processes || byName(a, b);
    case 'alerts':
      return (a, b) => byAlerts(a, b) || byName(a, b);
    case 'firstSeen':
      return (a, b) => compareText(a.firstSeen ?? '~', b.firstSeen ?? '~') || byName(a, b);
    case 'lastSeen':
      return (a, b) => compareText(b.lastSeen ?? '', a.lastSeen ?? '') || byName(a, b);
    case undefined:
      return byInterest;
  }
}
