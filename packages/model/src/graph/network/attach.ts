import type { NetworkInput } from '../networkContract.ts';
import { compareBig, compareText } from '../order.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket, SocketName } from './socket.ts';
import { graver } from './verdict.ts';

/** Clocks of a node and of whoever watched the wire: a socket and its flow overlap within this (formats, 3). */
const SLACK = 2_000_000_000n;
const FOREVER = 2n ** 62n;
const MOST_NAMES = 64;
const span = 2 ** 26;

/**
 * Gives what was seen of a conversation from outside (the sockets of places, behind the cards) to the process's own socket: the one with
 * both ends equal, else of the same caller's end (a service's address is translated on the way), in overlapping time; a socket whose
 * own end nobody knows takes the one conversation of its pod that it can be. It adds its judgement, its names, and bytes where
 * the socket has none; what nobody takes stays with its place.
 */
export function attachFlows(
  sockets: readonly Socket[],
  input: NetworkInput,
  netspaces: Netspaces,
): readonly Socket[] {
  const { cardCount } = input;
  if (!sockets.some(({ process }) => process >= cardCount)) return sockets;
  const own = new OwnSockets(sockets, cardCount, netspaces);
  const added = new Map<number, Socket[]>();
  const kept: Socket[] = [];
  const keptFrom: number[] = [];
  for (const [index, socket] of sockets.entries()) {
    const taker = socket.process < cardCount ? undefined : own.takerOf(socket);
    if (taker === undefined) {
      kept.push(socket);
      keptFrom.push(index);
    } else push(added, taker, socket);
  }
  return kept.map((socket, at) => {
    const flows = added.get(keptFrom[at] ?? -1);
    return flows === undefined ? socket : withFlows(socket, flows.sort(compareSockets));
  });
}

/** Of more sockets with one end than so many that began before a flow was over, the latest are compared with it. */
const MOST_NEAR = 64;

/** The sockets of processes, by the ends that a flow can be compared with. */
class OwnSockets {
  readonly #sockets: readonly Socket[];
  readonly #netspaces: Netspaces;
  /** By cluster and both ends. */
  readonly #byEnds = new Map<string, number[]>();
  /** Callers' by cluster and their own end: the other one may be translated on the way. */
  readonly #byCaller = new Map<string, number[]>();
  /** Those without a local end, by netspace and remote end. */
  readonly #blind = new Map<string, number[]>();

  constructor(sockets: readonly Socket[], cardCount: number, netspaces: Netspaces) {
    this.#sockets = sockets;
    this.#netspaces = netspaces;
    for (const [index, socket] of sockets.entries()) {
      const { process, direction, localPort } = socket;
      if (process >= cardCount || direction === 'listen') continue;
      if (localPort === 0) push(this.#blind, this.#remoteKey(socket), index);
      else {
        push(this.#byEnds, this.#endsKey(socket), index);
        if (direction === 'outbound') push(this.#byCaller, this.#callerKey(socket), index);
      }
    }
    for (const lists of [this.#byEnds, this.#byCaller, this.#blind]) {
      for (const list of lists.values()) {
        if (list.length > 1) list.sort((a, b) => this.#compare(a, b));
      }
    }
  }

  /** The socket that a flow is of; undefined: none, or the flow may be of several processes. */
  takerOf(flow: Socket): number | undefined {
    const exact = this.#near(this.#byEnds.get(this.#endsKey(flow)), flow);
    if (exact.length > 0) return this.#nearest(exact, flow);
    if (flow.direction === 'outbound') {
      const called = this.#near(this.#byCaller.get(this.#callerKey(flow)), flow);
      if (called.length > 0) return this.#nearest(called, flow);
    }
    const blind = this.#near(this.#blind.get(this.#remoteKey(flow)), flow);
    const owners = new Set(blind.map((index) => this.#sockets[index]?.process));
    return owners.size === 1 ? this.#nearest(blind, flow) : undefined;
  }

  /** `indexes`: in order of their beginnings. */
  #near(indexes: readonly number[] = [], flow: Socket): number[] {
    const end = this.#countBefore(indexes, (flow.lastSeen ?? FOREVER) + SLACK);
    return indexes.slice(Math.max(0, end - MOST_NEAR), end).filter((index) => {
      const socket = this.#sockets[index];
      return (
        socket?.direction === flow.direction &&
        (socket.protocol === flow.protocol || socket.protocol === '' || flow.protocol === '') &&
        overlaps(socket, flow)
      );
    });
  }

  #countBefore(indexes: readonly number[], time: bigint): number {
    let low = 0;
    let high = indexes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#firstOf(indexes[middle]) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: number, b: number): number {
    const [first, second] = [this.#sockets[a], this.#sockets[b]];
    return first === undefined || second === undefined ? 0 : compareSockets(first, second);
  }

  #firstOf(index: number | undefined): bigint {
    return this.#sockets[index ?? -1]?.firstSeen ?? -FOREVER;
  }

  /** By how far their beginnings lie apart; ties by the sockets' own order of ends, then of processes. */
  #nearest(indexes: readonly number[], flow: Socket): number | undefined {
    return [...indexes].sort((a, b) => {
      const [first, second] = [this.#sockets[a], this.#sockets[b]];
      if (first === undefined || second === undefined) return 0;
      return compareBig(apart(first, flow), apart(second, flow)) || compareSockets(first, second);
    })[0];
  }

  #callerKey({ process, localIp, localPort }: Socket): string {
    return `${this.#netspaces.clusterOf(process)} ${localIp * 65_536 + localPort}`;
  }

  #endsKey(socket: Socket): string {
    return `${this.#callerKey(socket)} ${socket.remoteIp * 65_536 + socket.remotePort}`;
  }

  #remoteKey({ process, remoteIp, remotePort }: Socket): string {
    return `${this.#netspaces.netspaceOf(process)} ${remotePort * span + remoteIp}`;
  }
}

function push<Key, Item>(into: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [item]);
  else known.push(item);
}

/** Without a time either may have been at any. */
function overlaps(a: Socket, b: Socket): boolean {
  const from = a.firstSeen ?? -FOREVER;
  const to = a.closed ?? a.lastSeen ?? FOREVER;
  const end = a.closed === undefined && a.openSeen ? FOREVER : to;
  return (b.firstSeen ?? from) <= end + SLACK && (b.lastSeen ?? to) >= from - SLACK;
}

function apart(a: Socket, b: Socket): bigint {
  if (a.firstSeen === undefined || b.firstSeen === undefined) return FOREVER;
  const between = a.firstSeen - b.firstSeen;
  return between < 0n ? -between : between;
}

function withFlows(socket: Socket, flows: readonly Socket[]): Socket {
  let { verdict, bytesSent, bytesReceived, tellers } = socket;
  const names = new Map<string, SocketName>(socket.names.map((name) => [keyOf(name), name]));
  const pods = new Set<string>();
  for (const flow of flows) {
    for (const pod of flow.peerPods) pods.add(pod);
    verdict = graver(verdict, flow.verdict);
    tellers |= flow.tellers;
    for (const name of flow.names) {
      const outside = fromOutside(name);
      if (names.size < MOST_NAMES && !names.has(keyOf(outside))) names.set(keyOf(outside), outside);
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

function keyOf({ name, evidence }: SocketName): string {
  return `${evidence}\0${name}`;
}

function largerOf(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b !== undefined && b > a ? b : a;
}

function compareSockets(a: Socket, b: Socket): number {
  return (
    compareBig(a.firstSeen ?? -FOREVER, b.firstSeen ?? -FOREVER) ||
    a.process - b.process ||
    a.localPort - b.localPort ||
    a.remotePort - b.remotePort ||
    compareText(a.protocol, b.protocol) ||
    compareText(a.names.map(keyOf).join(), b.names.map(keyOf).join())
  );
}
