import { partitionPoint } from '../partitionPoint.ts';
import { type AddressBook, isUnspecified } from './address.ts';
import type { Socket } from './socket.ts';

/** A hook that runs before the kernel chose the local end is this much earlier at most than one that runs after. */
const slack = 1_000_000_000n;
const span = 2 ** 26;

/**
 * Drops connects without a local end that another hook reports with one: `security_socket_connect` and `tcp_connect`
 * of one call are one connection. One that stands alone stays.
 */
export function mergeBlindConnects(sockets: Socket[], book: AddressBook): Socket[] {
  const isBlind = (socket: Socket): boolean => {
    if (socket.direction !== 'outbound' || socket.localPort !== 0) return false;
    const local = book.at(socket.localIp);
    return local.family === 0 || isUnspecified(local);
  };
  if (!sockets.some(isBlind)) return sockets;
  const openings = new Map<number, Map<number, bigint[]>>();
  for (const socket of sockets) {
    if (socket.opened === undefined || socket.direction !== 'outbound' || isBlind(socket)) continue;
    const byRemote = openings.get(socket.process) ?? new Map<number, bigint[]>();
    openings.set(socket.process, byRemote);
    const times = byRemote.get(remoteKey(socket));
    if (times === undefined) byRemote.set(remoteKey(socket), [socket.opened]);
    else times.push(socket.opened);
  }
  for (const byRemote of openings.values()) {
    for (const times of byRemote.values()) times.sort((a, b) => (a < b ? -1 : Number(a > b)));
  }
  return sockets.filter((socket) => {
    if (!isBlind(socket) || socket.opened === undefined) return true;
    const times = openings.get(socket.process)?.get(remoteKey(socket)) ?? [];
    const next = times[firstAtLeast(times, socket.opened)];
    return next === undefined || next > socket.opened + slack;
  });
}

function remoteKey({ remoteIp, remotePort }: Socket): number {
  return remotePort * span + remoteIp;
}

function firstAtLeast(times: readonly bigint[], time: bigint): number {
  return partitionPoint(times.length, (index) => (times[index] ?? time) < time);
}
