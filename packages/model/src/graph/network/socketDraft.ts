import { dialects } from '../../event/dialects.ts';
import type { SocketFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { JudgedSocket } from '../networkContract.ts';
import { earlier, larger, later, sumCounters } from '../order.ts';
import type { Socket, SocketName } from './socket.ts';
import type { Ends } from './socketEnds.ts';
import { protocolOf, type SocketRows } from './socketRows.ts';
import { graver, type Verdict } from './verdict.ts';

/** A socket while its events are added up. */
export interface Draft {
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
  verdict: Verdict | undefined;
  protocol: string;
  tellers: number;
}

/** Cuts the sorted rows of one identity where a new socket begins. */
export function cutIntoSockets(part: readonly number[], rows: SocketRows): Draft[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  const undated: JudgedSocket[] = [];
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

function beginsAnother(fact: SocketFact, { opened, closed, sent, received }: Draft): boolean {
  const opens = fact.kind === 'connect' || fact.kind === 'accept' || fact.kind === 'listen';
  if (opens && closed !== undefined) return true;
  if (opens && isBlind(fact) && opened !== undefined && fact.time !== opened) return true;
  if (fact.kind === 'send') return false;
  return isBelow(fact.bytesSent, sent) || isBelow(fact.bytesReceived, received);
}

function isBelow(now: bigint | undefined, before: bigint | undefined): boolean {
  return now !== undefined && before !== undefined && now < before;
}

function addTo(draft: Draft, fact: JudgedSocket): void {
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
  draft.verdict = graver(draft.verdict, fact.verdict);
  draft.tellers |= 1 << dialects.indexOf(fact.teller ?? 'tetragon');
  const protocol = protocolOf(fact);
  // A `tls` record names no protocol; the smallest other word is the same in every order.
  if (draft.protocol === '' || (protocol !== '' && protocol < draft.protocol))
    draft.protocol = protocol;
}

/**
 * A connect that a hook saw before the kernel chose the local port (`security_socket_connect`): no tuple tells such
 * calls apart, so each is one.
 */
function isBlind(fact: SocketFact): boolean {
  return fact.kind === 'connect' && fact.cookie === '' && fact.sourcePort === 0;
}

/** What the draft came to, with the ends of its identity. */
export function finishDraft(draft: Draft, ends: Ends): Socket {
  let { sent } = draft;
  if (draft.sent === undefined && draft.received === undefined && draft.sends !== undefined) {
    for (const size of draft.sends.values()) sent = sumCounters(sent, size);
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
    bytesReceived: draft.received,
    names: draft.names === undefined ? noNames : namesOf(draft.names),
    peerPods: draft.peerPods === undefined ? noPods : [...draft.peerPods].sort(),
    watchedPods: noPods,
    verdict: draft.verdict,
    tellers: draft.tellers,
  };
}

/** An agent gives a handful; the record keeps the rest. */
const mostNames = 64;
const noNames: readonly SocketName[] = [];
const noPods: readonly string[] = [];

function namesOf(facts: readonly SocketFact[]): readonly SocketName[] {
  const found = new Map<string, SocketName>();
  for (const { names, nameEvidence } of facts) {
    if (nameEvidence === undefined) continue;
    for (const name of names) {
      const key = `${nameEvidence}\0${name}`;
      if (name !== '' && !found.has(key)) found.set(key, { name, evidence: nameEvidence });
      if (found.size === mostNames) return [...found.values()];
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
    verdict: undefined,
    protocol: '',
    tellers: 0,
  };
}
