import type { NetworkInput } from '../networkContract.ts';
import { compareBig, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import { type Address, type AddressBook, isLoopback, isUnspecified } from './address.ts';
import type { Netspaces } from './netspaces.ts';
import type { SocketRows } from './socketRows.ts';

/**
 * Which pod or node an address belongs to, as of a time and per cluster. Learned from the local ends of connect and
 * listen, never from an accept, whose ends may be swapped. A pod holds its address for as long as anything of it is
 * seen; what two pods hold at once, or a pod and a host process, is the node's.
 */
export interface LocalAddresses {
  /** Who holds the address at the time: else who held it last before, else who is the first to. */
  readonly holderAt: (cluster: number, address: number, time: bigint | undefined) => Holder;
  /** Whether any process of this netspace used the address as its own. */
  readonly isHeldBy: (address: number, netspace: number) => boolean;
  /** Whether anything in the cluster ever used the address as its own. */
  readonly isLocal: (cluster: number, address: number) => boolean;
}

export interface Holder {
  readonly kind: 'none' | 'pod' | 'node';
  /** The pod's netspace; -1 when it is none. */
  readonly netspace: number;
  /**
   * Local to two pods at once and to no host process: a proxied leg, which adds no bytes. Where host processes hold
   * it too it is simply the node's own address, and pods on the host's network keep their bytes.
   */
  readonly shared: boolean;
}

const nobody: Holder = { kind: 'none', netspace: -1, shared: false };
const span = 2 ** 26;
const start = -(2n ** 63n);

interface Life {
  first: bigint;
  last: bigint;
}

/** From a time on, until the next boundary. */
interface Boundary {
  readonly time: bigint;
  readonly holder: Holder;
}

export function learnLocalAddresses(
  input: NetworkInput,
  rows: SocketRows,
  netspaces: Netspaces,
  book: AddressBook,
): LocalAddresses {
  const lives = readLives(input, rows, netspaces);
  const holders = new Map<number, Set<number>>();
  const heldByHost = new Set<number>();
  for (let row = 0; row < rows.count; row += 1) {
    const kind = rows.facts[row]?.kind;
    if (kind !== 'connect' && kind !== 'listen') continue;
    const process = rows.process[row] ?? -1;
    const address = rows.source[row] ?? -1;
    if (!canBelong(book.at(address)) || netspaces.isBelowPod(process)) continue;
    const netspace = netspaces.netspaceOf(process);
    const key = netspaces.clusterOf(process) * span + address;
    const held = holders.get(key);
    if (held === undefined) holders.set(key, new Set([netspace]));
    else held.add(netspace);
    if (!netspaces.isPod(netspace)) heldByHost.add(key);
  }
  const boundaries = new Map<number, readonly Boundary[]>();
  for (const [key, held] of holders) {
    const pods = [...held].filter(netspaces.isPod);
    boundaries.set(key, drawBoundaries(pods, lives, heldByHost.has(key), netspaces));
  }
  return {
    holderAt: (cluster, address, time) =>
      findAt(boundaries.get(cluster * span + address) ?? [], time ?? start),
    isHeldBy: (address, netspace) =>
      holders.get(netspaces.clusterOfNetspace(netspace) * span + address)?.has(netspace) ?? false,
    isLocal: (cluster, address) => holders.has(cluster * span + address),
  };
}

function canBelong(address: Address): boolean {
  return address.family !== 0 && !isLoopback(address) && !isUnspecified(address);
}

/** When each pod was seen: starts and ends of its processes, and its network events. */
function readLives(input: NetworkInput, rows: SocketRows, netspaces: Netspaces): Map<number, Life> {
  const lives = new Map<number, Life>();
  const see = (process: number, time: bigint | undefined): void => {
    const netspace = netspaces.netspaceOf(process);
    if (time === undefined || !netspaces.isPod(netspace)) return;
    const life = lives.get(netspace);
    if (life === undefined) lives.set(netspace, { first: time, last: time });
    else {
      if (time < life.first) life.first = time;
      if (time > life.last) life.last = time;
    }
  };
  for (const [index, process] of input.processes.entries()) {
    see(index, process.startTime);
    see(index, process.endTime);
  }
  for (let row = 0; row < rows.count; row += 1) see(rows.process[row] ?? -1, rows.facts[row]?.time);
  return lives;
}

/** One sweep over the starts and ends of the pods' lives: who holds the address from when on. */
function drawBoundaries(
  pods: readonly number[],
  lives: ReadonlyMap<number, Life>,
  heldByHost: boolean,
  netspaces: Netspaces,
): readonly Boundary[] {
  const moments: { time: bigint; netspace: number; starts: boolean }[] = [];
  for (const netspace of pods) {
    const life = lives.get(netspace);
    moments.push({ time: life?.first ?? start, netspace, starts: true });
    // The last moment still belongs to the pod.
    if (life !== undefined) moments.push({ time: life.last + 1n, netspace, starts: false });
  }
  moments.sort(
    (a, b) =>
      compareBig(a.time, b.time) ||
      Number(a.starts) - Number(b.starts) ||
      compareText(netspaces.nameOf(a.netspace), netspaces.nameOf(b.netspace)),
  );
  const boundaries: Boundary[] = [];
  if (heldByHost && pods.length === 0) {
    return [{ time: start, holder: { kind: 'node', netspace: -1, shared: false } }];
  }
  const alive = new Set<number>();
  for (const { time, netspace, starts } of moments) {
    const before = alive.size;
    if (starts) alive.add(netspace);
    else alive.delete(netspace);
    // Nobody is left: the address stays with whom it was last, until somebody else takes it.
    if (alive.size === 0 || (alive.size === before && boundaries.length > 0)) continue;
    boundaries.push({ time, holder: holderOf(alive, heldByHost) });
  }
  return boundaries;
}

function holderOf(alive: ReadonlySet<number>, heldByHost: boolean): Holder {
  if (heldByHost) return { kind: 'node', netspace: -1, shared: false };
  const shared = alive.size > 1;
  if (shared) return { kind: 'node', netspace: -1, shared };
  const [netspace = -1] = alive;
  return { kind: 'pod', netspace, shared };
}

/** The last boundary at or before the time, else the first. */
function findAt(boundaries: readonly Boundary[], time: bigint): Holder {
  const place = partitionPoint(boundaries.length, (index) => {
    const boundary = boundaries[index];
    return boundary !== undefined && boundary.time <= time;
  });
  return (boundaries[place - 1] ?? boundaries[0])?.holder ?? nobody;
}
