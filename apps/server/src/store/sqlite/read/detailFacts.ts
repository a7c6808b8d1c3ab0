import { eventKinds } from '@forebear/model/event/event';
import type { ExitFact, GapFact, LookupFact, SocketFact } from '@forebear/model/event/facts';
import { nameEvidenceOf, socketKind } from '@forebear/model/event/readFactBatch';
import { splitLines } from '@forebear/model/event/rowLists';
import { type Nanos, nanos } from '@forebear/model/event/time';
import { type PartitionTable, partitionTables } from '../layout/partitionTables.ts';
import type { CaseDb } from './caseDb.ts';

/** Where and to whom a detail row's event happened: columns joined from the events table. */
interface Placed {
  readonly seq: number;
  readonly process: number | null;
  readonly time: string | null;
  readonly node: number;
  readonly cluster: number;
}

/** A row of a `sockets_N`, with its event's node and cluster. */
export interface SocketRow extends Placed {
  readonly kind: number;
  readonly protocol: number;
  readonly source_ip: number;
  readonly source_port: number;
  readonly destination_ip: number;
  readonly destination_port: number;
  readonly cookie: string;
  readonly bytes_sent: string | null;
  readonly bytes_received: string | null;
  readonly names: number;
  readonly name_evidence: number;
  readonly peer_namespace: number;
  readonly peer_name: number;
  readonly peer_workload: number;
  readonly conversation: number;
}

export interface LookupRow extends Placed {
  readonly response: number;
  readonly rcode: number;
  readonly names: number;
  readonly ips: number;
  readonly types: number;
  readonly resolver_ip: number;
  readonly resolver_port: number;
}

export interface ExitRow extends Placed {
  readonly code: number | null;
  readonly signal: number;
}

/**
 * Columns of numbers beyond 2^53: they come as text, the others as numbers. The driver answers BigInts for all columns of a
 * statement or for none, and each is an object.
 */
const wide: ReadonlySet<string> = new Set(['time', 'bytes_sent', 'bytes_received']);

function selectDetails(table: PartitionTable): string {
  const columns = partitionTables[table].split(', ').map((column) => {
    const [name = ''] = column.split(' ');
    return wide.has(name) ? `CAST(d.${name} AS TEXT) AS ${name}` : `d.${name}`;
  });
  return `SELECT ${columns.join(', ')}, e.node, e.cluster FROM {table} d JOIN {events} e ON e.seq = d.seq WHERE {where}`;
}

/** What a detail row is selected with; `{where}` is the caller's. */
export const detailSelects = {
  sockets: selectDetails('sockets'),
  lookups: selectDetails('lookups'),
  exits: selectDetails('exits'),
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
      kind: socketKind(eventKinds[row.kind] ?? 'other'),
      protocol: this.#text(row.protocol),
      sourceIp: this.#text(row.source_ip),
      sourcePort: row.source_port,
      destinationIp: this.#text(row.destination_ip),
      destinationPort: row.destination_port,
      cookie: row.cookie,
      names: splitLines(this.#text(row.names)),
      ...(row.bytes_sent === null ? {} : { bytesSent: BigInt(row.bytes_sent) }),
      ...(row.bytes_received === null ? {} : { bytesReceived: BigInt(row.bytes_received) }),
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
      response: row.response === 1,
      rcode: row.rcode,
      names: splitLines(this.#text(row.names)),
      ips: splitLines(this.#text(row.ips)),
      types: splitLines(this.#text(row.types)),
      resolverIp: this.#text(row.resolver_ip),
      resolverPort: row.resolver_port,
    };
  }

  exit(row: ExitRow): ExitFact {
    const signal = this.#text(row.signal);
    return {
      ...this.#placed(row),
      ...(row.code === null ? {} : { code: row.code }),
      ...(signal === '' ? {} : { signal }),
    };
  }

  #placed(row: Placed): { process: string; cluster: string; node: string; time?: Nanos } {
    return {
      process: row.process === null ? '' : this.#keyOf(row.process),
      cluster: this.#text(row.cluster),
      node: this.#text(row.node),
      ...(row.time === null ? {} : { time: nanos(BigInt(row.time)) }),
    };
  }

  #text(id: number): string {
    return this.#db.text(id);
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
    case 'lost_events':
      return text;
    default:
      return 'rate_limit';
  }
}
