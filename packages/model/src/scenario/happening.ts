import type { Nanos } from '../event/time.ts';
import type { ScenarioProcess } from './writer.ts';

export type Endpoint = { readonly ip: string; readonly port: number };

/** How a process ended; neither: with status 0. */
export type Outcome = { readonly status?: number; readonly signal?: string };

/** One end of a conversation as its owner's kernel knows it. */
export type Socket = {
  readonly owner: ScenarioProcess;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** A kernel address, above 2^63. */
  readonly cookie: string;
  readonly protocol: 'TCP' | 'UDP';
  /** Names of the remote end, fully qualified with the last dot. */
  readonly names: readonly string[];
};

/** One question of a lookup and the answer to it. `code` 3: no such name; `ips` may be empty at code 0. */
export type Lookup = {
  /** Without the last dot. */
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  readonly askedAt: Nanos;
  readonly answeredAt: Nanos;
  readonly code: 0 | 3;
  readonly ips: readonly string[];
};

/** A whole conversation, as the wire knows it: no agent of processes tells it, agents of flows tell nothing else. */
export type Talk = {
  readonly client: ScenarioProcess;
  /** The client's address and port; kept by every translation on the way. */
  readonly from: Endpoint;
  /** What the client dialled. */
  readonly to: Endpoint;
  /** Who answered, behind a service address too; undefined: somebody outside the cluster, or nobody. */
  readonly server?: { readonly process: ScenarioProcess; readonly at: Endpoint } | undefined;
  readonly protocol: 'TCP' | 'UDP';
  readonly cookie: string;
  readonly end: Nanos;
  /** Sent and received by the client. */
  readonly sent: number;
  readonly received: number;
  /** Still open when the log ends. */
  readonly open: boolean;
  /** A network policy let no packet of it through. */
  readonly denied: boolean;
  readonly serverName?: string | undefined;
  readonly lookups: readonly Lookup[];
};

/** What happened to the process: the part that differs. */
export type Deed =
  /** `procfs`: it ran before the agents did. */
  | { readonly what: 'exec'; readonly seen: 'live' | 'procfs' }
  /** `process` is the child, which does not execute. */
  | { readonly what: 'fork' }
  | { readonly what: 'exit'; readonly outcome: Outcome }
  /** `process` is a forked child whose exec was prevented. */
  | { readonly what: 'refused'; readonly binary: string; readonly arguments: string }
  | { readonly what: 'listen'; readonly on: Endpoint; readonly cookie: string }
  /** An accept's socket prints the remote client as the local end, as agents do. */
  | { readonly what: 'connect' | 'accept'; readonly socket: Socket }
  | {
      readonly what: 'stats' | 'close';
      readonly socket: Socket;
      readonly sent: number;
      readonly received: number;
      readonly seconds: number;
    }
  | { readonly what: 'hello'; readonly socket: Socket; readonly serverName: string }
  | { readonly what: 'asked' | 'answered'; readonly socket: Socket; readonly lookup: Lookup }
  | {
      readonly what: 'file';
      readonly path: string;
      readonly access: 'read' | 'write';
      /** The tracing policy of Tetragon that reports it. */
      readonly policy: string;
    }
  | { readonly what: 'talk'; readonly talk: Talk };

/** Something that happened on a node, whoever reports it. */
export type Happening = { readonly process: ScenarioProcess; readonly at: Nanos } & Deed;

/** Hears what happens, in the order in which the story is written, which is not that of time. */
export type Teller = (happening: Happening) => void;
