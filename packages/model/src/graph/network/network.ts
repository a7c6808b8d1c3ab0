import type { NetworkInput, NetworkResult } from '../networkContract.ts';
import { earlier, later } from '../order.ts';
import { type AddressBook, createAddressBook } from './address.ts';
import { indexAnswers } from './answers.ts';
import { attachFlows } from './attach.ts';
import { attachLookups } from './attachLookups.ts';
import { gatherConversations } from './conversations.ts';
import { gatherHops } from './hops.ts';
import { type Landmarks, learnLandmarks, type OwnedLookup } from './landmarks.ts';
import { gatherLeaves, type Peer, remoteScope } from './leaves.ts';
import { learnLocalAddresses } from './localAddresses.ts';
import { foldLookups, learnSearchSuffixes } from './lookups.ts';
import { createNamer, podAtRemote } from './names.ts';
import { type Netspaces, readNetspaces } from './netspaces.ts';
import { OwnSockets } from './ownSockets.ts';
import type { Socket } from './socket.ts';
import { readSocketRows } from './socketRows.ts';
import { joinSockets } from './sockets.ts';
import { compareEvidence, type Stitch, stitchSockets } from './stitch.ts';

/**
 * Everything the network facts say of the cards: leaves, folded lookups, and hops between pods (semantics,
 * Connections). A function of the set of facts. New external destinations need no list of their own: a leaf has its
 * name (else address), port, `external` and `firstSeen`.
 */
export function deriveNetwork(input: NetworkInput): NetworkResult {
  if (input.sockets.length === 0 && input.lookups.length === 0)
    return input.conversations === true ? { ...silence, conversations: [] } : silence;
  const book = createAddressBook();
  const netspaces = readNetspaces(input);
  const rows = readSocketRows(input, book);
  const locals = learnLocalAddresses(input, rows, netspaces, book);
  const told = joinSockets(rows, netspaces, locals, book);
  const owners = new OwnSockets(told, input.cardCount, netspaces);
  const sockets = attachFlows(told, input, owners);
  const evidence = { input, netspaces, locals, book };
  const stitches = stitchSockets(sockets, evidence);
  const lookups = attachLookups(readLookups(input), { input, owners, netspaces, book });
  const landmarks = learnLandmarks({ lookups, sockets, stitches, netspaces, locals, book });
  const answers = indexAnswers(input, lookups, { netspaces, book, landmarks, sockets });
  const suffixes = learnSearchSuffixes(lookups, netspaces);
  const peers = pairPeers(stitches, sockets);
  const addsBytes = (socket: Socket): boolean =>
    !locals.holderAt(
      netspaces.clusterOf(socket.process),
      socket.localIp,
      socket.opened ?? socket.firstSeen,
    ).shared;
  const namer = createNamer({ answers, locals, netspaces, book });
  const asked = resolverSockets(lookups, sockets, { landmarks, netspaces, book });
  return {
    leavesByProcess: gatherLeaves(asked.length === 0 ? sockets : sockets.concat(asked), {
      landmarks,
      netspaces,
      book,
      answers,
      nameOf: namer,
      addsBytes,
      peerOf: (socket) => {
        const peer = peers.get(socket);
        return peer === undefined || peer.process >= input.cardCount ? undefined : peer;
      },
      searchSuffixes: suffixes.trusted,
    }),
    lookupsByProcess: foldLookups(lookups, suffixes),
    hops: gatherHops(stitches, sockets, netspaces, addsBytes).filter(
      ({ from, to }) => from < input.cardCount && to < input.cardCount,
    ),
    ...(input.conversations === true
      ? {
          conversations: gatherConversations(sockets, stitches, {
            input,
            book,
            scopeOf: (socket) => remoteScope(socket, landmarks, netspaces),
            nameOf: namer,
            podOf: (socket) =>
              podAtRemote(socket, locals, netspaces) || (socket.watchedPods[0] ?? ''),
          }),
        }
      : {}),
  };
}

const silence: NetworkResult = {
  leavesByProcess: new Map(),
  lookupsByProcess: new Map(),
  hops: [],
};

function readLookups(input: NetworkInput): OwnedLookup[] {
  const owned: OwnedLookup[] = [];
  for (const fact of input.lookups) {
    const process = input.resolve(fact.process, fact.time);
    if (process !== undefined && input.processes[process] !== undefined)
      owned.push({ fact, process });
  }
  return owned;
}

/**
 * The process at the other end, for both sockets of every stitch. Several callers that claim one accepted socket:
 * the best evidence, then the first process.
 */
function pairPeers(stitches: readonly Stitch[], sockets: readonly Socket[]): Map<number, Peer> {
  const peers = new Map<number, Peer>();
  const callers = new Map<number, { stitch: Stitch; process: number }>();
  for (const stitch of stitches) {
    const { evidence, confidence } = stitch;
    peers.set(stitch.client, { process: stitch.peer, evidence, confidence });
    const caller = sockets[stitch.client];
    if (stitch.server < 0 || caller === undefined) continue;
    const known = callers.get(stitch.server);
    const order =
      known === undefined
        ? -1
        : compareEvidence(stitch, known.stitch) || caller.process - known.process;
    if (order < 0) callers.set(stitch.server, { stitch, process: caller.process });
  }
  for (const [server, { stitch, process }] of callers) {
    peers.set(server, { process, evidence: stitch.evidence, confidence: stitch.confidence });
  }
  return peers;
}

/**
 * Lookups that went to a resolver outside the cluster's stay connections, also when the agent reports the lookup
 * and not the socket: one per process and resolver that has no socket of its own.
 */
function resolverSockets(
  lookups: readonly OwnedLookup[],
  sockets: readonly Socket[],
  { landmarks, netspaces, book }: { landmarks: Landmarks; netspaces: Netspaces; book: AddressBook },
): Socket[] {
  const foreign = new Map<string, Socket>();
  for (const { fact, process } of lookups) {
    if (fact.resolverIp === '') continue;
    const ip = book.idOf(fact.resolverIp);
    const cluster = netspaces.clusterOf(process);
    const remote = { cluster, ip, port: fact.resolverPort, time: fact.time, peerPod: false };
    if (landmarks.scopeAt(remote) !== 'public') continue;
    const key = `${process} ${ip} ${fact.resolverPort}`;
    const known = foreign.get(key) ?? askingSocket(process, ip, fact.resolverPort);
    foreign.set(key, {
      ...known,
      firstSeen: earlier(known.firstSeen, fact.time),
      lastSeen: later(known.lastSeen, fact.time),
    });
  }
  if (foreign.size === 0) return [];
  for (const { direction, process, remoteIp, remotePort } of sockets) {
    if (direction === 'outbound') foreign.delete(`${process} ${remoteIp} ${remotePort}`);
  }
  return [...foreign.values()];
}

function askingSocket(process: number, remoteIp: number, remotePort: number): Socket {
  return {
    process,
    direction: 'outbound',
    protocol: 'UDP',
    localIp: -1,
    localPort: 0,
    remoteIp,
    remotePort,
    opened: undefined,
    closed: undefined,
    openSeen: false,
    firstSeen: undefined,
    lastSeen: undefined,
    bytesSent: undefined,
    bytesReceived: undefined,
    names: [],
    peerPods: [],
    watchedPods: [],
    verdict: undefined,
    tellers: 0,
  };
}
