import type { Derived, DerivedProcess } from '../graph/derived.ts';
import { compareText } from '../graph/order.ts';
import type { HopItem } from '../wire/network.ts';
import type { Part } from './part.ts';
import { processName } from './processName.ts';
import { timeTextOf } from './timeText.ts';

/** The hops of a part's callers, as answered, by first seen. */
export function hopItems({ derived, ownsProcess }: Part): HopItem[] {
  const items: HopItem[] = [];
  for (const hop of derived.hops) {
    const from = derived.processes[hop.from];
    const to = derived.processes[hop.to];
    if (from === undefined || to === undefined || !ownsProcess(hop.from)) continue;
    items.push({
      from: nameOf(derived, from),
      to: nameOf(derived, to),
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

function nameOf(derived: Derived, process: DerivedProcess): HopItem['from'] {
  return { ...processName(derived, process), lateByMs: process.lateByMs ?? null };
}
