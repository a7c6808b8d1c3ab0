import { type AddressBook, isUnspecified } from './address.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import type { SocketRows } from './socketRows.ts';

/** The two ends of a socket as its own process sees them, and who called whom. */
export interface Ends {
  readonly process: number;
  readonly direction: 'outbound' | 'inbound' | 'listen';
  readonly localIp: number;
  readonly localPort: number;
  readonly remoteIp: number;
  readonly remotePort: number;
}

export interface EndsEvidence {
  readonly netspaces: Netspaces;
  readonly locals: LocalAddresses;
  readonly listeners: ListeningPorts;
  readonly book: AddressBook;
}

/** Ports that something in a netspace listens on: from listen events, and from the local ends of accepts. */
export interface ListeningPorts {
  readonly has: (netspace: number, port: number) => boolean;
}

/** The first port of the kernel's default range for callers (`ip_local_port_range`). */
const firstEphemeral = 32_768;

/** Collects listening ports; accepts are read after all listens, because their sides are told apart by them. */
export function readListeners(
  rows: SocketRows,
  netspaces: Netspaces,
  locals: LocalAddresses,
  book: AddressBook,
): ListeningPorts {
  const ports = new Set<number>();
  const listeners: ListeningPorts = {
    has: (netspace, port) => ports.has(netspace * 65_536 + port),
  };
  const note = (process: number, port: number): void => {
    if (port > 0) ports.add(netspaces.netspaceOf(process) * 65_536 + port);
  };
  const accepts: number[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    const kind = rows.facts[row]?.kind;
    if (kind === 'listen') note(rows.process[row] ?? -1, rows.sourcePort[row] ?? 0);
    else if (kind === 'accept') accepts.push(row);
  }
  const accepted = accepts.map((row) => {
    const process = rows.process[row] ?? -1;
    const side = listeningSide(row, rows, { netspaces, locals, listeners, book });
    if (side === undefined) return { process, port: 0 };
    return { process, port: endsOf(row, rows, 'inbound', side === 'source').localPort };
  });
  for (const { process, port } of accepted) note(process, port);
  return listeners;
}

/**
 * Tells the ends of one socket from the rows of it, sorted:
 *
 * - connect: the source is local, outbound. listen: the source is local.
 * - accept: inbound. Agents print either end first; local is the end with an address of the own pod, else the one
 *   with a listening port, else the source of the socket's close and statistics, else the end outside the ephemeral
 *   range, else the destination.
 * - neither (open before observation began, or not traced): close and statistics print the local end first, unless
 *   only the other is the pod's own address. Inbound when the local port is listened on; outbound when the remote
 *   one is, by whoever holds that address; else the caller is the end in the ephemeral range (32768 and above), else
 *   the one with the higher port; equal ports: outbound. Without a remote end: a listener, or a caller of many when
 *   its port is ephemeral.
 */
export function chooseEnds(
  part: readonly number[],
  rows: SocketRows,
  evidence: EndsEvidence,
): Ends {
  let connect = -1;
  let accept = -1;
  let listen = -1;
  for (const row of part) {
    const kind = rows.facts[row]?.kind;
    if (kind === 'connect' && connect < 0) connect = row;
    if (kind === 'accept' && accept < 0) accept = row;
    if (kind === 'listen' && listen < 0) listen = row;
  }
  if (connect >= 0) return endsOf(connect, rows, 'outbound', true);
  if (accept >= 0) return acceptEnds(part, accept, rows, evidence);
  if (listen >= 0) return endsOf(listen, rows, 'listen', true);
  return orphanEnds(part, rows, evidence);
}

function acceptEnds(
  part: readonly number[],
  accept: number,
  rows: SocketRows,
  evidence: EndsEvidence,
): Ends {
  const side = listeningSide(accept, rows, evidence);
  if (side !== undefined) return endsOf(accept, rows, 'inbound', side === 'source');
  const other = part.find((row) => {
    const kind = rows.facts[row]?.kind;
    return kind === 'close' || kind === 'sock_stats';
  });
  if (other !== undefined) return endsOf(other, rows, 'inbound', true);
  return endsOf(accept, rows, 'inbound', callerSide(accept, rows) === 'destination');
}

/** The accepting end of an accept as far as the log proves it. */
function listeningSide(
  accept: number,
  rows: SocketRows,
  evidence: EndsEvidence,
): 'source' | 'destination' | undefined {
  const own = ownSide(accept, rows, evidence);
  if (own !== undefined) return own;
  const { netspaces, listeners } = evidence;
  const netspace = netspaces.netspaceOf(rows.process[accept] ?? -1);
  const source = listeners.has(netspace, rows.sourcePort[accept] ?? 0);
  const destination = listeners.has(netspace, rows.destinationPort[accept] ?? 0);
  if (source === destination) return undefined;
  return source ? 'source' : 'destination';
}

/** The end whose port is from the range for callers, when only one is. */
function callerSide(row: number, rows: SocketRows): 'source' | 'destination' | undefined {
  const source = (rows.sourcePort[row] ?? 0) >= firstEphemeral;
  const destination = (rows.destinationPort[row] ?? 0) >= firstEphemeral;
  if (source === destination) return undefined;
  return source ? 'source' : 'destination';
}

function orphanEnds(part: readonly number[], rows: SocketRows, evidence: EndsEvidence): Ends {
  // `tls` and `http` may be printed from either end; what counts bytes prints its own end first.
  const counting = part.find((row) => {
    const kind = rows.facts[row]?.kind;
    return kind !== 'tls' && kind !== 'http';
  });
  const row = counting ?? part[0] ?? -1;
  const localIsSource = ownSide(row, rows, evidence) !== 'destination';
  const ends = endsOf(row, rows, 'outbound', localIsSource);
  return { ...ends, direction: guessDirection(ends, evidence) };
}

function guessDirection(ends: Ends, evidence: EndsEvidence): Ends['direction'] {
  const { netspaces, locals, listeners, book } = evidence;
  const { localPort, remotePort } = ends;
  const remote = book.at(ends.remoteIp);
  const listens = listeners.has(netspaces.netspaceOf(ends.process), localPort);
  if (remotePort === 0 && (remote.text === '' || isUnspecified(remote))) {
    return listens || localPort < firstEphemeral ? 'listen' : 'outbound';
  }
  if (listens) return 'inbound';
  const holder = locals.holderAt(netspaces.clusterOf(ends.process), ends.remoteIp, undefined);
  if (holder.kind === 'pod' && listeners.has(holder.netspace, remotePort)) return 'outbound';
  const localEphemeral = localPort >= firstEphemeral;
  const remoteEphemeral = remotePort >= firstEphemeral;
  if (localEphemeral !== remoteEphemeral) return remoteEphemeral ? 'inbound' : 'outbound';
  return localPort < remotePort ? 'inbound' : 'outbound';
}

/** The end that is the own pod's (or node's) address, when exactly one is. */
function ownSide(
  row: number,
  rows: SocketRows,
  { netspaces, locals }: EndsEvidence,
): 'source' | 'destination' | undefined {
  const netspace = netspaces.netspaceOf(rows.process[row] ?? -1);
  const source = locals.isHeldBy(rows.source[row] ?? -1, netspace);
  const destination = locals.isHeldBy(rows.destination[row] ?? -1, netspace);
  if (source === destination) return undefined;
  return source ? 'source' : 'destination';
}

function endsOf(
  row: number,
  rows: SocketRows,
  direction: Ends['direction'],
  localIsSource: boolean,
): Ends {
  const source = { ip: rows.source[row] ?? -1, port: rows.sourcePort[row] ?? 0 };
  const destination = { ip: rows.destination[row] ?? -1, port: rows.destinationPort[row] ?? 0 };
  const local = localIsSource ? source : destination;
  const remote = localIsSource ? destination : source;
  return {
    process: rows.process[row] ?? -1,
    direction,
    localIp: local.ip,
    localPort: local.port,
    remoteIp: remote.ip,
    remotePort: remote.port,
  };
}
