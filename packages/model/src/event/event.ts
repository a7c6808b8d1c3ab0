import type { Dialect } from './dialects.ts';
import type { Severity } from './severity.ts';
import type { Sighting } from './sighting.ts';
import type { Nanos } from './time.ts';

/**
 * Event kinds, in the order of their wire numbers (`kindNumber`); append only, never reorder.
 * `other` is any event of a process that we have no word for; its own name is in `label`.
 */
export const eventKinds = [
  'exec',
  'exit',
  'connect',
  'accept',
  'listen',
  'close',
  'sock_stats',
  'send',
  'dns',
  'tls',
  'http',
  'file',
  'kprobe',
  'tracepoint',
  'uprobe',
  'usdt',
  'lsm',
  'loader',
  'throttle',
  'rate_limit',
  'other',
  'flow',
  'alert',
  'audit',
  'lost',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** The kinds that happen to a socket; each is of `eventKinds`. */
export const socketKinds = [
  'connect',
  'accept',
  'listen',
  'close',
  'sock_stats',
  'send',
  'tls',
  'http',
] as const satisfies readonly EventKind[];
export type SocketKind = (typeof socketKinds)[number];

/** The kinds whose events say nothing beside what every event says. */
export type PlainKind =
  | 'exec'
  | 'file'
  | 'kprobe'
  | 'tracepoint'
  | 'uprobe'
  | 'usdt'
  | 'lsm'
  | 'loader'
  | 'other';

/** The fields by which an agent itself names what a socket is connected to; the last two are of agents beside the process. */
export const nameEvidences = ['destination_names', 'sni', 'http_host', 'flow', 'zeek'] as const;
export type NameEvidence = (typeof nameEvidences)[number];

/** The classes in which events are counted and drawn. */
export const eventClasses = ['exec', 'network', 'dns', 'file', 'other'] as const;
export type EventClass = (typeof eventClasses)[number];

const classByKind: Record<EventKind, EventClass> = {
  exec: 'exec',
  exit: 'exec',
  connect: 'network',
  accept: 'network',
  listen: 'network',
  close: 'network',
  sock_stats: 'network',
  send: 'network',
  tls: 'network',
  http: 'network',
  dns: 'dns',
  file: 'file',
  kprobe: 'other',
  tracepoint: 'other',
  uprobe: 'other',
  usdt: 'other',
  lsm: 'other',
  loader: 'file',
  throttle: 'other',
  rate_limit: 'other',
  other: 'other',
  flow: 'network',
  alert: 'other',
  audit: 'other',
  lost: 'other',
};

/** The class a kind is counted under. */
export function classOf(kind: EventKind): EventClass {
  return classByKind[kind];
}

/** What a socket event says. Addresses are the agent's text, lower case; ports 0 when absent. */
export interface SocketDetail {
  readonly protocol: string;
  /** As printed: for accept the remote may stand first (semantics, Stitch). */
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly destinationIp: string;
  readonly destinationPort: number;
  /** A reused kernel pointer, as text (above 2^53); empty when absent. */
  readonly cookie: string;
  /** Cumulative counters of the socket, when the event carries them. */
  readonly bytesSent?: bigint;
  readonly bytesReceived?: bigint;
  /** Names the agent itself put on the socket, without the trailing dot. */
  readonly names: readonly string[];
  /** Which field gave `names`. */
  readonly nameEvidence?: NameEvidence;
  /** The pod the agent says is at the destination. */
  readonly peerPod?: {
    readonly namespace: string;
    readonly name: string;
    readonly workload?: string;
  };
}

/** A DNS question or answer. Names without the trailing dot, lower case. */
export interface DnsDetail {
  readonly response: boolean;
  readonly rcode: number;
  readonly names: readonly string[];
  readonly ips: readonly string[];
  /** `A`, `AAAA`, … as far as known. */
  readonly types: readonly string[];
  /** The resolver asked, when the event names the socket. */
  readonly resolverIp: string;
  readonly resolverPort: number;
}

/** A loss that the agent itself reports: throttling, rate limiting (D34, D35), events that it dropped. */
export interface GapDetail {
  readonly gap: 'rate_limit' | 'throttle_start' | 'throttle_stop' | 'lost_events';
  /** Events dropped, when told. */
  readonly count?: number;
  /** What was throttled, or where and why events were lost; one line. */
  readonly cgroup?: string;
}

/** Which way a flow went, as seen from the pod whose event it is; in the order of their numbers in a batch, append only. */
export const flowDirections = ['unknown', 'outbound', 'inbound'] as const;
export type FlowDirection = (typeof flowDirections)[number];

/**
 * A conversation as somebody saw it who sees no processes: on the wire (Zeek), or at a pod's network interface (Hubble). Ends
 * as in `SocketDetail`: the source began it, as far as the agent knows. `time` of the event is its beginning.
 */
export interface FlowDetail {
  readonly direction: FlowDirection;
  /** Upper case: `TCP`, `UDP`, `ICMPv4`. */
  readonly protocol: string;
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly destinationIp: string;
  readonly destinationPort: number;
  /** The socket's, as text, on the node of the event; empty when not told. */
  readonly cookie: string;
  /** Names of the destination without the trailing dot. */
  readonly names: readonly string[];
  /** `FORWARDED`, `DROPPED`, … as the agent says it; empty when it judges nothing. */
  readonly verdict: string;
  /** Why it was dropped, by which policy; or how it ended (`conn_state`). Empty: not told. */
  readonly reason: string;
  /** Payload from source to destination, and back; undefined: not told. */
  readonly bytesSent?: bigint;
  readonly bytesReceived?: bigint;
  /** When it ended or was last seen. */
  readonly end?: Nanos;
  /** The pods at both ends, as far as the agent names them. */
  readonly sourcePod?: FlowPod;
  readonly destinationPod?: FlowPod;
}

/** A pod as a flow names it. */
export interface FlowPod {
  readonly namespace: string;
  readonly name: string;
  readonly workload?: string;
}

/** A judgement of the agent about what happened: a rule or policy that spoke. */
export interface AlertDetail {
  /** The rule's or policy's name. */
  readonly rule: string;
  readonly severity: Severity;
  /** The agent's own word or figure for the severity. */
  readonly severityWord: string;
  /** As the agent gives them, each one line. */
  readonly tags: readonly string[];
  /** What the agent says to people, in one line or more. */
  readonly output: string;
  /** What the agent did or would do: `Audit`, `Block`; empty: it only reports. */
  readonly action: string;
  /** What enforced it (`BPFLSM`); empty: nothing is said. */
  readonly enforcer: string;
  /** What became of the attempt, in the agent's words (`Permission denied`); empty: nothing is said. */
  readonly result: string;
  /** True: what the event tells did not happen, it was prevented. */
  readonly blocked: boolean;
}

/** A call to the Kubernetes API. Empty: not told. */
export interface AuditDetail {
  /** One per call; each stage of the call is an event. */
  readonly auditId: string;
  readonly stage: string;
  readonly verb: string;
  readonly user: string;
  readonly groups: readonly string[];
  /** Whom `user` claimed to be. */
  readonly impersonating: string;
  readonly sourceIps: readonly string[];
  readonly userAgent: string;
  readonly resource: string;
  readonly subresource: string;
  readonly apiGroup: string;
  readonly namespace: string;
  readonly name: string;
  /** `allow`, `forbid`. */
  readonly decision: string;
  /** The response's status code; 0: none yet. */
  readonly code: number;
  /** Of exec and attach: where, and the command's elements. */
  readonly container: string;
  readonly command: readonly string[];
  /** When the call came in; an event's own time is that of its stage. */
  readonly received?: Nanos;
  /** The pod whose service account made the call, when the API server knows it. */
  readonly callerNamespace: string;
  readonly callerPod: string;
}

/** How a process ended. `code` undefined: not known (D41), which is not 0. */
export interface ExitDetail {
  readonly code?: number;
  readonly signal?: string;
}

interface EventBase {
  readonly dialect: Dialect;
  /** The log's own name of the event (`process_exec`, `process_icmp`). */
  readonly label: string;
  /** When it was observed; undefined: the record has no time. */
  readonly time?: Nanos;
  /** The log's cluster; undefined: the source's. */
  readonly cluster?: string;
  /** The node, empty when the log does not say. */
  readonly node: string;
  /**
   * Whom it happened to; undefined for node-wide events and unattributed ones (D36). Of an agent that sees no processes the
   * pod, address or node that `spelledIds` spells: a sighting with that id, the pod where known, and no pid.
   */
  readonly process?: Sighting;
  readonly parent?: Sighting;
  /** Beyond the parent, nearest first. */
  readonly ancestors: readonly Sighting[];
  /** The kprobe function, file path, syscall: what the event acted on, as text for lists. */
  readonly subject?: string;
  /** The agent's policy that reported the event. A batch has it, and the action, only as words of `subject`. */
  readonly policy?: string;
  /** What the agent did about it, when it intervened (killed, overrode); not a mere report. */
  readonly action?: string;
  /** What a rule or policy said of it. An event of kind `alert` has one; one of any other kind may. */
  readonly alert?: AlertDetail;
}

/** One event in the one vocabulary. Keyed by `kind`; what a kind does not have cannot be written. */
export type ProcessEvent =
  | (EventBase & { readonly kind: 'exit'; readonly exit: ExitDetail })
  | (EventBase & { readonly kind: SocketKind; readonly socket: SocketDetail })
  | (EventBase & {
      readonly kind: 'dns';
      readonly dns: DnsDetail;
      /** The conversation that carried it, of an agent that sees packets and no processes: its ends tell who asked. */
      readonly flow?: FlowDetail;
    })
  | (EventBase & { readonly kind: 'throttle' | 'rate_limit' | 'lost'; readonly gap: GapDetail })
  | (EventBase & { readonly kind: 'flow'; readonly flow: FlowDetail })
  | (EventBase & { readonly kind: 'audit'; readonly audit: AuditDetail })
  | (EventBase & { readonly kind: 'alert'; readonly alert: AlertDetail })
  | (EventBase & { readonly kind: PlainKind });
