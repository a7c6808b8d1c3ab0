import { compareBig, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import { addTo } from './lists.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket, SocketName } from './socket.ts';

/** Clocks of a node and of whoever watched the wire: a socket and its flow overlap within this (formats, 3). */
export const SLACK = 2_000_000_000n;
const FOREVER = 2n ** 62n;
const span = 2 ** 26;

/** What of a conversation tells whose it is, as somebody saw it who sees no processes. `process` is the place where it was seen. */
export type Watched = Pick<
  Socket,
  | 'process'
  | 'direction'
  | 'protocol'
  | 'localIp'
  | 'localPort'
  | 'remoteIp'
  | 'remotePort'
  | 'firstSeen'
  | 'lastSeen'
>;

/** Of more sockets with one end than so many that began before a flow was over, the latest are compared with it. */
const MOST_NEAR = 64;

/** The sockets of processes, by the ends that a flow can be compared with. */
export class OwnSockets {
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
      if (localPort === 0) addTo(this.#blind, this.#remoteKey(socket), index);
      else {
        addTo(this.#byEnds, this.#endsKey(socket), index);
        if (direction === 'outbound') addTo(this.#byCaller, this.#callerKey(socket), index);
      }
    }
    for (const lists of [this.#byEnds, this.#byCaller, this.#blind]) {
      for (const list of lists.values()) {
        if (list.length > 1) list.sort((a, b) => this.#compare(a, b));
      }
    }
  }

  /** The socket that a flow is of; undefined as for `takerOf`. */
  socketOf(flow: Watched): Socket | undefined {
    return this.#sockets[this.takerOf(flow) ?? -1];
  }

  /** Index of the socket that a flow is of; undefined: none, or the flow may be of several processes. */
  takerOf(flow: Watched): number | undefined {
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
  #near(indexes: readonly number[] = [], flow: Watched): number[] {
    const latest = (flow.lastSeen ?? FOREVER) + SLACK;
    const end = partitionPoint(indexes.length, (at) => this.#firstOf(indexes[at]) <= latest);
    return indexes.slice(Math.max(0, end - MOST_NEAR), end).filter((index) => {
      const socket = this.#sockets[index];
      return (
        socket?.direction === flow.direction &&
        (socket.protocol === flow.protocol || socket.protocol === '' || flow.protocol === '') &&
        overlaps(socket, flow)
      );
    });
  }

  #compare(a: number, b: number): number {
    const [first, second] = [this.#sockets[a], this.#sockets[b]];
    return first === undefined || second === undefined ? 0 : compareSockets(first, second);
  }

  #firstOf(index: number | undefined): bigint {
    return this.#sockets[index ?? -1]?.firstSeen ?? -FOREVER;
  }

  /** By how far their beginnings lie apart; ties by the sockets' own order of ends, then of processes. */
  #nearest(indexes: readonly number[], flow: Watched): number | undefined {
    return [...indexes].sort((a, b) => {
      const [first, second] = [this.#sockets[a], this.#sockets[b]];
      if (first === undefined || second === undefined) return 0;
      return compareBig(apart(first, flow), apart(second, flow)) || compareSockets(first, second);
    })[0];
  }

  #callerKey({ process, localIp, localPort }: Watched): string {
    return `${this.#netspaces.clusterOf(process)} ${localIp * 65_536 + localPort}`;
  }

  #endsKey(socket: Watched): string {
    return `${this.#callerKey(socket)} ${socket.remoteIp * 65_536 + socket.remotePort}`;
  }

  #remoteKey({ process, remoteIp, remotePort }: Watched): string {
    return `${this.#netspaces.netspaceOf(process)} ${remotePort * span + remoteIp}`;
  }
}

/** Without a time either may have been at any. */
function overlaps(a: Socket, b: Watched): boolean {
  const from = a.firstSeen ?? -FOREVER;
  const to = a.closed ?? a.lastSeen ?? FOREVER;
  const end = a.closed === undefined && a.openSeen ? FOREVER : to;
  return (b.firstSeen ?? from) <= end + SLACK && (b.lastSeen ?? to) >= from - SLACK;
}

function apart(a: Watched, b: Watched): bigint {
  if (a.firstSeen === undefined || b.firstSeen === undefined) return FOREVER;
  const between = a.firstSeen - b.firstSeen;
  return between < 0n ? -between : between;
}

/** One name with its evidence. */
export function nameKey({ name, evidence }: SocketName): string {
  return `${evidence}\0${name}`;
}

/** A total order, by beginning first. */
export function compareSockets(a: Socket, b: Socket): number {
  return (
    compareBig(a.firstSeen ?? -FOREVER, b.firstSeen ?? -FOREVER) ||
    a.process - b.process ||
    a.localPort - b.localPort ||
    a.remotePort - b.remotePort ||
    compareText(a.protocol, b.protocol) ||
    compareText(a.names.map(nameKey).join(), b.names.map(nameKey).join())
  );
}
