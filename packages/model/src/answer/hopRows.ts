import { sumCounters } from '../graph/order.ts';
import type { HopItem } from '../wire/network.ts';
import { standsOut } from './standing.ts';

/** One row of a table of hops: a hop, or all that are alike. */
export interface HopRow {
  /** The first of them. */
  readonly hop: HopItem;
  readonly all: readonly HopItem[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Decimal; null: no counter was reported. */
  readonly bytesSent: string | null;
  readonly bytesReceived: string | null;
}

/** What stands out first: callers that do, then such callees, then as given (the API answers by time). */
export function loudFirst(hops: readonly HopItem[]): readonly HopItem[] {
  const weight = ({ from, to }: HopItem) => (standsOut(from) ? 2 : 0) + (standsOut(to) ? 1 : 0);
  return hops.toSorted((a, b) => weight(b) - weight(a));
}

/**
 * Hops from one pod's binary into another pod's, on one port and known in one way, as one row; each alone when `fold` is false.
 * What stands out is always a row of its own. Rows are in the order of their first hops.
 */
export function foldHops(hops: readonly HopItem[], fold: boolean): readonly HopRow[] {
  const rows: HopItem[][] = [];
  const alike = new Map<string, HopItem[]>();
  for (const hop of hops) {
    const { from, to, port, protocol, confidence } = hop;
    const isOwn = !fold || standsOut(from) || standsOut(to);
    const key = JSON.stringify([endOf(from), endOf(to), port, protocol, confidence]);
    const known = isOwn ? undefined : alike.get(key);
    if (known !== undefined) {
      known.push(hop);
      continue;
    }
    const row = [hop];
    rows.push(row);
    if (!isOwn) alike.set(key, row);
  }
  return rows.flatMap(rowOf);
}

function rowOf(all: readonly HopItem[]): HopRow[] {
  const [hop] = all;
  if (hop === undefined) return [];
  let { firstSeen, lastSeen } = hop;
  for (const one of all) {
    if (one.firstSeen !== null && (firstSeen === null || one.firstSeen < firstSeen))
      firstSeen = one.firstSeen;
    if (one.lastSeen !== null && (lastSeen === null || one.lastSeen > lastSeen))
      lastSeen = one.lastSeen;
  }
  const bytesSent = sumOf(all.map((one) => one.bytesSent));
  const bytesReceived = sumOf(all.map((one) => one.bytesReceived));
  return [{ hop, all, firstSeen, lastSeen, bytesSent, bytesReceived }];
}

function endOf({ namespace, pod, binary }: HopItem['from']): readonly string[] {
  return [namespace, pod, binary];
}

function sumOf(counters: readonly (string | null)[]): string | null {
  let sum: bigint | undefined;
  for (const text of counters) sum = sumCounters(sum, text === null ? undefined : BigInt(text));
  return sum?.toString() ?? null;
}
