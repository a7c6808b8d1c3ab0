import type { Hop } from '../derived.ts';
import { compareBig, compareText, earlier, later, sumCounters } from '../order.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket } from './socket.ts';
import { compareEvidence, type Stitch } from './stitch.ts';

const forever = 2n ** 63n;

/** Hops between the cards of different pods, one per caller, peer, port and protocol; bytes as the caller saw them. */
export function gatherHops(
  stitches: readonly Stitch[],
  sockets: readonly Socket[],
  netspaces: Netspaces,
  addsBytes: (socket: Socket) => boolean,
): Hop[] {
  const hops = new Map<string, Hop>();
  for (const { client, peer, evidence, confidence } of stitches) {
    const socket = sockets[client];
    if (socket === undefined) continue;
    const from = netspaces.netspaceOf(socket.process);
    const to = netspaces.netspaceOf(peer);
    if (from === to || !netspaces.isPod(from) || !netspaces.isPod(to)) continue;
    const key = `${socket.process} ${peer} ${socket.remotePort} ${socket.protocol}`;
    const counts = addsBytes(socket);
    const one: Hop = {
      from: socket.process,
      to: peer,
      port: socket.remotePort,
      protocol: socket.protocol,
      firstSeen: socket.firstSeen,
      lastSeen: socket.lastSeen,
      bytesSent: counts ? socket.bytesSent : undefined,
      bytesReceived: counts ? socket.bytesReceived : undefined,
      evidence,
      confidence,
    };
    const known = hops.get(key);
    hops.set(key, known === undefined ? one : addHops(known, one));
  }
  return [...hops.values()].sort(compareHops);
}

function addHops(a: Hop, b: Hop): Hop {
  const better = compareEvidence(a, b) <= 0 ? a : b;
  return {
    ...a,
    firstSeen: earlier(a.firstSeen, b.firstSeen),
    lastSeen: later(a.lastSeen, b.lastSeen),
    bytesSent: sumCounters(a.bytesSent, b.bytesSent),
    bytesReceived: sumCounters(a.bytesReceived, b.bytesReceived),
    evidence: better.evidence,
    confidence: better.confidence,
  };
}

function compareHops(a: Hop, b: Hop): number {
  return (
    compareBig(a.firstSeen ?? -forever, b.firstSeen ?? -forever) ||
    a.from - b.from ||
    a.to - b.to ||
    a.port - b.port ||
    compareText(a.protocol, b.protocol)
  );
}
