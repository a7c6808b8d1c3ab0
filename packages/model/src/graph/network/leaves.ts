import type { Nanos } from '../../event/time.ts';
import type { Hop, Leaf, LeafPeer } from '../derived.ts';
import type { Scope } from '../leafWords.ts';
import { compareAbsentLast, compareText, earlier, later, sumCounters } from '../order.ts';
import { type AddressBook, compareAddresses, isLoopback } from './address.ts';
import type { Answers } from './answers.ts';
import type { Landmarks } from './landmarks.ts';
import { explainName, type NameChoice } from './names.ts';
import type { Netspaces } from './netspaces.ts';
import { judgeName } from './randomName.ts';
import type { Socket } from './socket.ts';
import { compareEvidence } from './stitch.ts';
import { countedVerdicts, graver, type Verdict } from './verdict.ts';

/** The other end of a socket, when it was stitched. */
export interface Peer {
  readonly process: number;
  readonly evidence: string;
  readonly confidence: Hop['confidence'];
}

export interface LeafSources {
  readonly landmarks: Landmarks;
  readonly netspaces: Netspaces;
  readonly book: AddressBook;
  readonly answers: Answers;
  readonly nameOf: (socket: Socket, scope: Scope) => NameChoice;
  /** False for legs whose bytes another socket counts. */
  readonly addsBytes: (socket: Socket) => boolean;
  readonly peerOf: (socket: number) => Peer | undefined;
  readonly searchSuffixes: ReadonlySet<string>;
}

/**
 * Leaves of each process: its sockets by direction, protocol, remote name (else address) and remote port; the local
 * port for accepted and listening ones. Sorted external first, then first seen (without a time last), then name.
 *
 * The address, scope and explanation shown are those of one socket: the first external one, else the first. So a name
 * that once led outside is external, whatever else it led to.
 */
export function gatherLeaves(
  sockets: readonly Socket[],
  sources: LeafSources,
): Map<number, readonly Leaf[]> {
  const bundles = new Map<number, Map<string, Bundle>>();
  for (const [at, socket] of sockets.entries()) {
    const sighting = sightingOf(at, socket, sources);
    let ofProcess = bundles.get(socket.process);
    if (ofProcess === undefined) {
      ofProcess = new Map();
      bundles.set(socket.process, ofProcess);
    }
    const key = keyOf(sighting, sources);
    const bundle = ofProcess.get(key);
    if (bundle === undefined) ofProcess.set(key, startBundle(sighting, sources));
    else addToBundle(bundle, sighting, sources);
  }
  const judge = createJudge(sources.searchSuffixes);
  const leaves = new Map<number, readonly Leaf[]>();
  for (const [process, ofProcess] of bundles) {
    const list = [...ofProcess.values()].map((bundle) => leafOf(bundle, sources, judge));
    leaves.set(process, list.sort(compareLeaves));
  }
  return leaves;
}

interface Sighting {
  readonly at: number;
  readonly socket: Socket;
  readonly scope: Scope;
  readonly choice: NameChoice;
}

interface Bundle {
  shown: Sighting;
  count: number;
  /** Sockets whose bytes were left out. */
  silent: number;
  sent: bigint | undefined;
  received: bigint | undefined;
  first: Nanos | undefined;
  last: Nanos | undefined;
  readonly choices: Set<NameChoice>;
  verdict: Verdict | undefined;
  /** Sockets by their judgement; undefined: nobody judged any. */
  verdicts: Map<string, number> | undefined;
  /** Sockets by the process at the other end, and the smallest sentence about it. */
  peers: Map<number, LeafPeer> | undefined;
}

function sightingOf(
  at: number,
  socket: Socket,
  { landmarks, netspaces, book, nameOf }: LeafSources,
) {
  const scope =
    socket.direction === 'listen'
      ? listeningScope(socket, netspaces, book)
      : remoteScope(socket, landmarks, netspaces);
  return { at, socket, scope, choice: nameOf(socket, scope) };
}

/** Where the far end of a socket that is no listener leads. */
export function remoteScope(socket: Socket, landmarks: Landmarks, netspaces: Netspaces): Scope {
  return landmarks.scopeAt({
    cluster: netspaces.clusterOf(socket.process),
    ip: socket.remoteIp,
    port: socket.direction === 'inbound' ? 0 : socket.remotePort,
    time: socket.opened ?? socket.firstSeen,
    peerPod: socket.peerPods.length > 0,
  });
}

/** A listener has no remote: its scope says where it can be reached. */
function listeningScope(socket: Socket, netspaces: Netspaces, book: AddressBook): Scope {
  if (isLoopback(book.at(socket.localIp))) return 'loopback';
  return netspaces.isPod(netspaces.netspaceOf(socket.process)) ? 'pod' : 'node';
}

function keyOf({ socket, choice }: Sighting, { book }: LeafSources): string {
  const { direction, protocol } = socket;
  if (direction === 'listen') {
    return `l ${protocol} ${socket.localPort} ${book.at(socket.localIp).text}`;
  }
  const remote =
    choice.name === undefined ? `@${book.at(socket.remoteIp).text}` : `=${choice.name}`;
  const port = direction === 'outbound' ? socket.remotePort : socket.localPort;
  return `${direction} ${protocol} ${port} ${remote}`;
}

function startBundle(sighting: Sighting, sources: LeafSources): Bundle {
  const bundle: Bundle = {
    shown: sighting,
    count: 0,
    silent: 0,
    sent: undefined,
    received: undefined,
    first: undefined,
    last: undefined,
    choices: new Set(),
    verdict: undefined,
    verdicts: undefined,
    peers: undefined,
  };
  addToBundle(bundle, sighting, sources);
  return bundle;
}

function addToBundle(bundle: Bundle, sighting: Sighting, sources: LeafSources): void {
  const { socket } = sighting;
  bundle.count += 1;
  if (sources.addsBytes(socket)) {
    bundle.sent = sumCounters(bundle.sent, socket.bytesSent);
    bundle.received = sumCounters(bundle.received, socket.bytesReceived);
  } else bundle.silent += 1;
  bundle.first = earlier(bundle.first, socket.firstSeen);
  bundle.last = later(bundle.last, socket.lastSeen);
  bundle.choices.add(sighting.choice);
  if (socket.verdict !== undefined) {
    const { verdict } = socket.verdict;
    bundle.verdict = graver(bundle.verdict, socket.verdict);
    bundle.verdicts ??= new Map();
    bundle.verdicts.set(verdict, (bundle.verdicts.get(verdict) ?? 0) + 1);
  }
  if (compareSightings(sighting, bundle.shown, sources.book) < 0) bundle.shown = sighting;
  const peer = sources.peerOf(sighting.at);
  if (peer === undefined) return;
  bundle.peers ??= new Map();
  const known = bundle.peers.get(peer.process);
  const adds = sources.addsBytes(socket);
  const one: LeafPeer = {
    process: peer.process,
    count: 1,
    bytesSent: adds ? socket.bytesSent : undefined,
    bytesReceived: adds ? socket.bytesReceived : undefined,
    firstSeen: socket.firstSeen,
    evidence: peer.evidence,
    confidence: peer.confidence,
  };
  bundle.peers.set(peer.process, known === undefined ? one : addPeers(known, one));
}

function addPeers(a: LeafPeer, b: LeafPeer): LeafPeer {
  const better = compareEvidence(a, b) <= 0 ? a : b;
  return {
    process: a.process,
    count: a.count + b.count,
    bytesSent: sumCounters(a.bytesSent, b.bytesSent),
    bytesReceived: sumCounters(a.bytesReceived, b.bytesReceived),
    firstSeen: earlier(a.firstSeen, b.firstSeen),
    evidence: better.evidence,
    confidence: better.confidence,
  };
}

/** Which of two sockets a leaf shows: external, then earliest, then a fixed order of their addresses. */
function compareSightings(a: Sighting, b: Sighting, book: AddressBook): number {
  if (a === b) return 0;
  return (
    Number(b.scope === 'public') - Number(a.scope === 'public') ||
    compareAbsentLast(a.socket.firstSeen, b.socket.firstSeen) ||
    compareAddresses(book.at(a.socket.remoteIp), book.at(b.socket.remoteIp)) ||
    compareAddresses(book.at(a.socket.localIp), book.at(b.socket.localIp)) ||
    a.socket.localPort - b.socket.localPort ||
    a.socket.remotePort - b.socket.remotePort ||
    compareText(a.scope, b.scope) ||
    compareAbsentLast(a.socket.lastSeen, b.socket.lastSeen) ||
    compareText(a.choice.doubts.join(), b.choice.doubts.join()) ||
    compareText(a.choice.evidence, b.choice.evidence)
  );
}

interface Judged {
  readonly random: boolean;
  readonly detail: string;
}

function leafOf(bundle: Bundle, sources: LeafSources, judge: (name: string) => Judged): Leaf {
  const { socket, scope, choice } = bundle.shown;
  const { book } = sources;
  const isListen = socket.direction === 'listen';
  const others = othersOf(bundle);
  const verdict = judgeAll(choice, others.candidates, judge);
  const peers = peersOf(bundle);
  return {
    direction: socket.direction,
    protocol: socket.protocol,
    name: choice.name,
    nameEvidence: choice.evidence,
    nameDetail: detailOf(bundle, others.all.length, sources.answers),
    otherNames: others.all.slice(0, listed),
    ip: book.at(isListen ? socket.localIp : socket.remoteIp).text,
    port: socket.direction === 'outbound' ? socket.remotePort : socket.localPort,
    scope,
    external: scope === 'public',
    randomName: verdict.random,
    randomDetail: verdict.detail,
    count: bundle.count,
    firstSeen: bundle.first,
    lastSeen: bundle.last,
    bytesSent: bundle.sent,
    bytesReceived: bundle.received,
    verdict: bundle.verdict?.verdict ?? '',
    verdictReason: bundle.verdict?.reason ?? '',
    verdicts: bundle.verdicts === undefined ? noVerdicts : countedVerdicts(bundle.verdicts),
    peer: peers[0]?.process,
    peerEvidence: evidenceOf(peers),
    peers,
  };
}

/** One for all leaves that nobody judged, which most are. */
const noVerdicts: Leaf['verdicts'] = [];

const listed = 32;

interface Others {
  readonly candidates: readonly string[];
  readonly all: readonly string[];
}

const noOthers: Others = { candidates: [], all: [] };

function isOnly(names: readonly string[], name: string | undefined): boolean {
  return names.length === 1 && names[0] === name;
}

/** Candidates before what is only possible, each in the order of text: sockets come in no order. */
function othersOf({ shown, choices }: Bundle): Others {
  const { name: own, others, possible: seen } = shown.choice;
  const isAlone = choices.size === 1 && choices.has(shown.choice);
  if (isAlone && others.length === 0 && (seen.length === 0 || isOnly(seen, own))) return noOthers;
  const candidates = new Set<string>();
  const possible = new Set<string>();
  for (const choice of choices) {
    for (const name of choice.others) candidates.add(name);
    for (const name of choice.possible) possible.add(name);
  }
  if (own !== undefined) candidates.delete(own);
  const sure = [...candidates].sort(compareText);
  const unsure = [...possible]
    .filter((name) => !candidates.has(name) && name !== own)
    .sort(compareText);
  return { candidates: sure, all: [...sure, ...unsure] };
}

/** The shown socket's explanation, and the doubts that only other sockets of the leaf raise. */
function detailOf(
  { shown, choices, silent }: Bundle,
  otherNames: number,
  answers: Answers,
): string {
  const why = explainName(shown.choice, shown.socket, answers);
  const isAlone = choices.size === 1 && choices.has(shown.choice);
  if (isAlone && otherNames <= listed && silent === 0) return why;
  const doubts = new Set<string>();
  for (const choice of choices) for (const doubt of choice.doubts) doubts.add(doubt);
  for (const doubt of shown.choice.doubts) doubts.delete(doubt);
  const more = [...doubts].sort(compareText).slice(0, 4);
  if (otherNames > listed) more.push(`${otherNames - listed} more names are not listed`);
  if (silent > 0) {
    more.push(
      `bytes of ${silent} not added: two pods used their local address at once (proxied legs)`,
    );
  }
  return [why, ...more].filter((part) => part !== '').join('; ');
}

/** The label decides; a candidate that looks random is told when the label does not. Pods' names are not judged. */
function judgeAll(
  { name, evidence }: NameChoice,
  others: readonly string[],
  judge: (name: string) => Judged,
): Judged {
  if (name === undefined || evidence === 'pod_address') return { random: false, detail: '' };
  const own = judge(name);
  if (own.random) return own;
  for (const other of others) {
    if (other.includes('/')) continue;
    const verdict = judge(other);
    if (verdict.random) return { random: true, detail: `candidate ${verdict.detail}` };
  }
  return own;
}

function createJudge(suffixes: ReadonlySet<string>): (name: string) => Judged {
  const known = new Map<string, Judged>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const verdict = judgeName(name, suffixes);
    known.set(name, verdict);
    return verdict;
  };
}

const noPeers: readonly LeafPeer[] = [];

/** The processes at the other end, the one of most sockets first, of equals the first. */
function peersOf({ peers }: Bundle): readonly LeafPeer[] {
  if (peers === undefined) return noPeers;
  return [...peers.values()].sort((a, b) => b.count - a.count || a.process - b.process);
}

function evidenceOf(peers: readonly LeafPeer[]): string {
  const best = peers[0];
  if (best === undefined) return '';
  const more = peers.length - 1;
  return more === 0
    ? best.evidence
    : `${best.evidence}; ${more} more processes have other connections`;
}

function compareLeaves(a: Leaf, b: Leaf): number {
  return (
    Number(b.external) - Number(a.external) ||
    compareAbsentLast(a.firstSeen, b.firstSeen) ||
    compareText(a.name ?? a.ip, b.name ?? b.ip) ||
    a.port - b.port ||
    compareText(a.protocol, b.protocol) ||
    compareText(a.direction, b.direction) ||
    compareText(a.ip, b.ip) ||
    compareText(a.nameEvidence, b.nameEvidence)
  );
}
