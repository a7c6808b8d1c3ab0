import type { Dialect } from '../event/dialects.ts';
import type { AlertFact, ContainerFact, EventCounts, PodFact } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';

import type { Call } from './authors/call.ts';

import type { Conversation } from './conversation.ts';
import type { NameEvidence, Scope } from './leafWords.ts';

import type { VerdictCount } from './network/verdict.ts';
import type { AgentId } from './settle/aliases.ts';

/** How a process came to be known (semantics, Identity). `inferred`: named by a descendant, without an id. */
export type ProcessKind = 'exec' | 'fork' | 'procfs' | 'ghost' | 'inferred';

/** How the parent of a process was found, best first (semantics, Links). */
export type LinkMethod = 'exec_id' | 'embedded' | 'ancestors' | 'pid_as_of' | 'name_chain' | 'none';

export type Role = 'main' | 'probe' | 'injected' | 'host' | '';
export type End = 'exited' | 'replaced' | 'unknown';
export type LateBase = 'main' | 'container_start' | 'first_seen';

/** Why something is marked: a stable code, one sentence, and the figures the sentence was made from. */
export interface Flag {
  readonly code: FlagCode;
  readonly reason: string;
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
}

/** Everything a process can be flagged with. Append only: the codes are part of the API. */
export const flagCodes = [
  'late_new',
  'late_seen',
  'novelty_unknown',
  'new_external_destination',
  'random_name',
  'raised_to_root',
  'late_container',
  'left_container',
  'suspect_parent',
  'cycle_cut',
  'self_parent',
  'contradicted',
  'activity_after_exit',
  'clock_stepped',
  'ancestor_may_be_skipped',
  'truncated_by_agent',
  'redacted_by_agent',
  'unlinked_binary',
  'raised_privileges',
  'hidden_characters',
  'lost_bytes',
  'reobserved',
  'container_inferred',
  'pod_inferred',
  'main_unknown',
  'start_derived',
  'policy_hit',
  'main_unsure',
  'blocked',
  'unaccounted',
] as const;
export type FlagCode = (typeof flagCodes)[number];

/** One exec of a process: exec in place gives a process several, oldest first (semantics, Links). */
export interface Image {
  readonly execId: string;
  readonly binary: string;
  readonly arguments: string;
  readonly startTime: Nanos | undefined;
  /** Milliseconds after the base of its container; undefined for host processes and when no start is known. */
  readonly lateByMs: number | undefined;
  /** Undefined: novelty unknown. */
  readonly isNew: boolean | undefined;
  readonly alerts: number;
}

/** A leaf: what one process did with one remote (semantics, Connections). */
export interface Leaf {
  readonly direction: 'outbound' | 'inbound' | 'listen';
  readonly protocol: string;
  /** Undefined: no name; the address is the label. */
  readonly name: string | undefined;
  readonly nameEvidence: NameEvidence;
  /** One sentence for the tooltip: where the name comes from, or that candidates disagree. */
  readonly nameDetail: string;
  /** Other names that were candidates. */
  readonly otherNames: readonly string[];
  readonly ip: string;
  /** The remote port; for inbound and listen the local one. */
  readonly port: number;
  readonly scope: Scope;
  readonly external: boolean;
  readonly randomName: boolean;
  /** The figures behind `randomName`, for the explanation. */
  readonly randomDetail: string;
  /** Sockets of this leaf. */
  readonly count: number;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** Undefined: no counter was reported. */
  readonly bytesSent: bigint | undefined;
  readonly bytesReceived: bigint | undefined;
  /** The gravest judgement of any of its connections (`DROPPED`); empty: nobody judged them. */
  readonly verdict: string;
  /** Why, in the agent's words. */
  readonly verdictReason: string;
  /** Its connections by what was judged of them, gravest first; those of which nothing was are in none. */
  readonly verdicts: readonly VerdictCount[];
  /** Index into `Derived.processes` of the process at the other end; undefined: not stitched. */
  readonly peer: number | undefined;
  /** How the peer was found, empty when there is none. */
  readonly peerEvidence: string;
  /** Every process at the other end, the one with most connections (`peer`) first. */
  readonly peers: readonly LeafPeer[];
}

/** One of the processes at the other end of a leaf, and the part of the leaf's figures that is with it. */
export interface LeafPeer {
  /** Index into `Derived.processes`. */
  readonly process: number;
  readonly count: number;
  /** As the leaf's own process saw them. */
  readonly bytesSent: bigint | undefined;
  readonly bytesReceived: bigint | undefined;
  readonly firstSeen: Nanos | undefined;
  readonly evidence: string;
  readonly confidence: Hop['confidence'];
}

/** Lookups of one name, or of several names below one registrable parent, by one process. */
export interface Lookup {
  /** The name that was asked; of several the registrable parent. */
  readonly name: string;
  /** The first of the names that were asked or meant, sorted, `nameCount` in all; without search suffixes. */
  readonly names: readonly string[];
  readonly nameCount: number;
  /** Lookups of the names themselves; 0: only tries with search suffixes were seen. */
  readonly count: number;
  /** Names below `name`; 0: only `name` itself was asked. */
  readonly distinct: number;
  /** Bytes that the labels of several names could carry (tunnel evidence); 0 of one name, which can be read, and of internal ones. */
  readonly decodedBytes: number;
  readonly failed: number;
  /** Those of `failed` by the code of the answer, the smallest code first. */
  readonly failures: readonly { readonly rcode: number; readonly count: number }[];
  /** Tries with a search suffix of the pod that did not resolve; in none of the counts above. */
  readonly tries: number;
  /** How often `tries` were answered without success, by code. */
  readonly triesFailed: readonly { readonly rcode: number; readonly count: number }[];
  /** The first addresses that were answered, sorted, `addressCount` in all. */
  readonly addresses: readonly string[];
  readonly addressCount: number;
  readonly resolver: string;
}

/** A container instance of a pod. */
export interface DerivedContainer {
  /** Of a container known only by its truncated id, `id` is that and the rest is empty. */
  readonly fact: ContainerFact;
  /** Index into `Derived.pods`; -1: no record names its pod (a container outside of Kubernetes). */
  readonly pod: number;
  readonly kind: 'main' | 'init' | 'ephemeral' | 'restart';
  /** Index into `Derived.processes`; undefined: main is unknown. */
  readonly main: number | undefined;
  /** What `lateByMs` counts from in this container, when anything is known. */
  readonly base: { readonly time: Nanos; readonly from: LateBase } | undefined;
}

export interface DerivedPod {
  readonly fact: PodFact;
  /** The cluster after resolution; never empty. */
  readonly cluster: string;
  readonly node: string;
}

/** A person or program that had a process started through the API server (semantics, Author). */
export interface Author {
  readonly user: string;
  /** Whom `user` claimed to be; empty: nobody else. */
  readonly impersonating: string;
  readonly sourceIps: readonly string[];
  readonly userAgent: string;
  /** Its elements, joined by spaces. */
  readonly command: string;
  /** When the call came in. */
  readonly time: Nanos | undefined;
  /** `ambiguous`: other calls or other processes fit as well. */
  readonly match: 'exact' | 'ambiguous';
  /** How many calls fit, this one among them. */
  readonly candidates: number;
}

/** A process as drawn: one card, its images, its place in the forest. */
export interface DerivedProcess {
  /** 22 base64url characters (semantics, Identity). Stable within a case. */
  readonly ref: string;
  readonly dialect: Dialect;
  /** The last image's exec_id. */
  readonly execId: string;
  /** Every `processKey` that resolves to this card: its images', in order. */
  readonly keys: readonly string[];
  /** Further `processKey`s that mean it, sorted: what agents without ids of their own spelled of it, and other agents' names. */
  readonly otherKeys: readonly string[];
  readonly cluster: string;
  readonly node: string;
  readonly kind: ProcessKind;
  /** Index into `Derived.processes`, lower than its own; -1: a root. */
  readonly parent: number;
  readonly linkMethod: LinkMethod;
  /** Why the link is drawn as suspect; empty: it is not. */
  readonly suspect: string;
  readonly images: readonly Image[];
  /** The last image's. */
  readonly binary: string;
  readonly arguments: string;
  readonly cwd: string;
  readonly flagsText: string;
  readonly capabilities: string;
  readonly docker: string;
  readonly pid: number | undefined;
  readonly nsPid: number | undefined;
  readonly uid: number | undefined;
  readonly auid: number | undefined;
  readonly user: string;
  /** Start of the first image. `startDerived`: computed from the id and the node's boot, not reported. */
  readonly startTime: Nanos | undefined;
  readonly startDerived: boolean;
  readonly end: End;
  readonly endTime: Nanos | undefined;
  readonly exitCode: number | undefined;
  readonly exitSignal: string;
  /** First and last own event. */
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** Indexes into `Derived.pods`, `Derived.containers`; undefined: host. */
  readonly pod: number | undefined;
  readonly container: number | undefined;
  readonly role: Role;
  /** The worst of its images. Undefined: host, or no start known. */
  readonly lateByMs: number | undefined;
  readonly lateBase: LateBase | undefined;
  readonly isNew: boolean | undefined;
  /** Above the limit. */
  readonly late: boolean;
  /** Late and new, or late and not allowed to be quiet: drawn yellow (semantics, Late and new). */
  readonly loud: boolean;
  readonly flags: readonly Flag[];
  readonly connections: readonly Leaf[];
  readonly lookups: readonly Lookup[];
  readonly counts: EventCounts;
  /** What other agents call it. */
  readonly ids: readonly AgentId[];
  /** What agents said of it, in order of time. */
  readonly alerts: readonly AlertFact[];
  /** Who had it started through the API server; undefined: nobody that the log tells. */
  readonly author: Author | undefined;
  /** True: the kernel's pseudo process or a kernel thread; drawn as a hidden root. Absent: it is not. */
  readonly kernel?: true;
}

/** A movement from one pod's process to another's (semantics, Stitch). Indexes into `Derived.processes`. */
export interface Hop {
  readonly from: number;
  readonly to: number;
  readonly port: number;
  readonly protocol: string;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** Undefined: no counter was reported. */
  readonly bytesSent: bigint | undefined;
  readonly bytesReceived: bigint | undefined;
  readonly evidence: string;
  readonly confidence: 'certain' | 'likely' | 'inferred';
}

/** A call to the API server, with the process that it started and the one that made it. */
export interface DerivedCall extends Call {
  /** Index into `Derived.processes`; undefined: none that is known. */
  readonly process: number | undefined;
  /** Index into `Derived.processes` of the one that made it; undefined: none that is known, or several fit. */
  readonly madeBy: number | undefined;
  /** How many processes of the calling pod may have made it. */
  readonly makers: number;
  /** Indexes into `Derived.pods`: where only the service account is known, the pods that called as it. */
  readonly accountPods: readonly number[];
}

/** What happened to a pod, an address or a node, and to no process that is known. */
export interface DerivedLoose {
  /** Index into `Derived.pods`; undefined: no pod is known. */
  readonly pod: number | undefined;
  readonly cluster: string;
  readonly node: string;
  /** Set where nothing but an address is known. */
  readonly address: string;
  /** Who spoke of it, in the order of `dialects`. */
  readonly agents: readonly Dialect[];
  readonly connections: readonly Leaf[];
  readonly lookups: readonly Lookup[];
  readonly alerts: readonly AlertFact[];
}

/** What follows from a set of facts. Equal for every order, repetition and batching of the same set. */
export interface Derived {
  /** Parents before children; siblings by (start, execId). */
  readonly processes: readonly DerivedProcess[];
  readonly pods: readonly DerivedPod[];
  readonly containers: readonly DerivedContainer[];
  readonly hops: readonly Hop[];
  readonly loose: readonly DerivedLoose[];
  /** Calls to the API server that are worth a mark or that pods made, in order of time. */
  readonly calls: readonly DerivedCall[];
  /** By `alertKey`: of alerts about a call to the API server the card that the call started. */
  readonly alertCards: ReadonlyMap<string, number>;
  /** Who told of an exit, anywhere in the case. */
  readonly exitTellers: ReadonlySet<Dialect>;
  /** By index of `pods`: who spoke of the pod without naming a process, in the order of `dialects`. Nobody did: it may be missing. */
  readonly podAgents: readonly (readonly Dialect[] | undefined)[];
  /** By the `processKey` of what names no process: index into `pods` of the pod that it happened to. */
  readonly placed: ReadonlyMap<string, number>;
  /** What a `processKey` means where that is another one: the key of the image that it stands for. */
  readonly meant: ReadonlyMap<string, string>;
  /** By first seen; absent: not asked for. */
  readonly conversations?: readonly Conversation[];
  /** `processKey` (and each variant's and epoch's) to index in `processes`; several for repeated ids. */
  readonly byKey: ReadonlyMap<string, readonly number[]>;
}

/** What the derivation needs from outside: the model has no hash and no configuration of its own. */
export interface DeriveOptions {
  /** 60,000 by default. */
  readonly lateLimitMs: number;
  /** sha256 of UTF-8 text, as 32 bytes. */
  readonly sha256: (text: string) => Uint8Array;
  /** Conversations are wanted, too: one by one they may be more than all else together. */
  readonly conversations?: boolean;
}
