import type { NameEvidence } from '../../event/event.ts';
import type { Nanos } from '../../event/time.ts';
import type { Verdict } from './verdict.ts';

/**
 * One socket of one card (semantics, Connections): node, epoch, cookie, process and 4-tuple. The process is the card,
 * not the image: an exec in netspace keeps its descriptors, and the counters go on.
 */
export interface Socket {
  readonly process: number;
  readonly direction: 'outbound' | 'inbound' | 'listen';
  /** Upper case. */
  readonly protocol: string;
  /** Ids of the address book. */
  readonly localIp: number;
  readonly localPort: number;
  readonly remoteIp: number;
  readonly remotePort: number;
  /** Its connect, accept or listen. Undefined: it was open when observation began, or the record has no time. */
  readonly opened: Nanos | undefined;
  readonly closed: Nanos | undefined;
  /** Whether a connect, accept or listen was seen, with or without a time. */
  readonly openSeen: boolean;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** Undefined: no counter was reported. */
  readonly bytesSent: bigint | undefined;
  readonly bytesReceived: bigint | undefined;
  /** Every name said of the socket, earliest first, each once per kind of evidence. */
  readonly names: readonly SocketName[];
  /** `namespace/name` of the pods that the agent says are at the destination, sorted. */
  readonly peerPods: readonly string[];
  /** `namespace/name` of the pods that whoever watched the connection from outside saw at the far end, sorted. */
  readonly watchedPods: readonly string[];
  /** The gravest; undefined: nobody judged it. */
  readonly verdict: Verdict | undefined;
  /** Who told of it: a bit per index of `dialects`; 0: nobody, it follows from lookups. */
  readonly tellers: number;
}

export interface SocketName {
  readonly name: string;
  readonly evidence: NameEvidence;
}
