import type { Dialect } from '../event/dialects.ts';
import type { ContainerFact, FlowFact, LookupFact, SocketFact } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import type { Conversation } from './conversation.ts';
import type { DerivedPod, Hop, Leaf, Lookup } from './derived.ts';
import type { Verdict } from './network/verdict.ts';

/** What the network half is told of a card; the same index as in `Derived.processes`. */
export interface NetworkProcess {
  /** The cluster after resolution; never empty. */
  readonly cluster: string;
  readonly node: string;
  /** Boot of the node, oldest 0: part of a socket's identity. */
  readonly epoch: number;
  /** Index of its parent card, lower than its own; -1: a root. */
  readonly parent: number;
  readonly binary: string;
  readonly arguments: string;
  readonly pid: number | undefined;
  /** Indexes into `pods` and `containers`; undefined: host. */
  readonly pod: number | undefined;
  readonly container: number | undefined;
  readonly startTime: Nanos | undefined;
  readonly endTime: Nanos | undefined;
}

/** An event of a socket, and what somebody judged of it. */
export interface JudgedSocket extends SocketFact {
  readonly verdict?: Verdict;
  /** The agent that told it; absent: Tetragon. */
  readonly teller?: Dialect;
}

/** A lookup, and who saw it from where. */
export interface ToldLookup extends LookupFact {
  /** The agent that told it; absent: Tetragon. */
  readonly teller?: Dialect;
  /** The conversation that carried it, where somebody saw its packets: one socket of one process. */
  readonly flow?: FlowFact;
}

/** Everything the network half may ask of the process half. */
export interface NetworkInput {
  /** Parents before children; then the places of which no process is known (`loose`). */
  readonly processes: readonly NetworkProcess[];
  /** How many of `processes` are cards. */
  readonly cardCount: number;
  readonly pods: readonly DerivedPod[];
  readonly containers: readonly { readonly fact: ContainerFact; readonly pod: number }[];
  readonly sockets: readonly JudgedSocket[];
  readonly lookups: readonly ToldLookup[];
  /** Conversations are asked for, too: one by one they are far more than leaves. */
  readonly conversations?: boolean;
  /**
   * The card that a fact's `process` key means at a time: of a key that several boots share, the boot of that time;
   * undefined for a key nobody knows. Its cluster and node are the resolved ones; those of the fact may be empty.
   */
  resolve(key: string, time: Nanos | undefined): number | undefined;
}

/** What the network half answers. Maps are by index of the card or place; one without an entry has none. Hops and peers are cards. */
export interface NetworkResult {
  readonly leavesByProcess: ReadonlyMap<number, readonly Leaf[]>;
  readonly lookupsByProcess: ReadonlyMap<number, readonly Lookup[]>;
  readonly hops: readonly Hop[];
  /** Absent: not asked for. */
  readonly conversations?: readonly Conversation[];
}

/** The signature of `deriveNetwork` in network.ts. */
export type DeriveNetwork = (input: NetworkInput) => NetworkResult;
