import type { NetworkInput } from '../networkContract.ts';
import { addTo } from './lists.ts';
import { compareSockets, nameKey, type OwnSockets } from './ownSockets.ts';
import type { Socket, SocketName } from './socket.ts';
import { graver } from './verdict.ts';

const MOST_NAMES = 64;

/**
 * Gives what was seen of a conversation from outside (the sockets of places, behind the cards) to the process's own socket: the one with
 * both ends equal, else of the same caller's end (a service's address is translated on the way), in overlapping time; a socket whose
 * own end nobody knows takes the one conversation of its pod that it can be. It adds its judgement, its names, and bytes where
 * the socket has none; what nobody takes stays with its place.
 */
export function attachFlows(
  sockets: readonly Socket[],
  { cardCount }: NetworkInput,
  own: OwnSockets,
): readonly Socket[] {
  if (!sockets.some(({ process }) => process >= cardCount)) return sockets;
  const added = new Map<number, Socket[]>();
  const kept: Socket[] = [];
  const keptFrom: number[] = [];
  for (const [index, socket] of sockets.entries()) {
    const taker = socket.process < cardCount ? undefined : own.takerOf(socket);
    if (taker === undefined) {
      kept.push(socket);
      keptFrom.push(index);
    } else addTo(added, taker, socket);
  }
  return kept.map((socket, at) => {
    const flows = added.get(keptFrom[at] ?? -1);
    return flows === undefined ? socket : withFlows(socket, flows.sort(compareSockets));
  });
}

function withFlows(socket: Socket, flows: readonly Socket[]): Socket {
  let { verdict, bytesSent, bytesReceived, tellers } = socket;
  const names = new Map<string, SocketName>(socket.names.map((name) => [nameKey(name), name]));
  const pods = new Set<string>();
  for (const flow of flows) {
    for (const pod of flow.peerPods) pods.add(pod);
    verdict = graver(verdict, flow.verdict);
    tellers |= flow.tellers;
    for (const name of flow.names) {
      const outside = fromOutside(name);
      if (names.size < MOST_NAMES && !names.has(nameKey(outside)))
        names.set(nameKey(outside), outside);
    }
    if (socket.bytesSent === undefined && socket.bytesReceived === undefined) {
      // Two watchers of one wire: never the sum.
      bytesSent = largerOf(bytesSent, flow.bytesSent);
      bytesReceived = largerOf(bytesReceived, flow.bytesReceived);
    }
  }
  return {
    ...socket,
    verdict,
    bytesSent,
    bytesReceived,
    names: [...names.values()],
    watchedPods: [...pods].sort(),
    tellers,
  };
}

/** A server name read from the wire is good evidence, and not what the process's own agent says. */
function fromOutside({ name, evidence }: SocketName): SocketName {
  return { name, evidence: evidence === 'flow' ? 'flow' : 'zeek' };
}

function largerOf(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b !== undefined && b > a ? b : a;
}
