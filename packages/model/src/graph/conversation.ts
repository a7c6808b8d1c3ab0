import type { Dialect } from '../event/dialects.ts';
import type { Nanos } from '../event/time.ts';
import type { NameEvidence, Scope } from './leafWords.ts';

/** One end of a conversation, as far as anybody tells. */
export interface ConversationEnd {
  /** Index into `Derived.processes`; undefined: no process is known. */
  readonly process: number | undefined;
  /** The pod that the process is in, that the agent names, or that has the address; undefined: none is known. */
  readonly pod: { readonly namespace: string; readonly name: string } | undefined;
  /** As the other end sees it, so the address that was called; empty: not told. */
  readonly ip: string;
  /** 0: not told. */
  readonly port: number;
  /** What the other end called it by; undefined: no name. */
  readonly name: string | undefined;
  readonly nameEvidence: NameEvidence;
  /** Where it is, as the other end sees it; undefined: only this end itself is told. */
  readonly scope: Scope | undefined;
}

/**
 * One socket, or the two that are the ends of one connection (semantics, Stitch). A listening socket is none: it talks to
 * nobody.
 */
export interface Conversation {
  readonly client: ConversationEnd;
  readonly server: ConversationEnd;
  /** Where it was accepted, when that is not where it was called: behind a service's address. */
  readonly accepted: { readonly ip: string; readonly port: number } | undefined;
  /** Upper case; empty: not told. */
  readonly protocol: string;
  /** Whether a connect or an accept says who called whom; false: taken from ports, for it was open before. */
  readonly directionKnown: boolean;
  readonly firstSeen: Nanos | undefined;
  readonly lastSeen: Nanos | undefined;
  /** Its connect or accept; undefined: it was open before anybody looked, or has no time. */
  readonly opened: Nanos | undefined;
  readonly closed: Nanos | undefined;
  /**
   * Until when it was open: its close, else the end of a process that held it, else (what is no TCP connection, did not come about or is
   * of no process that is known) when it was last seen. Undefined: no end is known.
   */
  readonly until: Nanos | undefined;
  /** As the client saw them, else as the server did, turned round. Undefined: no counter was reported. */
  readonly bytesSent: bigint | undefined;
  readonly bytesReceived: bigint | undefined;
  /** The gravest (`DROPPED`); empty: nobody judged it. */
  readonly verdict: string;
  /** In the agent's words. */
  readonly verdictReason: string;
  /** How it is known who is at both ends; empty: only one end is told. */
  readonly evidence: string;
  readonly confidence: 'certain' | 'likely' | 'inferred' | undefined;
  /** The agents that told of it, in the order of `dialects`. */
  readonly tellers: readonly Dialect[];
}
