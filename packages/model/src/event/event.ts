import type { Sighting } from './sighting.ts';
import type { Nanos } from './time.ts';

/** The dialects whose identities the graph knows. One word each; it is part of every process key. */
export type Dialect = 'tetragon';

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

/** The fields by which an agent itself names what a socket is connected to. */
export const nameEvidences = ['destination_names', 'sni', 'http_host'] as const;
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

/** A loss that the agent itself reports: throttling or rate limiting (D34, D35). */
export interface GapDetail {
  readonly gap: 'rate_limit' | 'throttle_start' | 'throttle_stop';
  /** Events dropped, when told. */
  readonly count?: number;
  readonly cgroup?: string;
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
  /** The process it happened to; undefined for node-wide events and unattributed ones (D36). */
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
}

/** One event in the one vocabulary. Keyed by `kind`; what a kind does not have cannot be written. */
export type ProcessEvent =
  | (EventBase & { readonly kind: 'exit'; readonly exit: ExitDetail })
  | (EventBase & { readonly kind: SocketKind; readonly socket: SocketDetail })
  | (EventBase & { readonly kind: 'dns'; readonly dns: DnsDetail })
  | (EventBase & { readonly kind: 'throttle' | 'rate_limit'; readonly gap: GapDetail })
  | (EventBase & {
      readonly kind:
        | 'exec'
        | 'file'
        | 'kprobe'
        | 'tracepoint'
        | 'uprobe'
        | 'usdt'
        | 'lsm'
        | 'loader'
        | 'other';
    });
