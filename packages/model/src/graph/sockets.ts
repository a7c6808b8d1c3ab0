import type { SocketFact } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import type { AddressBook } from './address.ts';
import type { LocalAddresses } from './localAddresses.ts';
import { compareText, earlier, larger, later } from './order.ts';
import { chooseEnds, type Ends, readListeners } from './socketEnds.ts';
import type { Netspaces } from './netspaces.ts';
import type { SocketRows } from './socketRows.ts';

/**
 * One socket of one card (semantics, Connections): node, epoch, cookie, process and 4-tuple. The process is the card,
 * not the image: an exec in netspace keeps its descriptors, and the counters go on.
 */
export interface Socket {
  readonly process: number;
  readonly direction: 'outbound' | 'inbound' | 'listen';
  /** Upper case. */
  readonly protocol: string;
  /** Ids of the address book. */
  readonly localIp: number;
  readonly localPort: number;
  readonly remoteIp: number;
  readonly remotePort: number;
  /** Its connect, accept or listen. Undefined: it was open when observation began, or the record has no time. */
  readonly opened: Nanos | undefined;
  readonly closed: Nanos | undefined;
  /** Whether a connect, accept or listen was seen, with or without a time. */
  readonly openSeen: boolean;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  readonly bytesSent: bigint;
  readonly bytesReceived: bigint;
  /** Every name said of the socket, earliest first, each once per kind of evidence. */
  readonly names: readonly SocketName[];
  /** `namespace/name` of the pods that the agent says are at the destination, sorted. */
  readonly peerPods: readonly string[];
}

export interface SocketName {
  readonly name: string;
  readonly evidence: 'destination_names' | 'sni' | 'http_host';
}

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
      for (const draft of cutIntoSockets(part, rows)) sockets.push(finish(draft, ends));
    }
  }
  return sockets;
}

interface Draft {
  opened: Nanos | undefined;
  closed: Nanos | undefined;
  openSeen: boolean;
  first: Nanos | undefined;
  last: Nanos | undefined;
  sent: bigint | undefined;
  received: bigint | undefined;
  /** Sizes of `send` events by what tells them apart, so that a repeated one counts once. */
  sends: Map<string, bigint> | undefined;
  names: SocketFact[] | undefined;
  peerPods: Set<string> | undefined;
  protocol: string;
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
  group.sort((a, b) => compareRows(rows.facts[a], rows.facts[b]));
  const parts = new Map<string, number[]>();
  const loose: number[] = [];
  for (const row of group) {
    const fact = rows.facts[row];
    if (fact === undefined) continue;
    if (fact.cookie === '') loose.push(row);
    else push(parts, `${protocolOf(fact)}\0${fact.cookie}`, row);
  }
  if (loose.length === 0) return [...parts.values()];
  if (parts.size === 0) return splitLoose(loose, rows);
  return joinLoose([...parts.values()], loose, rows);
}

/**
 * Without any cookie the tuple and the process are the identity. A process that talks to itself has both ends of one
 * tuple: what stands on the accepting side (its accept, and what prints that side as its own) is another socket.
 */
function splitLoose(loose: readonly number[], rows: SocketRows): number[][] {
  const connect = loose.find((row) => rows.facts[row]?.kind === 'connect');
  const both = connect !== undefined && loose.some((row) => rows.facts[row]?.kind === 'accept');
  const parts = new Map<string, number[]>();
  for (const row of loose) {
    const fact = rows.facts[row];
    if (fact === undefined) continue;
    const named = fact.kind === 'tls' || fact.kind === 'http';
    const mine = connect !== undefined && sameSource(row, connect, rows) && fact.kind !== 'accept';
    const side = !both || named || mine ? 'client' : 'server';
    push(parts, `${side}\0${named ? '' : protocolOf(fact)}`, row);
  }
  const named = parts.get('client\0');
  const others = [...parts].filter(([key]) => key !== 'client\0').map(([, part]) => part);
  if (named === undefined || others.length === 0) return [...parts.values()];
  return joinLoose(others, named, rows);
}

function sameSource(a: number, b: number, rows: SocketRows): boolean {
  return rows.source[a] === rows.source[b] && rows.sourcePort[a] === rows.sourcePort[b];
}

/** Gives each loose row to the part that was open at its time; `tls` and `http` to the nearest one in any case. */
function joinLoose(parts: number[][], loose: readonly number[], rows: SocketRows): number[][] {
  const spans = parts
    .map((part) => ({ part, first: firstTime(part, rows), last: lastTime(part, rows) }))
    .sort(
      (a, b) =>
        compareTimes(a.first, b.first) || compareRows(factOf(a.part, rows), factOf(b.part, rows)),
    );
  const own: number[] = [];
  const grown = new Set<number[]>();
  for (const row of loose) {
    const fact = rows.facts[row];
    const time = fact?.time;
    // The last one that began before; a tuple is not in use twice at once, so this is the one.
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const first = spans[middle]?.first;
      if (first === undefined || (time !== undefined && first <= time + slack)) low = middle + 1;
      else high = middle;
    }
    const near = spans[Math.max(0, low - 1)];
    if (near === undefined) continue;
    const isOpen = time === undefined || near.last === undefined || near.last + slack >= time;
    const isNear = isOpen && (low > 0 || time === undefined);
    if (isNear || fact?.kind === 'tls' || fact?.kind === 'http') {
      near.part.push(row);
      grown.add(near.part);
    } else own.push(row);
  }
  for (const part of grown) part.sort((a, b) => compareRows(rows.facts[a], rows.facts[b]));
  return own.length === 0 ? parts : [...parts, ...splitLoose(own, rows)];
}

/** Cuts the sorted rows of one identity where a new socket begins. */
function cutIntoSockets(part: readonly number[], rows: SocketRows): Draft[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  const undated: SocketFact[] = [];
  for (const row of part) {
    const fact = rows.facts[row];
    if (fact === undefined) continue;
    if (fact.time === undefined) undated.push(fact);
    else {
      if (current === undefined || beginsAnother(fact, current)) {
        current = emptyDraft();
        drafts.push(current);
      }
      addTo(current, fact);
    }
  }
  if (undated.length > 0) {
    const [first = emptyDraft()] = drafts;
    if (drafts.length === 0) drafts.push(first);
    for (const fact of undated) addTo(first, fact);
  }
  return drafts;
}

function beginsAnother(fact: SocketFact, { closed, sent, received }: Draft): boolean {
  const opens = fact.kind === 'connect' || fact.kind === 'accept' || fact.kind === 'listen';
  if (opens && closed !== undefined) return true;
  if (fact.kind === 'send') return false;
  return isBelow(fact.bytesSent, sent) || isBelow(fact.bytesReceived, received);
}

function isBelow(now: bigint | undefined, before: bigint | undefined): boolean {
  return now !== undefined && before !== undefined && now < before;
}

function addTo(draft: Draft, fact: SocketFact): void {
  const { time } = fact;
  if (fact.kind === 'connect' || fact.kind === 'accept' || fact.kind === 'listen') {
    draft.openSeen = true;
    draft.opened = earlier(draft.opened, time);
  }
  if (fact.kind === 'close') draft.closed = later(draft.closed, time);
  draft.first = earlier(draft.first, time);
  draft.last = later(draft.last, time);
  if (fact.kind === 'send') {
    if (fact.bytesSent !== undefined) {
      draft.sends ??= new Map();
      draft.sends.set(`${fact.time ?? ''}\0${fact.bytesSent}`, fact.bytesSent);
    }
  } else {
    draft.sent = larger(draft.sent, fact.bytesSent);
    draft.received = larger(draft.received, fact.bytesReceived);
  }
  if (fact.names.length > 0 && fact.nameEvidence !== undefined) {
    draft.names ??= [];
    draft.names.push(fact);
  }
  if (fact.peerPod !== undefined && fact.kind !== 'accept') {
    draft.peerPods ??= new Set();
    draft.peerPods.add(`${fact.peerPod.namespace}/${fact.peerPod.name}`);
  }
  const protocol = protocolOf(fact);
  // A `tls` record names no protocol; the smallest other word is the same in every order.
  if (draft.protocol === '' || (protocol !== '' && protocol < draft.protocol))
    draft.protocol = protocol;
}

function finish(draft: Draft, ends: Ends): Socket {
  let sent = draft.sent ?? 0n;
  if (draft.sent === undefined && draft.received === undefined && draft.sends !== undefined) {
    for (const size of draft.sends.values()) sent += size;
  }
  return {
    process: ends.process,
    direction: ends.direction,
    protocol: draft.protocol,
    localIp: ends.localIp,
    localPort: ends.localPort,
    remoteIp: ends.remoteIp,
    remotePort: ends.remotePort,
    opened: draft.opened,
    closed: draft.closed,
    openSeen: draft.openSeen,
    firstSeen: draft.first,
    lastSeen: draft.last,
    bytesSent: sent,
    bytesReceived: draft.received ?? 0n,
    names: draft.names === undefined ? noNames : namesOf(draft.names),
    peerPods: draft.peerPods === undefined ? noPods : [...draft.peerPods].sort(),
  };
}

const noNames: readonly SocketName[] = [];
const noPods: readonly string[] = [];

function namesOf(facts: readonly SocketFact[]): readonly SocketName[] {
  const found = new Map<string, SocketName>();
  for (const { names, nameEvidence } of facts) {
    if (nameEvidence === undefined) continue;
    for (const name of names) {
      const key = `${nameEvidence}\0${name}`;
      if (name !== '' && !found.has(key)) found.set(key, { name, evidence: nameEvidence });
    }
  }
  return [...found.values()];
}

function emptyDraft(): Draft {
  return {
    opened: undefined,
    closed: undefined,
    openSeen: false,
    first: undefined,
    last: undefined,
    sent: undefined,
    received: undefined,
    sends: undefined,
    names: undefined,
    peerPods: undefined,
    protocol: '',
  };
}

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
function compareRows(a: SocketFact | undefined, b: SocketFact | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  return (
    compareTimes(a.time, b.time) ||
    kindRank[a.kind] - kindRank[b.kind] ||
    compareTimes(a.bytesSent, b.bytesSent) ||
    compareTimes(a.bytesReceived, b.bytesReceived) ||
    compareText(a.kind, b.kind) ||
    compareText(a.sourceIp, b.sourceIp) ||
    a.sourcePort - b.sourcePort ||
    compareText(a.nameEvidence ?? '', b.nameEvidence ?? '') ||
    compareText(a.names.join('\n'), b.names.join('\n')) ||
    compareText(a.cookie, b.cookie)
  );
}

function compareTimes(a: bigint | undefined, b: bigint | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
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

function protocolOf(fact: SocketFact): string {
  return fact.protocol.toUpperCase();
}

function push(parts: Map<string, number[]>, key: string, row: number): void {
  const part = parts.get(key);
  if (part === undefined) parts.set(key, [row]);
  else part.push(row);
}
