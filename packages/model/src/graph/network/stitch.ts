import type { Hop } from '../derived.ts';
import type { NetworkInput } from '../networkContract.ts';
import { compareBig, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import { type AddressBook, compareAddresses, isLoopback, isUnspecified } from './address.ts';
import { addTo } from './lists.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import { rangeOf } from './scope.ts';
import type { Socket } from './socket.ts';

/**
 * Joins the two ends of one conversation (semantics, Stitch): a caller's socket and the accepted one with the same
 * addresses and ports in overlapping time, in either order of print. Behind a service address the accepted socket has
 * the caller's address and port but another local end (DNAT). Never across clusters; loopback only inside one pod.
 *
 * Left out on purpose: SNAT, meshes and gateways change the caller's end and are not stitchable, and a sidecar proxy
 * is not inferred from equal byte counts (`via proxy`): that needs the proxy's both legs in time, and wrong hops cost
 * more than missing ones.
 */
export interface Stitch {
  /** Index of the caller's socket. */
  readonly client: number;
  /** Index of the accepted socket; -1: only the listener is known. */
  readonly server: number;
  /** The card at the other end: the owner of the listening socket, else who accepted. */
  readonly peer: number;
  /** The caller reached it through a translated address. */
  readonly translated: boolean;
  readonly evidence: string;
  readonly confidence: Hop['confidence'];
}

export interface StitchEvidence {
  readonly input: NetworkInput;
  readonly netspaces: Netspaces;
  readonly locals: LocalAddresses;
  readonly book: AddressBook;
}

/** Clocks of two nodes under NTP, and of two hooks on one: sockets that miss each other by less overlap. */
const slack = 1_000_000_000n;
const forever = 2n ** 63n;

/** All stitches, at most one per calling socket. Linear in sockets but for sorting, whatever the tuples. */
export function stitchSockets(sockets: readonly Socket[], evidence: StitchEvidence): Stitch[] {
  const index = indexServers(sockets, evidence);
  const listeners = indexListeners(sockets, evidence);
  const stitches: Stitch[] = [];
  const unmatched: number[] = [];
  // Whoever is called by its own address is taken: no translated call can have led there as well.
  const taken = new Set<number>();
  for (const [client, socket] of sockets.entries()) {
    if (socket.direction !== 'outbound') continue;
    const found = matchTuple(client, sockets, index, evidence);
    if (found === undefined) unmatched.push(client);
    else {
      stitches.push(found);
      taken.add(found.server);
    }
  }
  for (const client of unmatched) {
    const found =
      matchTranslated(client, sockets, index, taken, evidence) ??
      matchListener(client, sockets, listeners, evidence);
    if (found !== undefined) stitches.push(found);
  }
  return stitches.map((stitch) => preferListener(stitch, sockets, listeners, evidence));
}

/** Best first. */
const grades: readonly Hop['confidence'][] = ['certain', 'likely', 'inferred'];

/** Better evidence first; text decides among equals, so that the order of facts never does. */
export function compareEvidence(
  a: Pick<Stitch, 'confidence' | 'evidence'>,
  b: Pick<Stitch, 'confidence' | 'evidence'>,
): number {
  const grade = grades.indexOf(a.confidence) - grades.indexOf(b.confidence);
  return grade === 0 ? compareText(a.evidence, b.evidence) : grade;
}

interface ServerIndex {
  /** By cluster (pod, for loopback), protocol, caller's end, accepting end. */
  readonly byTuple: ReadonlyMap<string, readonly number[]>;
  /** By cluster, protocol, caller's end. */
  readonly byCaller: ReadonlyMap<string, readonly number[]>;
}

function indexServers(sockets: readonly Socket[], evidence: StitchEvidence): ServerIndex {
  const byTuple = new Map<string, number[]>();
  const byCaller = new Map<string, number[]>();
  for (const [at, socket] of sockets.entries()) {
    if (socket.direction !== 'inbound') continue;
    const caller = { ip: socket.remoteIp, port: socket.remotePort };
    const local = { ip: socket.localIp, port: socket.localPort };
    addTo(byTuple, tupleKey(socket, caller, local, evidence), at);
    if (!isOwnMachine(socket.remoteIp, evidence))
      addTo(byCaller, callerKey(socket, caller, evidence), at);
  }
  const order = (a: number, b: number): number => {
    const left = sockets[a];
    const right = sockets[b];
    if (left === undefined || right === undefined) return 0;
    return (
      compareBig(anchorOf(left), anchorOf(right)) ||
      left.process - right.process ||
      compareAddresses(evidence.book.at(left.localIp), evidence.book.at(right.localIp)) ||
      left.localPort - right.localPort
    );
  };
  for (const list of byTuple.values()) list.sort(order);
  for (const list of byCaller.values()) list.sort(order);
  return { byTuple, byCaller };
}

interface Endpoint {
  readonly ip: number;
  readonly port: number;
}

function tupleKey(socket: Socket, caller: Endpoint, called: Endpoint, evidence: StitchEvidence) {
  const realm =
    isOwnMachine(caller.ip, evidence) || isOwnMachine(called.ip, evidence)
      ? `l${evidence.netspaces.netspaceOf(socket.process)}`
      : `c${evidence.netspaces.clusterOf(socket.process)}`;
  return `${realm} ${socket.protocol} ${caller.ip}:${caller.port} ${called.ip}:${called.port}`;
}

function callerKey(socket: Socket, caller: Endpoint, { netspaces }: StitchEvidence): string {
  return `${netspaces.clusterOf(socket.process)} ${socket.protocol} ${caller.ip}:${caller.port}`;
}

function isOwnMachine(ip: number, { book }: StitchEvidence): boolean {
  const address = book.at(ip);
  return isLoopback(address) || isUnspecified(address) || address.family === 0;
}

function matchTuple(
  client: number,
  sockets: readonly Socket[],
  { byTuple }: ServerIndex,
  evidence: StitchEvidence,
): Stitch | undefined {
  const socket = sockets[client];
  if (socket === undefined) return undefined;
  const caller = { ip: socket.localIp, port: socket.localPort };
  const called = { ip: socket.remoteIp, port: socket.remotePort };
  const server = nearest(socket, byTuple.get(tupleKey(socket, caller, called, evidence)), sockets);
  const accepted = sockets[server];
  if (accepted === undefined) return undefined;
  const bothOpened = socket.openSeen && accepted.openSeen;
  return {
    client,
    server,
    peer: accepted.process,
    translated: false,
    evidence: bothOpened
      ? 'connect and accept with the same addresses and ports'
      : 'both ends report the same addresses and ports; the connection was already open',
    confidence: bothOpened ? 'certain' : 'likely',
  };
}

function matchTranslated(
  client: number,
  sockets: readonly Socket[],
  { byCaller }: ServerIndex,
  taken: ReadonlySet<number>,
  evidence: StitchEvidence,
): Stitch | undefined {
  const socket = sockets[client];
  if (socket === undefined || isOwnMachine(socket.remoteIp, evidence)) return undefined;
  if (isOwnMachine(socket.localIp, evidence) || socket.localPort === 0) return undefined;
  const { netspaces, locals, book } = evidence;
  const time = socket.opened ?? socket.firstSeen;
  const holder = locals.holderAt(netspaces.clusterOf(socket.process), socket.remoteIp, time);
  // What a pod holds is not translated: an accept elsewhere from this end is another conversation.
  if (holder.kind === 'pod') return undefined;
  const caller = { ip: socket.localIp, port: socket.localPort };
  const candidates = byCaller.get(callerKey(socket, caller, evidence));
  const server = nearest(socket, candidates, sockets, taken);
  const accepted = sockets[server];
  if (accepted === undefined || accepted.process === socket.process) return undefined;
  const isService = holder.kind === 'none' && rangeOf(book.at(socket.remoteIp)) === 'private';
  return {
    client,
    server,
    peer: accepted.process,
    translated: true,
    evidence: `through ${book.at(socket.remoteIp).text}:${socket.remotePort}: accepted with the caller's address and port`,
    confidence: isService ? 'likely' : 'inferred',
  };
}

/** Nobody was seen to accept, but the called pod has a process that listens on the port. */
function matchListener(
  client: number,
  sockets: readonly Socket[],
  listeners: ListenerIndex,
  evidence: StitchEvidence,
): Stitch | undefined {
  const socket = sockets[client];
  if (socket === undefined) return undefined;
  const { netspaces, locals } = evidence;
  const time = socket.opened ?? socket.firstSeen;
  const netspace = isOwnMachine(socket.remoteIp, evidence)
    ? netspaces.netspaceOf(socket.process)
    : podAt(locals, netspaces.clusterOf(socket.process), socket.remoteIp, time);
  const key = listenerKey(netspace, socket.protocol, socket.remotePort);
  const listener =
    netspace < 0 ? undefined : listenerAt(listeners.get(key), time, socket.remoteIp, evidence);
  if (listener === undefined) return undefined;
  return {
    client,
    server: -1,
    peer: listener.process,
    translated: false,
    evidence: 'connect to an address and port that this process listens on; no accept seen',
    confidence: 'inferred',
  };
}

function podAt(locals: LocalAddresses, cluster: number, ip: number, time: bigint | undefined) {
  const holder = locals.holderAt(cluster, ip, time);
  return holder.kind === 'pod' ? holder.netspace : -1;
}

interface Listener {
  readonly process: number;
  readonly ip: number;
  readonly since: bigint;
}

interface Listeners {
  /** By the time they began to listen. */
  readonly list: Listener[];
  readonly processes: Set<number>;
}

type ListenerIndex = ReadonlyMap<string, Listeners>;

function listenerKey(netspace: number, protocol: string, port: number): string {
  return `${netspace} ${protocol} ${port}`;
}

function indexListeners(sockets: readonly Socket[], { netspaces }: StitchEvidence): ListenerIndex {
  const index = new Map<string, Listeners>();
  for (const socket of sockets) {
    if (socket.direction !== 'listen' || !socket.openSeen) continue;
    const key = listenerKey(
      netspaces.netspaceOf(socket.process),
      socket.protocol,
      socket.localPort,
    );
    const since = socket.opened ?? -forever;
    const listeners = index.get(key) ?? { list: [], processes: new Set() };
    listeners.list.push({ process: socket.process, ip: socket.localIp, since });
    listeners.processes.add(socket.process);
    index.set(key, listeners);
  }
  for (const { list } of index.values()) {
    list.sort((a, b) => compareBig(a.since, b.since) || a.process - b.process);
  }
  return index;
}

/** The latest listener at the time whose process had not ended; a bounded look back. */
function listenerAt(
  listeners: Listeners | undefined,
  time: bigint | undefined,
  ip: number,
  { input, book }: StitchEvidence,
): Listener | undefined {
  if (listeners === undefined) return undefined;
  const { list } = listeners;
  const at = time ?? forever;
  const place = partitionPoint(
    list.length,
    (index) => (list[index]?.since ?? forever) <= at + slack,
  );
  for (let back = place - 1; back >= 0 && back > place - 65; back -= 1) {
    const listener = list[back];
    if (listener === undefined) break;
    const end = input.processes[listener.process]?.endTime;
    const bound = book.at(listener.ip);
    const hears = listener.ip === ip || bound.text === '' || isUnspecified(bound);
    if (hears && (end === undefined || end + slack >= at)) return listener;
  }
  return undefined;
}

/** The kernel may name whoever ran when the connection came in: the owner of the listening socket is surer. */
function preferListener(
  stitch: Stitch,
  sockets: readonly Socket[],
  listeners: ListenerIndex,
  evidence: StitchEvidence,
): Stitch {
  const accepted = sockets[stitch.server];
  if (accepted === undefined) return stitch;
  const netspace = evidence.netspaces.netspaceOf(accepted.process);
  const known = listeners.get(listenerKey(netspace, accepted.protocol, accepted.localPort));
  if (known === undefined || known.processes.has(accepted.process)) return stitch;
  const time = accepted.opened ?? accepted.firstSeen;
  const owner = listenerAt(known, time, accepted.localIp, evidence);
  if (owner === undefined || owner.process === accepted.process) return stitch;
  return {
    ...stitch,
    peer: owner.process,
    evidence: `${stitch.evidence}; owner of the listening socket`,
  };
}

/** The overlapping server whose opening lies nearest to the caller's; eight neighbours are looked at. */
function nearest(
  client: Socket,
  candidates: readonly number[] | undefined,
  sockets: readonly Socket[],
  taken?: ReadonlySet<number>,
): number {
  if (candidates === undefined) return -1;
  const anchor = anchorOf(client);
  const place = partitionPoint(candidates.length, (index) => {
    const socket = sockets[candidates[index] ?? -1];
    return socket !== undefined && anchorOf(socket) < anchor;
  });
  let best = -1;
  let bestDistance = forever * 4n;
  for (let at = Math.max(0, place - 4); at < Math.min(candidates.length, place + 4); at += 1) {
    const candidate = candidates[at] ?? -1;
    const socket = sockets[candidate];
    if (socket === undefined || taken?.has(candidate) === true) continue;
    if (!overlap(client, socket)) continue;
    const gap = anchorOf(socket) - anchor;
    const distance = gap < 0n ? -gap : gap;
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Its opening; for a connection that was already open, the first thing seen of it. */
function anchorOf(socket: Socket): bigint {
  return socket.opened ?? socket.firstSeen ?? -forever;
}

/** Without an opening it was open before; without a close it may be open still. */
function overlap(a: Socket, b: Socket): boolean {
  const startA = a.opened ?? -forever;
  const startB = b.opened ?? -forever;
  const endA: bigint = a.closed ?? forever;
  const endB: bigint = b.closed ?? forever;
  return startA <= endB + slack && startB <= endA + slack;
}
