import { eventKinds } from '@forebear/model/event/event';
import type { ExitFact, GapFact, LookupFact, SocketFact } from '@forebear/model/event/facts';
import { nameEvidenceOf, socketKind } from '@forebear/model/event/readFactBatch';
import { splitLines } from '@forebear/model/event/rowLists';
import { type Nanos, nanos } from '@forebear/model/event/time';
import type { CaseDb } from './caseDb.ts';

/** Where and to whom a detail row's event happened: columns joined from the events table. */
interface Placed {
  readonly seq: bigint;
  readonly process: bigint | null;
  readonly time: bigint | null;
  readonly node: bigint;
  readonly cluster: bigint;
}

/** A row of a `sockets_N`, with its event's node and cluster, read with safe integers. */
export interface SocketRow extends Placed {
  readonly kind: bigint;
  readonly protocol: bigint;
  readonly source_ip: bigint;
  readonly source_port: bigint;
  readonly destination_ip: bigint;
  readonly destination_port: bigint;
  readonly cookie: string;
  readonly bytes_sent: bigint | null;
  readonly bytes_received: bigint | null;
  readonly names: bigint;
  readonly name_evidence: bigint;
  readonly peer_namespace: bigint;
  readonly peer_name: bigint;
  readonly peer_workload: bigint;
  readonly conversation: bigint;
}

export interface LookupRow extends Placed {
  readonly response: bigint;
  readonly rcode: bigint;
  readonly names: bigint;
  readonly ips: bigint;
  readonly types: bigint;
  readonly resolver_ip: bigint;
  readonly resolver_port: bigint;
}

export interface ExitRow extends Placed {
  readonly code: bigint | null;
  readonly signal: bigint;
}

/** What a detail row is selected with; `{where}` is the caller's. */
export const detailSelects = {
  sockets:
    'SELECT d.*, e.node, e.cluster FROM {table} d JOIN {events} e ON e.seq = d.seq WHERE {where}',
  lookups:
    'SELECT d.*, e.node, e.cluster FROM {table} d JOIN {events} e ON e.seq = d.seq WHERE {where}',
  exits:
    'SELECT d.*, e.node, e.cluster FROM {table} d JOIN {events} e ON e.seq = d.seq WHERE {where}',
} as const;

/** Reads detail rows as facts. `keyOf`: the `processKey` of a process number. */
export class DetailReader {
  readonly #db: CaseDb;
  readonly #keyOf: (key: number) => string;

  constructor(db: CaseDb, keyOf: (key: number) => string) {
    this.#db = db;
    this.#keyOf = keyOf;
  }

  socket(row: SocketRow): SocketFact {
    const evidence = nameEvidenceOf(this.#text(row.name_evidence));
    const name = this.#text(row.peer_name);
    const workload = this.#text(row.peer_workload);
    return {
      ...this.#placed(row),
      kind: socketKind(eventKinds[Number(row.kind)] ?? 'other'),
      protocol: this.#text(row.protocol),
      sourceIp: this.#text(row.source_ip),
      sourcePort: Number(row.source_port),
      destinationIp: this.#text(row.destination_ip),
      destinationPort: Number(row.destination_port),
      cookie: row.cookie,
      names: splitLines(this.#text(row.names)),
      ...(row.bytes_sent === null ? {} : { bytesSent: row.bytes_sent }),
      ...(row.bytes_received === null ? {} : { bytesReceived: row.bytes_received }),
      ...(evidence === undefined ? {} : { nameEvidence: evidence }),
      ...(name === ''
        ? {}
        : {
            peerPod: {
              namespace: this.#text(row.peer_namespace),
              name,
              ...(workload === '' ? {} : { workload }),
            },
          }),
    };
  }

  lookup(row: LookupRow): LookupFact {
    return {
      ...this.#placed(row),
      response: row.response === 1n,
      rcode: Number(row.rcode),
      names: splitLines(this.#text(row.names)),
      ips: splitLines(this.#text(row.ips)),
      types: splitLines(this.#text(row.types)),
      resolverIp: this.#text(row.resolver_ip),
      resolverPort: Number(row.resolver_port),
    };
  }

  exit(row: ExitRow): ExitFact {
    const signal = this.#text(row.signal);
    return {
      ...this.#placed(row),
      ...(row.code === null ? {} : { code: Number(row.code) }),
      ...(signal === '' ? {} : { signal }),
    };
  }

  #placed(row: Placed): { process: string; cluster: string; node: string; time?: Nanos } {
    return {
      process: row.process === null ? '' : this.#keyOf(Number(row.process)),
      cluster: this.#text(row.cluster),
      node: this.#text(row.node),
      ...(row.time === null ? {} : { time: nanos(row.time) }),
    };
  }

  #text(id: bigint): string {
    return this.#db.text(Number(id));
  }
}

/** A row of `gaps`, read with safe integers, as a fact. */
export function gapFactOfRow(row: {
  readonly cluster: string;
  readonly node: string;
  readonly kind: string;
  readonly time: bigint | null;
  readonly count: bigint | null;
  readonly detail: string;
}): GapFact {
  return {
    cluster: row.cluster,
    node: row.node,
    kind: gapKindOf(row.kind),
    ...(row.time === null ? {} : { time: nanos(row.time) }),
    ...(row.count === null ? {} : { count: Number(row.count) }),
    ...(row.detail === '' ? {} : { detail: row.detail }),
  };
}

function gapKindOf(text: string): GapFact['kind'] {
  switch (text) {
    case 'throttle_start':
    case 'throttle_stop':
      return text;
    default:
      return 'rate_limit';
  }
}
