import { dialectOf } from './dialects.ts';
import {
  type EventKind,
  eventKinds,
  type NameEvidence,
  nameEvidences,
  type SocketKind,
  socketKinds,
} from './event.ts';
import { type FactBatch, noTime, type RecordOutcome, recordOutcomes } from './factBatch.ts';
import {
  type ContainerFact,
  type ExitFact,
  type GapFact,
  type Happening,
  type LookupFact,
  type PodFact,
  podKey,
  processKey,
  type SocketFact,
} from './facts.ts';
import { unfold } from './foldedBytes.ts';
import { splitLines } from './rowLists.ts';
import { type Nanos, nanos } from './time.ts';

const evidenceByText = new Map<string, NameEvidence>(nameEvidences.map((one) => [one, one]));
const socketKindByKind = new Map<EventKind, SocketKind>(socketKinds.map((kind) => [kind, kind]));

/** A record's row as an object. `bytes` is a view. */
export interface ReadRecord {
  readonly offset: number;
  readonly line: number;
  readonly member: number;
  readonly hash: bigint;
  readonly outcome: RecordOutcome;
  readonly reason: string;
  readonly bytes: Uint8Array;
}

/** An event's row as an object. */
export interface ReadEvent {
  /** Row of its record. */
  readonly record: number;
  readonly kind: EventKind;
  readonly label: string;
  readonly time?: Nanos;
  readonly cluster: string;
  readonly node: string;
  /** The process's dialect id, empty when it has none. */
  readonly process: string;
  readonly subject: string;
  readonly sense: bigint;
}

/** The records of a batch, in order. */
export function* recordsOf(batch: FactBatch): Iterable<ReadRecord> {
  const { records, strings } = batch;
  const raw = unfold(batch.raw);
  let at = 0;
  for (let row = 0; row < records.count; row += 1) {
    const length = records.length[row] ?? 0;
    yield {
      offset: records.offset[row] ?? 0,
      line: records.line[row] ?? 0,
      member: records.member[row] ?? 0,
      hash: records.hash[row] ?? 0n,
      outcome: recordOutcomes[records.outcome[row] ?? 0] ?? 'decoded',
      reason: textAt(strings, records.reason, row),
      bytes: raw.subarray(at, at + length),
    };
    at += length;
  }
}

/** An event without where it stands: equal for equal statements. */
export function statementOf(event: ReadEvent): Omit<ReadEvent, 'record' | 'sense'> {
  const { record: _record, sense: _sense, ...statement } = event;
  return statement;
}

/** The events of a batch, in order. */
export function* eventsOf(batch: FactBatch): Iterable<ReadEvent> {
  for (let row = 0; row < batch.events.count; row += 1) yield eventAt(batch, row);
}

/** The socket events of a batch. */
export function* socketFactsOf(batch: FactBatch): Iterable<SocketFact> {
  const { sockets, strings } = batch;
  for (let row = 0; row < sockets.count; row += 1) {
    const event = eventAt(batch, sockets.event[row] ?? 0);
    const bytesSent = sockets.bytesSent[row] ?? -1n;
    const bytesReceived = sockets.bytesReceived[row] ?? -1n;
    const evidence = nameEvidenceOf(textAt(strings, sockets.nameEvidence, row));
    const peerName = textAt(strings, sockets.peerName, row);
    const workload = textAt(strings, sockets.peerWorkload, row);
    const peerPod = {
      namespace: textAt(strings, sockets.peerNamespace, row),
      name: peerName,
      ...(workload === '' ? {} : { workload }),
    };
    yield {
      ...placeOf(event),
      kind: socketKind(event.kind),
      protocol: textAt(strings, sockets.protocol, row),
      sourceIp: textAt(strings, sockets.sourceIp, row),
      sourcePort: sockets.sourcePort[row] ?? 0,
      destinationIp: textAt(strings, sockets.destinationIp, row),
      destinationPort: sockets.destinationPort[row] ?? 0,
      cookie: textAt(strings, sockets.cookie, row),
      ...(bytesSent < 0n ? {} : { bytesSent }),
      ...(bytesReceived < 0n ? {} : { bytesReceived }),
      names: splitLines(textAt(strings, sockets.names, row)),
      ...(evidence === undefined ? {} : { nameEvidence: evidence }),
      ...(peerName === '' ? {} : { peerPod }),
    };
  }
}

/** The DNS questions and answers of a batch. */
export function* lookupFactsOf(batch: FactBatch): Iterable<LookupFact> {
  const { lookups, strings } = batch;
  for (let row = 0; row < lookups.count; row += 1) {
    yield {
      ...placeOf(eventAt(batch, lookups.event[row] ?? 0)),
      response: lookups.response[row] === 1,
      rcode: lookups.rcode[row] ?? 0,
      names: splitLines(textAt(strings, lookups.names, row)),
      ips: splitLines(textAt(strings, lookups.ips, row)),
      types: splitLines(textAt(strings, lookups.types, row)),
      resolverIp: textAt(strings, lookups.resolverIp, row),
      resolverPort: lookups.resolverPort[row] ?? 0,
    };
  }
}

/** The reported ends of a batch. */
export function* exitFactsOf(batch: FactBatch): Iterable<ExitFact> {
  const { exits, strings } = batch;
  for (let row = 0; row < exits.count; row += 1) {
    const code = exits.code[row] ?? Number.NaN;
    const signal = textAt(strings, exits.signal, row);
    yield {
      ...placeOf(eventAt(batch, exits.event[row] ?? 0)),
      ...(Number.isNaN(code) ? {} : { code }),
      ...(signal === '' ? {} : { signal }),
    };
  }
}

/** The losses that agents report in a batch. */
export function* gapFactsOf(batch: FactBatch): Iterable<GapFact> {
  const { gaps, strings } = batch;
  for (let row = 0; row < gaps.count; row += 1) {
    const event = eventAt(batch, gaps.event[row] ?? 0);
    const lost = gaps.lost[row] ?? Number.NaN;
    const detail = textAt(strings, gaps.detail, row);
    yield {
      cluster: event.cluster,
      node: event.node,
      ...(event.time === undefined ? {} : { time: event.time }),
      kind: gapKind(textAt(strings, gaps.kind, row)),
      ...(Number.isNaN(lost) ? {} : { count: lost }),
      ...(detail === '' ? {} : { detail }),
    };
  }
}

/** The pods named in a batch, by row. */
export function podFactsOf(batch: FactBatch): readonly PodFact[] {
  const { pods, strings } = batch;
  const facts: PodFact[] = [];
  for (let row = 0; row < pods.count; row += 1) {
    const workload = textAt(strings, pods.workload, row);
    const workloadKind = textAt(strings, pods.workloadKind, row);
    facts.push({
      cluster: textAt(strings, pods.cluster, row),
      namespace: textAt(strings, pods.namespace, row),
      name: textAt(strings, pods.name, row),
      uid: textAt(strings, pods.uid, row),
      ...(workload === '' ? {} : { workload }),
      ...(workloadKind === '' ? {} : { workloadKind }),
      labels: splitLines(textAt(strings, pods.labels, row)),
    });
  }
  return facts;
}

/** The containers named in a batch, by row. One named without a pod has an empty `pod` and cluster. */
export function containerFactsOf(batch: FactBatch): readonly ContainerFact[] {
  const { containers, strings } = batch;
  const pods = podFactsOf(batch);
  const facts: ContainerFact[] = [];
  for (let row = 0; row < containers.count; row += 1) {
    const pod = pods[containers.pod[row] ?? -1];
    const imageId = textAt(strings, containers.imageId, row);
    const imageName = textAt(strings, containers.imageName, row);
    const startTime = timeAt(containers.startTime, row);
    const privileged = containers.privileged[row] ?? 0;
    facts.push({
      cluster: pod?.cluster ?? '',
      id: textAt(strings, containers.id, row),
      pod: pod === undefined ? '' : podKey(pod),
      name: textAt(strings, containers.name, row),
      ...(imageId === '' ? {} : { imageId }),
      ...(imageName === '' ? {} : { imageName }),
      ...(startTime === undefined ? {} : { startTime }),
      ...(privileged === 0 ? {} : { privileged: privileged === 2 }),
    });
  }
  return facts;
}

/** The text that a column's row points at. */
export function textAt(strings: readonly string[], column: Uint32Array, row: number): string {
  return strings[column[row] ?? 0] ?? '';
}

/** The time in a column's row. */
export function timeAt(column: BigInt64Array, row: number): Nanos | undefined {
  const value = column[row] ?? noTime;
  return value === noTime ? undefined : nanos(value);
}

/** The event of a row. */
export function eventAt(batch: FactBatch, row: number): ReadEvent {
  const { events, strings } = batch;
  const time = timeAt(events.time, row);
  return {
    record: events.record[row] ?? 0,
    kind: eventKinds[events.kind[row] ?? 0] ?? 'other',
    label: textAt(strings, events.label, row),
    ...(time === undefined ? {} : { time }),
    cluster: textAt(strings, events.cluster, row),
    node: textAt(strings, events.node, row),
    process: textAt(strings, events.process, row),
    subject: textAt(strings, events.subject, row),
    sense: events.sense[row] ?? 0n,
  };
}

/** Where and when an event happened, and to whom. */
export function placeOf(event: ReadEvent): Happening {
  const { cluster, node, time, process: id } = event;
  const process = id === '' ? '' : processKey({ dialect: dialectOf(id), cluster, id });
  return { process, cluster, node, ...(time === undefined ? {} : { time }) };
}

/** The field that named a socket, from its stored text; empty, or none that is known: undefined. */
export function nameEvidenceOf(text: string): NameEvidence | undefined {
  return evidenceByText.get(text);
}

/** A kind as one of those that carry a socket. Throws for any other: no row of a socket belongs to it. */
export function socketKind(kind: EventKind): SocketKind {
  const known = socketKindByKind.get(kind);
  if (known === undefined) throw new Error(`a socket row belongs to an event of kind ${kind}`);
  return known;
}

function gapKind(text: string): GapFact['kind'] {
  switch (text) {
    case 'rate_limit':
    case 'throttle_start':
    case 'throttle_stop':
    case 'lost_events':
      return text;
    default:
      throw new Error(`unknown gap ${text}`);
  }
}
