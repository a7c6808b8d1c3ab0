import type { Derived, DerivedProcess, Hop } from '../graph/derived.ts';
import type { HopItem } from '../wire/network.ts';
import { podNameOf } from './context.ts';
import { timeTextOf } from './timeText.ts';

/** The hops that `keep` keeps, as answered. Order is the forest's: by first seen. */
export function hopItems(
  derived: Derived,
  keep: (from: DerivedProcess, to: DerivedProcess, hop: Hop) => boolean,
): HopItem[] {
  const items: HopItem[] = [];
  for (const hop of derived.hops) {
    const from = derived.processes[hop.from];
    const to = derived.processes[hop.to];
    if (from === undefined || to === undefined || !keep(from, to, hop)) continue;
    items.push({
      from: nameOf(derived, from),
      to: nameOf(derived, to),
      port: hop.port,
      protocol: hop.protocol,
      firstSeen: timeTextOf(hop.firstSeen),
      lastSeen: timeTextOf(hop.lastSeen),
      bytesSent: hop.bytesSent.toString(),
      bytesReceived: hop.bytesReceived.toString(),
      evidence: hop.evidence,
      confidence: hop.confidence,
    });
  }
  return items;
}

function nameOf(derived: Derived, process: DerivedProcess): HopItem['from'] {
  const pod = podNameOf(derived, process);
  return {
    ref: process.ref,
    namespace: pod?.namespace ?? '',
    pod: pod?.name ?? '',
    binary: process.binary,
    pid: process.pid ?? null,
    lateNew: process.loud,
    lateByMs: process.lateByMs ?? null,
  };
}
