import { dialects } from '../../event/dialects.ts';
import type { Nanos } from '../../event/time.ts';
import type { Conversation, ConversationEnd } from '../conversation.ts';
import type { Scope } from '../leafWords.ts';
import type { NetworkInput } from '../networkContract.ts';
import { compareAbsentLast, compareText, earlier, later } from '../order.ts';
import type { AddressBook } from './address.ts';
import type { NameChoice } from './names.ts';
import type { Socket } from './socket.ts';
import type { Stitch } from './stitch.ts';
import { graver, isHindering } from './verdict.ts';

export interface ConversationSources {
  readonly input: NetworkInput;
  readonly book: AddressBook;
  /** Of a socket's remote. */
  readonly scopeOf: (socket: Socket) => Scope;
  /** Of a socket's remote. */
  readonly nameOf: (socket: Socket, scope: Scope) => NameChoice;
  /** `namespace/name` of the pod at a socket's remote; empty: none is known. */
  readonly podOf: (socket: Socket) => string;
}

/**
 * Every conversation that sockets show: each calling socket with the accepted one it was joined to, and each accepted socket that
 * no caller was found for. By first seen, those without a time last.
 */
export function gatherConversations(
  sockets: readonly Socket[],
  stitches: readonly Stitch[],
  sources: ConversationSources,
): Conversation[] {
  const stitchOf = new Map(stitches.map((stitch) => [stitch.client, stitch]));
  const joined = new Set(stitches.map(({ server }) => server));
  const found: Conversation[] = [];
  for (const [at, socket] of sockets.entries()) {
    if (socket.direction === 'outbound') {
      const stitch = stitchOf.get(at);
      found.push(conversationOf(socket, sockets[stitch?.server ?? -1], stitch, sources));
    } else if (socket.direction === 'inbound' && !joined.has(at)) {
      found.push(conversationOf(undefined, socket, undefined, sources));
    }
  }
  return found.sort(compareConversations);
}

/** One of `client` and `server` is there. */
function conversationOf(
  client: Socket | undefined,
  server: Socket | undefined,
  stitch: Stitch | undefined,
  sources: ConversationSources,
): Conversation {
  const verdict = graver(client?.verdict, server?.verdict);
  const protocol = client?.protocol || server?.protocol || '';
  const ends = endsOf(client, server, stitch, sources);
  const isCounted = client?.bytesSent !== undefined || client?.bytesReceived !== undefined;
  const closed = later(client?.closed, server?.closed);
  const lastSeen = later(client?.lastSeen, server?.lastSeen);
  const isHeld = protocol === 'TCP' && !isHindering(verdict?.verdict ?? '');
  return {
    ...ends,
    protocol,
    directionKnown: client?.openSeen === true || server?.openSeen === true,
    firstSeen: earlier(client?.firstSeen, server?.firstSeen),
    lastSeen,
    opened: earlier(client?.opened, server?.opened),
    closed,
    until: closed ?? (isHeld ? endOfHolders(ends, lastSeen, sources) : lastSeen),
    bytesSent: isCounted ? client?.bytesSent : server?.bytesReceived,
    bytesReceived: isCounted ? client?.bytesReceived : server?.bytesSent,
    verdict: verdict?.verdict ?? '',
    verdictReason: verdict?.reason ?? '',
    evidence: stitch?.evidence ?? '',
    confidence: stitch?.confidence,
    tellers: tellersOf((client?.tellers ?? 0) | (server?.tellers ?? 0)),
  };
}

function endsOf(
  client: Socket | undefined,
  server: Socket | undefined,
  stitch: Stitch | undefined,
  sources: ConversationSources,
): Pick<Conversation, 'client' | 'server' | 'accepted'> {
  const { book } = sources;
  const calling = ownEnd(client, client?.process, sources);
  const accepting = ownEnd(server, stitch?.peer ?? server?.process, sources);
  // Each end is told best by the other: its address as it was called, its name as it was looked up.
  const seenClient = server === undefined ? undefined : remoteEnd(server, sources);
  const seenServer = client === undefined ? undefined : remoteEnd(client, sources);
  const accepted =
    server !== undefined && seenServer !== undefined && stitch?.translated === true
      ? { ip: book.at(server.localIp).text, port: server.localPort }
      : undefined;
  const isLocalTold = calling.port !== 0 || seenClient === undefined;
  return {
    client: {
      ...calling,
      ...named(seenClient),
      ...(isLocalTold ? {} : { ip: seenClient.ip, port: seenClient.port }),
      pod: calling.pod ?? (calling.process === undefined ? seenClient?.pod : undefined),
    },
    server: {
      ...accepting,
      ...named(seenServer),
      ...(seenServer === undefined ? {} : { ip: seenServer.ip, port: seenServer.port }),
      pod: accepting.pod ?? (accepting.process === undefined ? seenServer?.pod : undefined),
    },
    accepted,
  };
}

function named(
  end: ConversationEnd | undefined,
): Pick<ConversationEnd, 'name' | 'nameEvidence' | 'scope'> {
  return { name: end?.name, nameEvidence: end?.nameEvidence ?? '', scope: end?.scope };
}

/** The end that a socket is: whose it is, and its own address. */
function ownEnd(
  socket: Socket | undefined,
  owner: number | undefined,
  { input, book }: ConversationSources,
): ConversationEnd {
  const pod = input.pods[input.processes[owner ?? -1]?.pod ?? -1]?.fact;
  return {
    process: owner !== undefined && owner < input.cardCount ? owner : undefined,
    pod: pod === undefined ? undefined : { namespace: pod.namespace, name: pod.name },
    ip: socket === undefined ? '' : book.at(socket.localIp).text,
    port: socket?.localPort ?? 0,
    name: undefined,
    nameEvidence: '',
    scope: undefined,
  };
}

/** The end that a socket speaks to, as it sees it. */
function remoteEnd(
  socket: Socket,
  { book, scopeOf, nameOf, podOf }: ConversationSources,
): ConversationEnd {
  const scope = scopeOf(socket);
  const { name, evidence } = nameOf(socket, scope);
  return {
    process: undefined,
    pod: podFrom(podOf(socket)),
    ip: book.at(socket.remoteIp).text,
    port: socket.remotePort,
    name,
    nameEvidence: evidence,
    scope,
  };
}

function podFrom(text: string): ConversationEnd['pod'] {
  const slash = text.indexOf('/');
  if (text === '') return undefined;
  return { namespace: text.slice(0, Math.max(0, slash)), name: text.slice(slash + 1) };
}

/** When the first of the processes at its ends had ended; with no process at all, when it was last seen. */
function endOfHolders(
  { client, server }: Pick<Conversation, 'client' | 'server'>,
  lastSeen: Nanos | undefined,
  { input }: ConversationSources,
): Nanos | undefined {
  const holders = [client.process, server.process].flatMap((index) => {
    const process = index === undefined ? undefined : input.processes[index];
    return process === undefined ? [] : [process];
  });
  if (holders.length === 0) return lastSeen;
  let end: Nanos | undefined;
  for (const { endTime } of holders) end = earlier(end, endTime);
  // A socket that was seen after its process ended had been handed on.
  return end === undefined ? undefined : later(end, lastSeen);
}

function tellersOf(bits: number): Conversation['tellers'] {
  return bits === 0 ? nobody : dialects.filter((_, index) => ((bits >>> index) & 1) === 1);
}

const nobody: Conversation['tellers'] = [];

/** Every field that is answered decides, so that the order of facts never does. */
function compareConversations(a: Conversation, b: Conversation): number {
  return (
    compareAbsentLast(a.firstSeen, b.firstSeen) ||
    compareEnds(a.client, b.client) ||
    compareEnds(a.server, b.server) ||
    compareText(a.protocol, b.protocol) ||
    compareAbsentLast(a.lastSeen, b.lastSeen) ||
    compareAbsentLast(a.opened, b.opened) ||
    compareAbsentLast(a.closed, b.closed) ||
    compareAbsentLast(a.bytesSent, b.bytesSent) ||
    compareAbsentLast(a.bytesReceived, b.bytesReceived) ||
    compareText(a.verdict, b.verdict) ||
    compareText(a.verdictReason, b.verdictReason) ||
    compareText(a.evidence, b.evidence) ||
    compareText(a.tellers.join(), b.tellers.join()) ||
    compareText(a.accepted?.ip ?? '', b.accepted?.ip ?? '') ||
    (a.accepted?.port ?? 0) - (b.accepted?.port ?? 0) ||
    Number(a.directionKnown) - Number(b.directionKnown)
  );
}

function compareEnds(a: ConversationEnd, b: ConversationEnd): number {
  return (
    (a.process ?? -1) - (b.process ?? -1) ||
    compareText(a.ip, b.ip) ||
    a.port - b.port ||
    compareText(a.name ?? '', b.name ?? '') ||
    compareText(a.pod?.namespace ?? '', b.pod?.namespace ?? '') ||
    compareText(a.pod?.name ?? '', b.pod?.name ?? '')
  );
}
