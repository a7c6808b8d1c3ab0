import { type Dialect, dialects } from './dialects.ts';
import type {
  AlertDetail,
  AuditDetail,
  EventKind,
  FlowDetail,
  NameEvidence,
  SocketKind,
} from './event.ts';
import type { Rank } from './sighting.ts';
import type { Nanos } from './time.ts';

/**
 * Facts are what a case holds: sets, merged by joins, so that order, repetition and batching cannot matter.
 * The graph is a pure function of them. Stores keep them; nothing here is derived.
 */

/**
 * Identity of a process fact's id: the dialect's id is unique only within a cluster (D25). `cluster` is the
 * log's, else the source's, else empty: the graph then takes the one named cluster that also reports the
 * node, else `default`.
 */
export interface ProcessId {
  readonly dialect: Dialect;
  readonly cluster: string;
  readonly id: string;
}

/** The text key of a process id, for maps. NUL cannot stand in a cluster or dialect name; ids come last. */
export function processKey({ dialect, cluster, id }: ProcessId): string {
  return `${dialect}\0${cluster}\0${id}`;
}

/** Reads what `processKey` wrote; undefined for every other text, as the empty key of what names no process is. */
export function readProcessKey(key: string): ProcessId | undefined {
  const first = key.indexOf('\0');
  const second = key.indexOf('\0', first + 1);
  const dialect = dialects.find((one) => one.length === first && key.startsWith(one));
  if (dialect === undefined || second < 0) return undefined;
  return { dialect, cluster: key.slice(first + 1, second), id: key.slice(second + 1) };
}

/** The dialect of a `processKey`. */
export function dialectOfKey(key: string): Dialect {
  return readProcessKey(key)?.dialect ?? 'tetragon';
}

/** The fields that merge one by one, each with the rank of its evidence. Order is the order of `ranks`. */
export const rankedFields = [
  'parentId',
  'nsPid',
  'uid',
  'auid',
  'user',
  'cwd',
  'arguments',
  'flags',
  'pod',
  'containerId',
  'docker',
  'capabilities',
] as const;
export type RankedField = (typeof rankedFields)[number];

/**
 * Everything said of one process under one *face*: the id with one (pid, start, binary). Records of one process
 * show one face; when an id shows several, the graph decides what they are: a sighting that lacks a field
 * (compatible: one process), another boot (an epoch), or a contradiction (a variant). So merging a fact never
 * has to choose between identities, whatever the order of arrival.
 */
export interface ProcessFact extends ProcessId {
  readonly node: string;
  readonly pid?: number;
  readonly startTime?: Nanos;
  readonly binary?: string;
  /** Nanoseconds since boot, from the id. */
  readonly ktime?: bigint;
  readonly parentId?: string;
  readonly nsPid?: number;
  readonly uid?: number;
  readonly auid?: number;
  readonly user?: string;
  readonly cwd?: string;
  readonly arguments?: string;
  readonly flags?: string;
  /** `podKey` of a `PodFact`. */
  readonly pod?: string;
  /** The container's full id, scheme included. */
  readonly containerId?: string;
  readonly docker?: string;
  readonly capabilities?: string;
  /** Bits of `Trait`, joined by or. */
  readonly traits: number;
  /** Rank per ranked field, same order as `rankedFields`; 0: absent. */
  readonly ranks: readonly (0 | Rank)[];
  /** The best rank of any sighting of this face. */
  readonly rank: Rank;
  /** First and last time of the process's own events (not of its children's). */
  readonly firstSeen?: Nanos;
  readonly lastSeen?: Nanos;
}

/** A pod in one cluster. Facts without a uid stay apart until the graph assigns them. */
export interface PodFact {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly workload?: string;
  readonly workloadKind?: string;
  /** Sorted `key=value`. */
  readonly labels: readonly string[];
}

/** The text key of a pod. None of the four may hold a slash in Kubernetes; hostile ones are escaped. */
export function podKey(pod: Pick<PodFact, 'cluster' | 'namespace' | 'name' | 'uid'>): string {
  const { cluster, namespace, name, uid } = pod;
  return `${encodePart(cluster)}/${encodePart(namespace)}/${encodePart(name)}/${encodePart(uid)}`;
}

/** Reads what `podKey` wrote. */
export function parsePodKey(key: string): Pick<PodFact, 'cluster' | 'namespace' | 'name' | 'uid'> {
  const parts = key.split('/');
  const [cluster = '', namespace = '', name = '', uid = ''] = key.includes('%')
    ? parts.map((part) => part.replaceAll('%2F', '/').replaceAll('%25', '%'))
    : parts;
  return { cluster, namespace, name, uid };
}

/** A container instance, by its full id within a cluster. */
export interface ContainerFact {
  readonly cluster: string;
  readonly id: string;
  /** `podKey`. */
  readonly pod: string;
  readonly name: string;
  readonly imageId?: string;
  readonly imageName?: string;
  readonly startTime?: Nanos;
  readonly privileged?: boolean;
}

/** One socket event of one process. `process` is a `processKey`. */
export interface SocketFact {
  readonly process: string;
  readonly cluster: string;
  readonly node: string;
  readonly kind: SocketKind;
  readonly time?: Nanos;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly destinationIp: string;
  readonly destinationPort: number;
  readonly cookie: string;
  readonly bytesSent?: bigint;
  readonly bytesReceived?: bigint;
  readonly names: readonly string[];
  readonly nameEvidence?: NameEvidence;
  readonly peerPod?: {
    readonly namespace: string;
    readonly name: string;
    readonly workload?: string;
  };
}

/** One reported end of a process. Several may exist (D10); the graph takes the latest. */
export interface ExitFact {
  readonly process: string;
  readonly cluster: string;
  readonly node: string;
  readonly time?: Nanos;
  /** Undefined: not known, which is not 0 (D41). */
  readonly code?: number;
  readonly signal?: string;
}

/** One DNS question or answer of one process. */
export interface LookupFact {
  readonly process: string;
  readonly cluster: string;
  readonly node: string;
  readonly time?: Nanos;
  readonly response: boolean;
  readonly rcode: number;
  readonly names: readonly string[];
  readonly ips: readonly string[];
  readonly types: readonly string[];
  readonly resolverIp: string;
  readonly resolverPort: number;
}

/** Where and when something happened, and to whom: `process` is a `processKey`, empty when no record says it. */
export interface Happening {
  readonly process: string;
  readonly cluster: string;
  readonly node: string;
  readonly time?: Nanos;
}

/** One flow. */
export interface FlowFact extends Happening, FlowDetail {
  /** The event's label: its dialect tells who saw the flow. */
  readonly label: string;
}

/** One alert. `kind` and `subject` are those of the event that it speaks of. */
export interface AlertFact extends Happening, AlertDetail {
  readonly label: string;
  readonly kind: EventKind;
  readonly subject: string;
}

/** One stage of one call to the Kubernetes API. */
export interface AuditFact extends Happening, AuditDetail {}

/** A loss of events that somebody reported or that we saw: part of the evidence, drawn where it matters. */
export interface GapFact {
  readonly cluster: string;
  readonly node: string;
  readonly kind:
    | 'rate_limit'
    | 'throttle_start'
    | 'throttle_stop'
    | 'lost_events'
    | 'stream_cut'
    | 'truncated'
    | 'rotation';
  readonly time?: Nanos;
  readonly count?: number;
  /** A cgroup for throttles, a member or reason for the rest. */
  readonly detail?: string;
}

/** What a node has reported: when, and how much of which kind. */
export interface NodeFact {
  readonly cluster: string;
  readonly node: string;
  readonly firstTime?: Nanos;
  readonly lastTime?: Nanos;
  /** Event counts by the log's own label. */
  readonly kinds: ReadonlyMap<string, number>;
  /**
   * Start minus ktime of its processes, in whole seconds, distinct: one cluster of values per boot. Rounded,
   * because the boots of one node lie minutes apart and the set must stay small.
   */
  readonly bootSeconds: readonly number[];
}

/** How often a policy of the agent reported a process. */
export interface PolicyHits {
  readonly policy: string;
  readonly hits: number;
}

/** Events of each class that one process had of its own; `process` is a `processKey`. */
export interface EventCounts {
  readonly process: string;
  readonly exec: number;
  readonly network: number;
  readonly dns: number;
  readonly file: number;
  readonly other: number;
  /** Bit per index of `eventKinds` that occurred: filters ask for kinds, not counts. An alert on an event of another kind has its bit, too. */
  readonly kinds: number;
  /** The policies that events of `reportKinds` name, by name. */
  readonly policies: readonly PolicyHits[];
}

/** A set of facts: a whole case, or a part that is closed under what is asked of it. */
export interface Facts {
  readonly processes: readonly ProcessFact[];
  readonly pods: readonly PodFact[];
  readonly containers: readonly ContainerFact[];
  readonly exits: readonly ExitFact[];
  readonly sockets: readonly SocketFact[];
  readonly lookups: readonly LookupFact[];
  readonly flows: readonly FlowFact[];
  readonly alerts: readonly AlertFact[];
  readonly audits: readonly AuditFact[];
  readonly gaps: readonly GapFact[];
  readonly nodes: readonly NodeFact[];
  readonly counts: readonly EventCounts[];
}

function encodePart(part: string): string {
  if (!part.includes('%') && !part.includes('/')) return part;
  return part.replaceAll('%', '%25').replaceAll('/', '%2F');
}
