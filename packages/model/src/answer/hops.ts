import type { Derived, Hop, Leaf } from '../graph/derived.ts';
import { compareText } from '../graph/order.ts';
import { type Filter, matchAll } from '../query/filter.ts';
import type { HopItem } from '../wire/network.ts';
import type { Part } from './part.ts';
import { processName } from './processName.ts';
import { keepsLeaf, keepsProcess } from './subjects.ts';
import { timeTextOf } from './timeText.ts';

/** The hops of a part's callers that a filter keeps, as answered, by first seen. */
export function hopItems({ derived, ownsProcess }: Part, filter: Filter = matchAll): HopItem[] {
  const items: HopItem[] = [];
  for (const hop of derived.hops) {
    if (!ownsProcess(hop.from) || !keepsHop(filter, derived, hop)) continue;
    const from = endOf(derived, hop.from);
    const to = endOf(derived, hop.to);
    if (from === undefined || to === undefined) continue;
    items.push({
      from,
      to,
      port: hop.port,
      protocol: hop.protocol,
      firstSeen: timeTextOf(hop.firstSeen),
      lastSeen: timeTextOf(hop.lastSeen),
      bytesSent: hop.bytesSent?.toString() ?? null,
      bytesReceived: hop.bytesReceived?.toString() ?? null,
      evidence: hop.evidence,
      confidence: hop.confidence,
    });
  }
  return items.sort(byFirstSeen);
}

/** Hops without a time first; of one moment by who called whom: the same out of any parts. RFC 3339 texts of one width. */
export function byFirstSeen(a: HopItem, b: HopItem): number {
  return (
    compareText(a.firstSeen ?? '', b.firstSeen ?? '') ||
    compareText(a.from.ref, b.from.ref) ||
    compareText(a.to.ref, b.to.ref) ||
    a.port - b.port ||
    compareText(a.protocol, b.protocol)
  );
}

/**
 * A hop is kept when the process at one of its ends matches with the connection between them. That is the one the caller
 * made, whichever end is looked at: `proc.name = java and fd.sport = 9200` is the java that was called there.
 */
function keepsHop(filter: Filter, derived: Derived, hop: Hop): boolean {
  if (filter.kind === 'all') return true;
  const [from, to] = [derived.processes[hop.from], derived.processes[hop.to]];
  if (from === undefined || to === undefined) return false;
  const leaves = from.connections.filter((leaf) => isOfHop(leaf, hop));
  return [from, to].some((end) =>
    leaves.length === 0
      ? keepsProcess(filter, derived, { ...end, connections: [] })
      : leaves.some((leaf) => keepsLeaf(filter, derived, end, leaf)),
  );
}

function isOfHop({ direction, port, protocol, peers }: Leaf, hop: Hop): boolean {
  return (
    direction === 'outbound' &&
    port === hop.port &&
    protocol === hop.protocol &&
    peers.some(({ process }) => process === hop.to)
  );
}

function endOf(derived: Derived, index: number): HopItem['from'] | undefined {
  const name = processName(derived, index);
  if (name === undefined) return undefined;
  return { ...name, lateByMs: derived.processes[index]?.lateByMs ?? null };
}
