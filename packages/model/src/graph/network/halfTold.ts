import { compareAbsentLast, compareText, earlier, later } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { Socket, SocketName } from './socket.ts';
import { graver } from './verdict.ts';

/** Clocks of two agents on one node: what they tell of one call lies this near. */
const SLACK = 1_000_000_000n;
const MOST_NAMES = 64;
/** Neighbours that are looked at on either side of a moment. */
const NEAR = 4;

/**
 * Joins what one agent tells without the process's own end (KubeArmor's connects and accepts) to the connection that another
 * tells in full: of the same process, with the same far end, at about the same moment, each to one of its own. It adds its
 * judgement and names; what finds no other stays a connection by itself.
 */
export function joinHalfTold(sockets: Socket[]): Socket[] {
  const half = sockets.filter(isHalf);
  if (half.length === 0) return sockets;
  const full = new Map<string, number[]>();
  for (const [index, socket] of sockets.entries()) {
    if (isHalf(socket) || socket.direction === 'listen' || socket.opened === undefined) continue;
    const key = keyOf(socket);
    const known = full.get(key);
    if (known === undefined) full.set(key, [index]);
    else known.push(index);
  }
  const compare = (a: number, b: number): number => compareSockets(sockets[a], sockets[b]);
  for (const indexes of full.values()) indexes.sort(compare);
  const joined = [...sockets];
  const gone = new Set<Socket>();
  // The earliest chooses first, whatever the order they came in.
  for (const socket of half.sort(compareSockets)) {
    const at = nearest(socket, full.get(keyOf(socket)) ?? [], joined);
    const taker = joined[at];
    if (taker === undefined) continue;
    joined[at] = withHalf(taker, socket);
    gone.add(socket);
  }
  return gone.size === 0 ? sockets : joined.filter((socket) => !gone.has(socket));
}

function isHalf({ direction, localPort, remotePort, opened }: Socket): boolean {
  return direction !== 'listen' && localPort === 0 && remotePort !== 0 && opened !== undefined;
}

function keyOf({ process, direction, remoteIp, remotePort }: Socket): string {
  return `${process} ${direction} ${remoteIp} ${remotePort}`;
}

/** Index of the nearest in time that none of the same agents has told of; -1: none is near. */
function nearest(half: Socket, indexes: readonly number[], sockets: readonly Socket[]): number {
  const time = half.opened;
  if (time === undefined) return -1;
  const place = partitionPoint(indexes.length, (index) => {
    const opened = sockets[indexes[index] ?? -1]?.opened;
    return opened !== undefined && opened < time;
  });
  let best = -1;
  let least = SLACK;
  for (const index of indexes.slice(Math.max(0, place - NEAR), place + NEAR)) {
    const socket = sockets[index];
    if (socket?.opened === undefined || (socket.tellers & half.tellers) !== 0) continue;
    if (socket.protocol !== half.protocol && socket.protocol !== '' && half.protocol !== '')
      continue;
    const apart = socket.opened < time ? time - socket.opened : socket.opened - time;
    if (apart > least || (apart === least && best >= 0)) continue;
    [best, least] = [index, apart];
  }
  return best;
}

/** When it was opened is what the agent that knows more says. */
function withHalf(socket: Socket, half: Socket): Socket {
  const names = new Map<string, SocketName>();
  for (const name of [...socket.names, ...half.names]) {
    const key = `${name.evidence}\0${name.name}`;
    if (names.size < MOST_NAMES && !names.has(key)) names.set(key, name);
  }
  return {
    ...socket,
    protocol: socket.protocol || half.protocol,
    firstSeen: earlier(socket.firstSeen, half.firstSeen),
    lastSeen: later(socket.lastSeen, half.lastSeen),
    names: [...names.values()],
    peerPods: [...new Set([...socket.peerPods, ...half.peerPods])].sort(),
    verdict: graver(socket.verdict, half.verdict),
    tellers: socket.tellers | half.tellers,
  };
}

function compareSockets(a: Socket | undefined, b: Socket | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return (
    compareAbsentLast(a.opened, b.opened) ||
    a.process - b.process ||
    a.tellers - b.tellers ||
    a.localPort - b.localPort ||
    compareText(a.protocol, b.protocol) ||
    compareAbsentLast(a.lastSeen, b.lastSeen) ||
    compareAbsentLast(a.closed, b.closed) ||
    compareAbsentLast(a.bytesSent, b.bytesSent) ||
    compareAbsentLast(a.bytesReceived, b.bytesReceived) ||
    compareText(a.verdict?.verdict ?? '', b.verdict?.verdict ?? '') ||
    compareText(a.verdict?.reason ?? '', b.verdict?.reason ?? '') ||
    compareText(namesText(a), namesText(b))
  );
}

function namesText({ names }: Socket): string {
  return names.map(({ evidence, name }) => `${evidence} ${name}`).join('\n');
}
