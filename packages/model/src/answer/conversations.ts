import type { Nanos } from '../event/time.ts';
import type { Conversation, ConversationEnd } from '../graph/conversation.ts';
import type { Derived } from '../graph/derived.ts';
import { isHindering, verdictRank } from '../graph/network/verdict.ts';
import { compareAbsentLast, compareText, sumCounters } from '../graph/order.ts';
import type { Filter } from '../query/filter.ts';
import { matches, type Subject } from '../query/matches.ts';
import { processSubject, type SeenCard, type SeenRemote } from '../query/subject.ts';
import type { ConversationItem, ConversationOrder } from '../wire/conversations.ts';
import type { Part } from './part.ts';
import { processName } from './processName.ts';
import { cardOf } from './subjects.ts';
import { timeTextOf } from './timeText.ts';

type End = ConversationItem['client'];

/** A conversation as answered, but for what depends on the time that is asked for; and what it is ordered and cut by. */
export interface ToldConversation {
  readonly item: Omit<ConversationItem, 'open'>;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** As `Conversation.until`. */
  readonly until: Nanos | undefined;
  readonly sent: bigint | undefined;
  readonly received: bigint | undefined;
}

/**
 * The conversations of a part that a filter keeps: those of its own callers, and of others those of its own called processes
 * whose callers nobody knows. What is of no process at all is of whoever has the whole case.
 */
export function conversationsOf(part: Part, filter: Filter): ToldConversation[] {
  const { derived, ownsProcess } = part;
  const told: ToldConversation[] = [];
  for (const conversation of derived.conversations ?? []) {
    const owner = conversation.client.process ?? conversation.server.process;
    if (owner !== undefined && !ownsProcess(owner)) continue;
    if (keepsConversation(filter, derived, conversation)) told.push(tell(derived, conversation));
  }
  return told;
}

/** A conversation as answered when it was open in [from, to) as far as anybody tells, else undefined. */
export function conversationOpenIn(
  { item, firstSeen, until }: ToldConversation,
  { from, to }: { readonly from?: Nanos; readonly to?: Nanos },
): ConversationItem | undefined {
  if (to !== undefined && firstSeen !== undefined && firstSeen >= to) return undefined;
  if (from !== undefined && until !== undefined && until < from) return undefined;
  return { ...item, open: until === undefined || (to !== undefined && until >= to) };
}

/** Compares by a column, what has none of it last both ways; then by first seen and all else, the same out of any parts. */
export function conversationOrder({
  by,
  descending,
}: ConversationOrder): (a: ToldConversation, b: ToldConversation) => number {
  if (by === 'notable') {
    const sign = descending ? -1 : 1;
    return (a, b) => sign * compareNotable(a, b) || compareTold(a, b);
  }
  const key = keys[by];
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    const isAbsent = left === undefined || right === undefined;
    const order = compareAbsentLast(left, right);
    return (descending && !isAbsent ? -order : order) || compareTold(a, b);
  };
}

/** Whether it is with the cluster's own resolver, as lookups are in their thousands. */
export function isWithResolver({ item: { client, server } }: ToldConversation): boolean {
  return client.scope === 'dns' || server.scope === 'dns';
}

function compareNotable(a: ToldConversation, b: ToldConversation): number {
  return (
    hindranceOf(a) - hindranceOf(b) ||
    Number(isExternal(b)) - Number(isExternal(a)) ||
    compareAbsentLast(mostFirst(a), mostFirst(b))
  );
}

function hindranceOf({ item: { verdict } }: ToldConversation): number {
  return isHindering(verdict) ? verdictRank(verdict) : Number.MAX_SAFE_INTEGER;
}

function isExternal({ item: { client, server } }: ToldConversation): boolean {
  return client.scope === 'public' || server.scope === 'public';
}

function mostFirst({ sent, received }: ToldConversation): bigint | undefined {
  const bytes = sumCounters(sent, received);
  return bytes === undefined ? undefined : -bytes;
}

const keys: Readonly<
  Record<
    Exclude<ConversationOrder['by'], 'notable'>,
    (told: ToldConversation) => bigint | undefined
  >
> = {
  firstSeen: ({ firstSeen }) => firstSeen,
  lastSeen: ({ lastSeen }) => lastSeen,
  sent: ({ sent }) => sent,
  received: ({ received }) => received,
  bytes: ({ sent, received }) => sumCounters(sent, received),
  verdict: ({ item }) => (item.verdict === '' ? undefined : BigInt(verdictRank(item.verdict))),
};

function compareTold(a: ToldConversation, b: ToldConversation): number {
  return (
    compareAbsentLast(a.firstSeen, b.firstSeen) ||
    compareEnds(a.item.client, b.item.client) ||
    compareEnds(a.item.server, b.item.server) ||
    compareText(a.item.protocol, b.item.protocol) ||
    compareAbsentLast(a.lastSeen, b.lastSeen) ||
    compareAbsentLast(a.sent, b.sent) ||
    compareAbsentLast(a.received, b.received) ||
    compareText(a.item.verdict, b.item.verdict) ||
    compareText(a.item.evidence, b.item.evidence)
  );
}

function compareEnds(a: End, b: End): number {
  return (
    compareText(a.ref ?? '', b.ref ?? '') ||
    compareText(a.ip, b.ip) ||
    a.port - b.port ||
    compareText(a.pod ?? '', b.pod ?? '') ||
    compareText(a.name ?? '', b.name ?? '')
  );
}

function tell(derived: Derived, conversation: Conversation): ToldConversation {
  const { firstSeen, lastSeen, until, opened, closed, accepted } = conversation;
  const { bytesSent: sent, bytesReceived: received } = conversation;
  return {
    item: {
      client: endOf(derived, conversation.client),
      server: endOf(derived, conversation.server),
      accepted: accepted ?? null,
      protocol: conversation.protocol,
      directionKnown: conversation.directionKnown,
      bytesSent: sent?.toString() ?? null,
      bytesReceived: received?.toString() ?? null,
      verdict: conversation.verdict,
      verdictReason: conversation.verdictReason,
      firstSeen: timeTextOf(firstSeen),
      lastSeen: timeTextOf(lastSeen),
      opened: timeTextOf(opened),
      closed: timeTextOf(closed),
      evidence: conversation.evidence,
      confidence: conversation.confidence ?? null,
      agents: [...conversation.tellers],
    },
    firstSeen,
    lastSeen,
    until,
    sent,
    received,
  };
}

function endOf(derived: Derived, end: ConversationEnd): End {
  const index = end.process ?? -1;
  const process = derived.processes[index];
  const name = processName(derived, index);
  const pod = name === undefined ? end.pod : homeOf(name);
  return {
    ref: name?.ref ?? null,
    cluster: process?.cluster ?? null,
    node: process?.node ?? null,
    namespace: pod?.namespace ?? null,
    pod: pod?.name ?? null,
    binary: name?.binary ?? null,
    pid: name?.pid ?? null,
    lateNew: name?.lateNew ?? false,
    outOfPlace: name?.outOfPlace ?? [],
    ip: end.ip,
    port: end.port,
    name: end.name ?? null,
    nameEvidence: end.nameEvidence,
    scope: end.scope ?? null,
  };
}

/** The pod whose tree holds a process; undefined: the host's does. */
function homeOf({
  namespace,
  pod,
}: {
  readonly namespace: string;
  readonly pod: string;
}): ConversationEnd['pod'] {
  return pod === '' ? undefined : { namespace, name: pod };
}

/**
 * A conversation is kept when one of its ends matches with the connection between them, which is the one that the client
 * made: `fd.sip` is whom it called, whichever end is looked at. Free text finds both ends, and what was judged.
 */
function keepsConversation(filter: Filter, derived: Derived, conversation: Conversation): boolean {
  if (filter.kind === 'all') return true;
  const { client, server } = conversation;
  return [client, server].some((end) =>
    matches(filter, subjectOf(cardOfEnd(derived, end), conversation)),
  );
}

function subjectOf(card: SeenCard, conversation: Conversation): Subject {
  const { client, server, accepted, verdict, verdictReason } = conversation;
  const remote: SeenRemote = {
    names: server.name === undefined ? [] : [server.name],
    ends: accepted === undefined ? [server] : [server, accepted],
    verdict,
  };
  const subject = processSubject(card, remote);
  return {
    values: (field) => subject.values(field),
    text: () => [
      ...subject.text(),
      client.ip,
      String(client.port),
      client.name ?? '',
      ...[client.pod, server.pod].map((pod) =>
        pod === undefined ? '' : `${pod.namespace}/${pod.name}`,
      ),
      verdict,
      verdictReason,
    ],
  };
}

function cardOfEnd(derived: Derived, { process, pod }: ConversationEnd): SeenCard {
  const known = derived.processes[process ?? -1];
  if (known !== undefined) return cardOf(derived, known);
  return {
    binaries: [],
    arguments: [],
    cwd: '',
    execId: '',
    pid: undefined,
    uid: undefined,
    pod,
    container: undefined,
    node: '',
    kinds: [],
    policies: [],
    agents: [],
    alerts: [],
    author: [],
  };
}
