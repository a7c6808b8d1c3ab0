import { addressOf } from '../address.ts';
import { lookupName } from '../names.ts';
import { enumOf, type JsonObject, objectOf, portOf, textOf, textsOf } from '../read.ts';

/** One end of a conversation. */
export interface FlowEnd {
  readonly ip: string;
  readonly port: number;
  /** Names that the agent knows of its address. */
  readonly names: readonly string[];
  readonly endpoint: JsonObject | undefined;
}

/** The ends in the order of the conversation, not of the packet: the source began it. */
export interface FlowEnds {
  readonly protocol: string;
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
  /** Whether it is known who began; if not, the source is the packet's. */
  readonly began: boolean;
  /** The packet is an answer, and the agent did not know: what it says of directions is of the packet. */
  readonly turned: boolean;
}

const protocols = ['TCP', 'UDP', 'SCTP', 'ICMPv4', 'ICMPv6', 'VRRP', 'IGMP'] as const;

const l7Types = new Map([
  [1, 'REQUEST'],
  [2, 'RESPONSE'],
  [3, 'SAMPLE'],
]);

/** Reads the ends of a flow. A reply's packet comes from the conversation's destination. */
export function endsOf(flow: JsonObject): FlowEnds {
  const l4 = objectOf(flow.l4);
  const protocol = protocols.find((name) => objectOf(l4?.[name]) !== undefined) ?? '';
  const ports = objectOf(l4?.[protocol]);
  const ip = objectOf(flow.IP);
  const from: FlowEnd = {
    ip: addressOf(ip?.source),
    port: portOf(ports?.source_port) ?? 0,
    names: namesOf(flow.source_names),
    endpoint: objectOf(flow.source),
  };
  const to: FlowEnd = {
    ip: addressOf(ip?.destination),
    port: portOf(ports?.destination_port) ?? 0,
    names: namesOf(flow.destination_names),
    endpoint: objectOf(flow.destination),
  };
  const told = toldReply(flow);
  const reply = told ?? seenReply(flow, ports);
  const known = { protocol, began: reply !== undefined, turned: reply === true && told !== true };
  return reply === true
    ? { ...known, source: to, destination: from }
    : { ...known, source: from, destination: to };
}

/** Request or response; undefined for what has no L7, and for samples. */
export function l7TypeOf(flow: JsonObject): 'REQUEST' | 'RESPONSE' | undefined {
  const type = enumOf(objectOf(flow.l7)?.type, l7Types);
  return type === 'REQUEST' || type === 'RESPONSE' ? type : undefined;
}

/** Whether the agent says that the packet answers the one who began; undefined: not told (drops, masked flows). */
function toldReply(flow: JsonObject): boolean | undefined {
  if (typeof flow.is_reply === 'boolean') return flow.is_reply;
  // The word of older agents, whose false also means unknown.
  if (flow.reply === true) return true;
  const type = l7TypeOf(flow);
  return type === undefined ? undefined : type === 'RESPONSE';
}

/** Whether the packet itself shows it. */
function seenReply(flow: JsonObject, ports: JsonObject | undefined): boolean | undefined {
  // Of a socket's calls: what goes out, and what comes back through the same translation.
  const point = textOf(flow.sock_xlate_point) ?? '';
  if (point.endsWith('_REV') || point.endsWith('_FWD')) return point.endsWith('_REV');
  const flags = objectOf(ports?.flags);
  return flags?.SYN === true ? flags.ACK === true : undefined;
}

function namesOf(value: unknown): readonly string[] {
  return [...new Set(textsOf(value).map(lookupName))];
}
