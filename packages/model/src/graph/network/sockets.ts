import type { SocketFact } from '../../event/facts.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { AddressBook } from './address.ts';
import { mergeBlindConnects } from './blindConnects.ts';
import { joinHalfTold } from './halfTold.ts';
import { addTo } from './lists.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket } from './socket.ts';
import { cutIntoSockets, finishDraft } from './socketDraft.ts';
import { chooseEnds, readListeners } from './socketEnds.ts';
import { compareAbsentFirst, compareSocketFacts } from './socketOrder.ts';
import { protocolOf, type SocketRows } from './socketRows.ts';

/** How far an event without a cookie may lie from a socket and still be its own: clocks of two hooks, 1 s. */
const slack = 1_000_000_000n;

/**
 * Joins socket events to sockets. A function of the set of facts: order and repetition change nothing.
 *
 * Per process and unordered 4-tuple, events of one cookie make sockets in the order of time, at equal times the close
 * last: a falling counter, or a connect or accept after a close, begins the next one; statistics after a close belong
 * to the closed one. Events without a cookie (kprobes, `tls`) join the socket of the tuple that was open then, else
 * make sockets of their own. Events without a time join the first.
 *
 * `send` events (tcp_sendmsg, udp_sendmsg) show that a socket exists. A size on them is of one message: sizes add up
 * to bytes sent only where no event of the socket has counters.
 */
export function joinSockets(
  rows: SocketRows,
  netspaces: Netspaces,
  locals: LocalAddresses,
  book: AddressBook,
): Socket[] {
  const listeners = readListeners(rows, netspaces, locals, book);
  const sockets: Socket[] = [];
  for (const group of groupRows(rows)) {
    for (const part of splitByCookie(group, rows)) {
      const ends = chooseEnds(part, rows, { netspaces, locals, listeners, book });
      for (const draft of cutIntoSockets(part, rows)) sockets.push(finishDraft(draft, ends));
    }
  }
  return joinHalfTold(mergeBlindConnects(sockets, book));
}

/** Rows by process and unordered tuple. */
function groupRows(rows: SocketRows): Iterable<number[]> {
  const span = 2 ** 26;
  const endpointIds = new Map<number, number>();
  const pairIds = new Map<number, number>();
  const groups = new Map<number, number[]>();
  for (let row = 0; row < rows.count; row += 1) {
    const source = denseId(
      endpointIds,
      (rows.source[row] ?? 0) * 65_536 + (rows.sourcePort[row] ?? 0),
    );
    const destination = denseId(
      endpointIds,
      (rows.destination[row] ?? 0) * 65_536 + (rows.destinationPort[row] ?? 0),
    );
    const low = Math.min(source, destination);
    const pair = denseId(pairIds, low * span + Math.max(source, destination));
    const key = (rows.process[row] ?? 0) * span + pair;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups.values();
}

function denseId(ids: Map<number, number>, key: number): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  const id = ids.size;
  ids.set(key, id);
  return id;
}

/** The rows of each socket identity within a tuple, sorted by time. */
function splitByCookie(group: number[], rows: SocketRows): number[][] {
  if (group.length === 1) return [group];
  group.sort((a, b) => compareSocketFacts(rows.facts[a], rows.facts[b]));
  const parts = new Map<string, number[]>();
  const loose: number[] = [];
  for (const row of group) {
    const fact = rows.facts[row];
    if (fact === undefined) continue;
    if (fact.cookie === '') loose.push(row);
    else addTo(parts, fact.cookie, row);
  }
  if (loose.length === 0) return [...parts.values()];
  if (parts.size === 0) return splitLoose(loose, rows);
  return joinLoose([...parts.values()], loose, rows);
}

/**
 * Without any cookie the tuple and the process are the identity. A process that talks to itself has both ends of one
 * tuple: what stands on the accepting side (its accept, and what prints that side as its own) is another socket.
 * Records that name no protocol (`tls`) join the socket they fit in time.
 */
function splitLoose(loose: readonly number[], rows: SocketRows): number[][] {
  const connect = loose.find((row) => rows.facts[row]?.kind === 'connect');
  const both = connect !== undefined && loose.some((row) => rows.facts[row]?.kind === 'accept');
  const parts = new Map<string, number[]>();
  for (const row of loose) {
    const fact = rows.facts[row];
    if (fact === undefined) continue;
    const protocol = protocolOf(fact);
    const mine = connect !== undefined && sameSource(row, connect, rows) && fact.kind !== 'accept';
    const side = !both || protocol === '' || mine ? 'client' : 'server';
    addTo(parts, `${side} ${protocol}`, row);
  }
  const unnamed = parts.get(noProtocol);
  if (unnamed === undefined || parts.size === 1) return [...parts.values()];
  parts.delete(noProtocol);
  return joinLoose([...parts.values()], unnamed, rows);
}

const noProtocol = 'client ';

function sameSource(a: number, b: number, rows: SocketRows): boolean {
  return rows.source[a] === rows.source[b] && rows.sourcePort[a] === rows.sourcePort[b];
}

/** Gives each loose row to the part that was open at its time; `tls` and `http` to the nearest one in any case. */
function joinLoose(parts: number[][], loose: readonly number[], rows: SocketRows): number[][] {
  const spans = parts
    .map((part) => ({ part, first: firstTime(part, rows), last: lastTime(part, rows) }))
    .sort(
      (a, b) =>
        compareAbsentFirst(a.first, b.first) ||
        compareSocketFacts(factOf(a.part, rows), factOf(b.part, rows)),
    );
  const own: number[] = [];
  const grown = new Set<number[]>();
  for (const row of loose) {
    const fact = rows.facts[row];
    const time = fact?.time;
    // The last one that began before; a tuple is not in use twice at once, so this is the one.
    const place = partitionPoint(spans.length, (index) => {
      const first = spans[index]?.first;
      return first === undefined || (time !== undefined && first <= time + slack);
    });
    const near = spans[Math.max(0, place - 1)];
    if (near === undefined) continue;
    const isOpen = time === undefined || near.last === undefined || near.last + slack >= time;
    const isNear = isOpen && (place > 0 || time === undefined);
    if (isNear || fact?.kind === 'tls' || fact?.kind === 'http') {
      near.part.push(row);
      grown.add(near.part);
    } else own.push(row);
  }
  for (const part of grown) part.sort((a, b) => compareSocketFacts(rows.facts[a], rows.facts[b]));
  return own.length === 0 ? parts : [...parts, ...splitLoose(own, rows)];
}

function firstTime(part: readonly number[], rows: SocketRows): bigint | undefined {
  for (const row of part) {
    const time = rows.facts[row]?.time;
    if (time !== undefined) return time;
  }
  return undefined;
}

function lastTime(part: readonly number[], rows: SocketRows): bigint | undefined {
  return factOf(part.slice(-1), rows)?.time;
}

function factOf([row = -1]: readonly number[], rows: SocketRows): SocketFact | undefined {
  return rows.facts[row];
}
