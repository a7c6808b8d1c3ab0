import type { SocketFact } from '../../event/facts.ts';
import { compareText } from '../order.ts';

const kindRank: Record<SocketFact['kind'], number> = {
  connect: 0,
  accept: 0,
  listen: 0,
  tls: 1,
  http: 1,
  send: 1,
  sock_stats: 2,
  close: 3,
};

/** Time (none first), the close last, counters rising; then everything else that a socket takes from a fact. */
export function compareSocketFacts(a: SocketFact | undefined, b: SocketFact | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  return (
    compareAbsentFirst(a.time, b.time) ||
    kindRank[a.kind] - kindRank[b.kind] ||
    compareAbsentFirst(a.bytesSent, b.bytesSent) ||
    compareAbsentFirst(a.bytesReceived, b.bytesReceived) ||
    compareText(a.kind, b.kind) ||
    compareText(a.sourceIp, b.sourceIp) ||
    a.sourcePort - b.sourcePort ||
    compareText(a.nameEvidence ?? '', b.nameEvidence ?? '') ||
    compareText(a.names.join('\n'), b.names.join('\n')) ||
    compareText(a.cookie, b.cookie)
  );
}

/** Orders times and counters; an absent one comes first. */
export function compareAbsentFirst(a: bigint | undefined, b: bigint | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}
