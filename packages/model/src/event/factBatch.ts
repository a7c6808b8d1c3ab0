import type { FoldedBytes } from './foldedBytes.ts';
import type { PackedTexts } from './packedTexts.ts';

/**
 * The one shape between decoding and storing: columns, so that a batch crosses threads by transfer and a
 * hot decoder can fill it without an object per event. Facts stand here as they were sighted, unmerged.
 *
 * Strings are indexes into `strings`; index 0 is the empty string and means absent. Times are nanoseconds
 * with `noTime` for absent; numbers are doubles with NaN for absent. Rows refer to rows by index, -1: none.
 * `FactBatchBuilder` writes it, `readFactBatch` reads it back as objects.
 */
export interface FactBatch {
  readonly strings: readonly string[];
  /** The same strings packed, when they are at hand that way: looking at `strings` makes a list of them first. */
  readonly packed?: PackedTexts;
  /** The records' own bytes, end to end, in record order. Blank ones have none. */
  readonly raw: FoldedBytes;
  readonly records: RecordColumns;
  /** Empty lines: counted, not kept. */
  readonly blank: number;
  readonly events: EventColumns;
  readonly sightings: SightingColumns;
  readonly pods: PodColumns;
  readonly containers: ContainerColumns;
  readonly sockets: SocketColumns;
  readonly lookups: LookupColumns;
  readonly exits: ExitColumns;
  readonly gaps: GapColumns;
  readonly flows: FlowColumns;
  readonly alerts: AlertColumns;
  readonly audits: AuditColumns;
}

/** Marks an absent time in a `BigInt64Array`. */
export const noTime = -(2n ** 63n);

/**
 * What became of a record at the decoder, in the order of the numbers in the column; append only. `continued`: a further part
 * of an oversize record. Whether it is a duplicate only the store can say.
 */
export const recordOutcomes = ['decoded', 'quarantined', 'skipped', 'continued'] as const;
export type RecordOutcome = (typeof recordOutcomes)[number];

/** The number of each. */
export const recordOutcome: Readonly<Record<RecordOutcome, number>> = {
  decoded: recordOutcomes.indexOf('decoded'),
  quarantined: recordOutcomes.indexOf('quarantined'),
  skipped: recordOutcomes.indexOf('skipped'),
  continued: recordOutcomes.indexOf('continued'),
};

export interface RecordColumns {
  readonly count: number;
  /** In the member's decompressed bytes. */
  readonly offset: Float64Array;
  /** Bytes in `raw` unfolded and in the member alike. */
  readonly length: Uint32Array;
  /** 1-based line of its first byte. */
  readonly line: Float64Array;
  readonly outcome: Uint8Array;
  /** Reason code of a quarantined or skipped record. */
  readonly reason: Uint32Array;
  /** Index of the member (file in an archive, or 0). */
  readonly member: Uint32Array;
  /** 64 bits of a hash of the bytes (the server's: SipHash under the case's key, SHA-256 where a case has none): the identity of a record in a case. */
  readonly hash: BigUint64Array;
}

export interface EventColumns {
  readonly count: number;
  readonly record: Uint32Array;
  /** Index into `eventKinds`. */
  readonly kind: Uint8Array;
  readonly label: Uint32Array;
  readonly time: BigInt64Array;
  readonly cluster: Uint32Array;
  readonly node: Uint32Array;
  /** The process's dialect id. */
  readonly process: Uint32Array;
  /** What it acted on, for lists and search. */
  readonly subject: Uint32Array;
  /** Equal for records that say the same in other bytes (`sameAs`): kind, id, time and body without refcnt, pod, labels. */
  readonly sense: BigUint64Array;
}

/** One row per sighting that may add something; a decoder may leave out one it has already emitted in this stream. */
export interface SightingColumns {
  readonly count: number;
  readonly record: Uint32Array;
  readonly rank: Uint8Array;
  readonly cluster: Uint32Array;
  readonly node: Uint32Array;
  readonly id: Uint32Array;
  readonly parentId: Uint32Array;
  readonly pid: Float64Array;
  readonly nsPid: Float64Array;
  readonly uid: Float64Array;
  readonly auid: Float64Array;
  readonly user: Uint32Array;
  readonly cwd: Uint32Array;
  readonly binary: Uint32Array;
  readonly arguments: Uint32Array;
  readonly flags: Uint32Array;
  readonly startTime: BigInt64Array;
  readonly ktime: BigInt64Array;
  readonly traits: Uint32Array;
  readonly pod: Int32Array;
  readonly container: Int32Array;
  readonly docker: Uint32Array;
  readonly capabilities: Uint32Array;
}

/** Distinct pods named in the batch. */
export interface PodColumns {
  readonly count: number;
  readonly cluster: Uint32Array;
  readonly namespace: Uint32Array;
  readonly name: Uint32Array;
  readonly uid: Uint32Array;
  readonly workload: Uint32Array;
  readonly workloadKind: Uint32Array;
  /** Newline-joined `key=value`, sorted. */
  readonly labels: Uint32Array;
}

/** Distinct containers named in the batch. */
export interface ContainerColumns {
  readonly count: number;
  readonly pod: Int32Array;
  readonly id: Uint32Array;
  readonly name: Uint32Array;
  readonly imageId: Uint32Array;
  readonly imageName: Uint32Array;
  readonly startTime: BigInt64Array;
  /** 0 unknown, 1 no, 2 yes. */
  readonly privileged: Uint8Array;
}

export interface SocketColumns {
  readonly count: number;
  readonly event: Uint32Array;
  readonly protocol: Uint32Array;
  readonly sourceIp: Uint32Array;
  readonly sourcePort: Uint32Array;
  readonly destinationIp: Uint32Array;
  readonly destinationPort: Uint32Array;
  readonly cookie: Uint32Array;
  /** -1: the event carries no counter. */
  readonly bytesSent: BigInt64Array;
  readonly bytesReceived: BigInt64Array;
  /** Newline-joined. */
  readonly names: Uint32Array;
  readonly nameEvidence: Uint32Array;
  readonly peerNamespace: Uint32Array;
  readonly peerName: Uint32Array;
  readonly peerWorkload: Uint32Array;
}

export interface LookupColumns {
  readonly count: number;
  readonly event: Uint32Array;
  readonly response: Uint8Array;
  readonly rcode: Uint32Array;
  /** Newline-joined, like `ips` and `types`. */
  readonly names: Uint32Array;
  readonly ips: Uint32Array;
  readonly types: Uint32Array;
  readonly resolverIp: Uint32Array;
  readonly resolverPort: Uint32Array;
}

export interface ExitColumns {
  readonly count: number;
  readonly event: Uint32Array;
  readonly code: Float64Array;
  readonly signal: Uint32Array;
}

export interface GapColumns {
  readonly count: number;
  readonly event: Uint32Array;
  /** `GapDetail.gap`. */
  readonly kind: Uint32Array;
  readonly lost: Float64Array;
  readonly detail: Uint32Array;
}

/** `FlowDetail`s. */
export interface FlowColumns {
  readonly count: number;
  readonly event: Uint32Array;
  /** Index into `flowDirections`. */
  readonly direction: Uint8Array;
  readonly protocol: Uint32Array;
  readonly sourceIp: Uint32Array;
  readonly sourcePort: Uint32Array;
  readonly destinationIp: Uint32Array;
  readonly destinationPort: Uint32Array;
  readonly cookie: Uint32Array;
  /** Newline-joined. */
  readonly names: Uint32Array;
  readonly verdict: Uint32Array;
  readonly reason: Uint32Array;
  /** -1: not told. */
  readonly bytesSent: BigInt64Array;
  readonly bytesReceived: BigInt64Array;
  readonly end: BigInt64Array;
  readonly sourceNamespace: Uint32Array;
  readonly sourceName: Uint32Array;
  readonly sourceWorkload: Uint32Array;
  readonly destinationNamespace: Uint32Array;
  readonly destinationName: Uint32Array;
  readonly destinationWorkload: Uint32Array;
}

/** `AlertDetail`s: at most one for each event, of whatever kind. */
export interface AlertColumns {
  readonly count: number;
  readonly event: Uint32Array;
  readonly rule: Uint32Array;
  /** Index into `severities`. */
  readonly severity: Uint8Array;
  readonly severityWord: Uint32Array;
  /** Newline-joined. */
  readonly tags: Uint32Array;
  readonly output: Uint32Array;
  readonly action: Uint32Array;
  readonly enforcer: Uint32Array;
  readonly result: Uint32Array;
  /** 0 or 1. */
  readonly blocked: Uint8Array;
}

/** `AuditDetail`s. */
export interface AuditColumns {
  readonly count: number;
  readonly event: Uint32Array;
  readonly auditId: Uint32Array;
  readonly stage: Uint32Array;
  readonly verb: Uint32Array;
  readonly user: Uint32Array;
  /** Newline-joined, like `sourceIps` and `command`. */
  readonly groups: Uint32Array;
  readonly impersonating: Uint32Array;
  readonly sourceIps: Uint32Array;
  readonly userAgent: Uint32Array;
  readonly resource: Uint32Array;
  readonly subresource: Uint32Array;
  readonly apiGroup: Uint32Array;
  readonly namespace: Uint32Array;
  readonly name: Uint32Array;
  readonly decision: Uint32Array;
  readonly code: Uint32Array;
  readonly container: Uint32Array;
  readonly command: Uint32Array;
  readonly received: BigInt64Array;
  readonly callerNamespace: Uint32Array;
  readonly callerPod: Uint32Array;
}

/** The buffers in which the columns lie, to hand to `postMessage` in its transfer list. */
export function columnBuffersOf(batch: Omit<FactBatch, 'strings' | 'raw'>): ArrayBufferLike[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const columns of [
    batch.records,
    batch.events,
    batch.sightings,
    batch.pods,
    batch.containers,
    batch.sockets,
    batch.lookups,
    batch.exits,
    batch.gaps,
    batch.flows,
    batch.alerts,
    batch.audits,
  ]) {
    for (const column of Object.values(columns)) {
      if (ArrayBuffer.isView(column)) buffers.add(column.buffer);
    }
  }
  return [...buffers];
}
