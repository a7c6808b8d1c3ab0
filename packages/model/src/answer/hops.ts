import type { Derived } from '../graph/derived.ts';
import { compareText } from '../graph/order.ts';
import type { HopItem } from '../wire/network.ts';
import type { Part } from './part.ts';
import { processName } from './processName.ts';
import { timeTextOf } from './timeText.ts';

/** The hops of a part's callers, as answered, by first seen. */
export function hopItems({ derived, ownsProcess }: Part): HopItem[] {
  const items: HopItem[] = [];
  for (const hop of derived.hops) {
    if (!ownsProcess(hop.from)) continue;
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

function endOf(derived: Derived, index: number): HopItem['from'] | undefined {
  const name = processName(derived, index);
  if (name === undefined) return undefined;
  return { ...name, lateByMs: derived.processes[index]?.lateByMs ?? null };
}
