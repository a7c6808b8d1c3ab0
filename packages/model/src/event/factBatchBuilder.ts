import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type FactBatch, noTime, recordOutcome } from './factBatch.ts';
import type { ContainerSighting, PodSighting, Sighting } from './sighting.ts';
import { senseOf } from './sense.ts';

const kindNumbers = new Map<EventKind, number>(eventKinds.map((kind, index) => [kind, index]));

/** One record as the framer cut it. `bytes` are copied into the batch. */
export interface BuiltRecord {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly line: number;
  readonly member: number;
  readonly hash: bigint;
}

/**
 * Packs decoded records into a `FactBatch`. `cluster` is the source's own, used where the log names none.
 * Order of calls: one of `addDecoded`, `addRejected` per record, `addBlank` per empty line; `finish` once.
 */
export class FactBatchBuilder {
  readonly #cluster: string;
  readonly #strings = new Map<string, number>([['', 0]]);
  readonly #raw: Uint8Array[] = [];
  readonly #podRows = new Map<string, number>();
  readonly #containerRows = new Map<string, number>();
  #rawBytes = 0;
  #blank = 0;

  readonly #records = columnLists('offset', 'length', 'line', 'outcome', 'reason', 'member');
  readonly #recordHash: bigint[] = [];
  readonly #events = columnLists(
    'record',
    'kind',
    'label',
    'cluster',
    'node',
    'process',
    'subject',
  );
  readonly #eventTime: bigint[] = [];
  readonly #eventSense: bigint[] = [];
  readonly #sightings = columnLists(
    'record',
    'rank',
    'cluster',
    'node',
    'id',
    'parentId',
    'pid',
    'nsPid',
    'uid',
    'auid',
    'user',
    'cwd',
    'binary',
    'arguments',
    'flags',
    'traits',
    'pod',
    'container',
    'docker',
    'capabilities',
  );
  readonly #sightingStart: bigint[] = [];
  readonly #sightingKtime: bigint[] = [];
  readonly #pods = columnLists(
    'cluster',
    'namespace',
    'name',
    'uid',
    'workload',
    'workloadKind',
    'labels',
  );
  readonly #containers = columnLists('pod', 'id', 'name', 'imageId', 'imageName', 'privileged');
  readonly #containerStart: bigint[] = [];
  readonly #sockets = columnLists(
    'event',
    'protocol',
    'sourceIp',
    'sourcePort',
    'destinationIp',
    'destinationPort',
    'cookie',
    'names',
    'nameEvidence',
    'peerNamespace',
    'peerName',
    'peerWorkload',
  );
  readonly #bytesSent: bigint[] = [];
  readonly #bytesReceived: bigint[] = [];
  readonly #lookups = columnLists(
    'event',
    'response',
    'rcode',
    'names',
    'ips',
    'types',
    'resolverIp',
    'resolverPort',
  );
  readonly #exits = columnLists('event', 'code', 'signal');
  readonly #gaps = columnLists('event', 'kind', 'lost', 'detail');

  constructor(cluster: string) {
    this.#cluster = cluster;
  }

  /** Records taken so far, blanks not counted. */
  get recordCount(): number {
    return this.#recordHash.length;
  }

  /** Bytes of raw records taken so far. */
  get rawBytes(): number {
    return this.#rawBytes;
  }

  /** Empty lines taken so far. */
  get blankCount(): number {
    return this.#blank;
  }

  addBlank(): void {
    this.#blank += 1;
  }

  /** Takes a record that could not be understood, or is known noise. */
  addRejected(
    record: BuiltRecord,
    outcome: 'quarantined' | 'skipped' | 'continued',
    reason: string,
  ): void {
    this.#addRecord(record, recordOutcome[outcome], reason);
  }

  /** Takes a record and the events in it (an empty list: a record that says nothing, still stored). */
  addDecoded(record: BuiltRecord, events: readonly ProcessEvent[]): void {
    const row = this.#addRecord(record, recordOutcome.decoded, '');
    for (const event of events) this.#addEvent(row, event);
  }

  /** Hands out the batch; the builder must not be used after. */
  finish(): FactBatch {
    const raw = new Uint8Array(this.#rawBytes);
    let at = 0;
    for (const piece of this.#raw) {
      raw.set(piece, at);
      at += piece.length;
    }
    const { records, events, sightings } = {
      records: this.#records,
      events: this.#events,
      sightings: this.#sightings,
    };
    return {
      strings: [...this.#strings.keys()],
      raw,
      blank: this.#blank,
      records: {
        count: this.#recordHash.length,
        offset: Float64Array.from(records.offset),
        length: Uint32Array.from(records.length),
        line: Float64Array.from(records.line),
        outcome: Uint8Array.from(records.outcome),
        reason: Uint32Array.from(records.reason),
        member: Uint32Array.from(records.member),
        hash: BigUint64Array.from(this.#recordHash),
      },
      events: {
        count: this.#eventTime.length,
        record: Uint32Array.from(events.record),
        kind: Uint8Array.from(events.kind),
        label: Uint32Array.from(events.label),
        time: BigInt64Array.from(this.#eventTime),
        cluster: Uint32Array.from(events.cluster),
        node: Uint32Array.from(events.node),
        process: Uint32Array.from(events.process),
        subject: Uint32Array.from(events.subject),
        sense: BigUint64Array.from(this.#eventSense),
      },
      sightings: {
        count: this.#sightingStart.length,
        record: Uint32Array.from(sightings.record),
        rank: Uint8Array.from(sightings.rank),
        cluster: Uint32Array.from(sightings.cluster),
        node: Uint32Array.from(sightings.node),
        id: Uint32Array.from(sightings.id),
        parentId: Uint32Array.from(sightings.parentId),
        pid: Float64Array.from(sightings.pid),
        nsPid: Float64Array.from(sightings.nsPid),
        uid: Float64Array.from(sightings.uid),
        auid: Float64Array.from(sightings.auid),
        user: Uint32Array.from(sightings.user),
        cwd: Uint32Array.from(sightings.cwd),
        binary: Uint32Array.from(sightings.binary),
        arguments: Uint32Array.from(sightings.arguments),
        flags: Uint32Array.from(sightings.flags),
        startTime: BigInt64Array.from(this.#sightingStart),
        ktime: BigInt64Array.from(this.#sightingKtime),
        traits: Uint32Array.from(sightings.traits),
        pod: Int32Array.from(sightings.pod),
        container: Int32Array.from(sightings.container),
        docker: Uint32Array.from(sightings.docker),
        capabilities: Uint32Array.from(sightings.capabilities),
      },
      pods: {
        count: this.#pods.name.length,
        cluster: Uint32Array.from(this.#pods.cluster),
        namespace: Uint32Array.from(this.#pods.namespace),
        name: Uint32Array.from(this.#pods.name),
        uid: Uint32Array.from(this.#pods.uid),
        workload: Uint32Array.from(this.#pods.workload),
        workloadKind: Uint32Array.from(this.#pods.workloadKind),
        labels: Uint32Array.from(this.#pods.labels),
      },
      containers: {
        count: this.#containerStart.length,
        pod: Int32Array.from(this.#containers.pod),
        id: Uint32Array.from(this.#containers.id),
        name: Uint32Array.from(this.#containers.name),
        imageId: Uint32Array.from(this.#containers.imageId),
        imageName: Uint32Array.from(this.#containers.imageName),
        startTime: BigInt64Array.from(this.#containerStart),
        privileged: Uint8Array.from(this.#containers.privileged),
      },
      sockets: {
        count: this.#bytesSent.length,
        event: Uint32Array.from(this.#sockets.event),
        protocol: Uint32Array.from(this.#sockets.protocol),
        sourceIp: Uint32Array.from(this.#sockets.sourceIp),
        sourcePort: Uint32Array.from(this.#sockets.sourcePort),
        destinationIp: Uint32Array.from(this.#sockets.destinationIp),
        destinationPort: Uint32Array.from(this.#sockets.destinationPort),
        cookie: Uint32Array.from(this.#sockets.cookie),
        bytesSent: BigInt64Array.from(this.#bytesSent),
        bytesReceived: BigInt64Array.from(this.#bytesReceived),
        names: Uint32Array.from(this.#sockets.names),
        nameEvidence: Uint32Array.from(this.#sockets.nameEvidence),
        peerNamespace: Uint32Array.from(this.#sockets.peerNamespace),
        peerName: Uint32Array.from(this.#sockets.peerName),
        peerWorkload: Uint32Array.from(this.#sockets.peerWorkload),
      },
      lookups: {
        count: this.#lookups.event.length,
        event: Uint32Array.from(this.#lookups.event),
        response: Uint8Array.from(this.#lookups.response),
        rcode: Uint32Array.from(this.#lookups.rcode),
        names: Uint32Array.from(this.#lookups.names),
        ips: Uint32Array.from(this.#lookups.ips),
        types: Uint32Array.from(this.#lookups.types),
        resolverIp: Uint32Array.from(this.#lookups.resolverIp),
        resolverPort: Uint32Array.from(this.#lookups.resolverPort),
      },
      exits: {
        count: this.#exits.event.length,
        event: Uint32Array.from(this.#exits.event),
        code: Float64Array.from(this.#exits.code),
        signal: Uint32Array.from(this.#exits.signal),
      },
      gaps: {
        count: this.#gaps.event.length,
        event: Uint32Array.from(this.#gaps.event),
        kind: Uint32Array.from(this.#gaps.kind),
        lost: Float64Array.from(this.#gaps.lost),
        detail: Uint32Array.from(this.#gaps.detail),
      },
    };
  }

  #addRecord(record: BuiltRecord, outcome: number, reason: string): number {
    const row = this.#recordHash.length;
    this.#raw.push(record.bytes.slice());
    this.#rawBytes += record.bytes.length;
    const columns = this.#records;
    columns.offset.push(record.offset);
    columns.length.push(record.bytes.length);
    columns.line.push(record.line);
    columns.outcome.push(outcome);
    columns.reason.push(this.#string(reason));
    columns.member.push(record.member);
    this.#recordHash.push(record.hash);
    return row;
  }

  #addEvent(record: number, event: ProcessEvent): void {
    const cluster = event.cluster ?? this.#cluster;
    const row = this.#eventTime.length;
    const columns = this.#events;
    columns.record.push(record);
    columns.kind.push(kindNumbers.get(event.kind) ?? 0);
    columns.label.push(this.#string(event.label));
    columns.cluster.push(this.#string(cluster));
    columns.node.push(this.#string(event.node));
    columns.process.push(this.#string(event.process?.id ?? ''));
    columns.subject.push(this.#string(event.subject ?? ''));
    this.#eventTime.push(event.time ?? noTime);
    this.#eventSense.push(senseOf(event));
    if (event.process !== undefined) this.#addSighting(record, event.node, cluster, event.process);
    if (event.parent !== undefined) this.#addSighting(record, event.node, cluster, event.parent);
    for (const ancestor of event.ancestors)
      this.#addSighting(record, event.node, cluster, ancestor);
    this.#addDetail(row, event);
  }

  #addDetail(row: number, event: ProcessEvent): void {
    if ('socket' in event) {
      const { socket } = event;
      const columns = this.#sockets;
      columns.event.push(row);
      columns.protocol.push(this.#string(socket.protocol));
      columns.sourceIp.push(this.#string(socket.sourceIp));
      columns.sourcePort.push(socket.sourcePort);
      columns.destinationIp.push(this.#string(socket.destinationIp));
      columns.destinationPort.push(socket.destinationPort);
      columns.cookie.push(this.#string(socket.cookie));
      columns.names.push(this.#string(socket.names.join('\n')));
      columns.nameEvidence.push(this.#string(socket.nameEvidence ?? ''));
      columns.peerNamespace.push(this.#string(socket.peerPod?.namespace ?? ''));
      columns.peerName.push(this.#string(socket.peerPod?.name ?? ''));
      columns.peerWorkload.push(this.#string(socket.peerPod?.workload ?? ''));
      this.#bytesSent.push(clampCounter(socket.bytesSent));
      this.#bytesReceived.push(clampCounter(socket.bytesReceived));
    } else if ('dns' in event) {
      const { dns } = event;
      const columns = this.#lookups;
      columns.event.push(row);
      columns.response.push(dns.response ? 1 : 0);
      columns.rcode.push(dns.rcode);
      columns.names.push(this.#string(dns.names.join('\n')));
      columns.ips.push(this.#string(dns.ips.join('\n')));
      columns.types.push(this.#string(dns.types.join('\n')));
      columns.resolverIp.push(this.#string(dns.resolverIp));
      columns.resolverPort.push(dns.resolverPort);
    } else if ('exit' in event) {
      this.#exits.event.push(row);
      this.#exits.code.push(event.exit.code ?? Number.NaN);
      this.#exits.signal.push(this.#string(event.exit.signal ?? ''));
    } else if ('gap' in event) {
      this.#gaps.event.push(row);
      this.#gaps.kind.push(this.#string(event.gap.gap));
      this.#gaps.lost.push(event.gap.count ?? Number.NaN);
      this.#gaps.detail.push(this.#string(event.gap.cgroup ?? ''));
    }
  }

  #addSighting(record: number, node: string, cluster: string, sighting: Sighting): void {
    const columns = this.#sightings;
    columns.record.push(record);
    columns.rank.push(sighting.rank);
    columns.cluster.push(this.#string(cluster));
    columns.node.push(this.#string(node));
    columns.id.push(this.#string(sighting.id));
    columns.parentId.push(this.#string(sighting.parentId ?? ''));
    columns.pid.push(sighting.pid ?? Number.NaN);
    columns.nsPid.push(sighting.nsPid ?? Number.NaN);
    columns.uid.push(sighting.uid ?? Number.NaN);
    columns.auid.push(sighting.auid ?? Number.NaN);
    columns.user.push(this.#string(sighting.user ?? ''));
    columns.cwd.push(this.#string(sighting.cwd ?? ''));
    columns.binary.push(this.#string(sighting.binary ?? ''));
    columns.arguments.push(this.#string(sighting.arguments ?? ''));
    columns.flags.push(this.#string(sighting.flags ?? ''));
    columns.traits.push(sighting.traits);
    const pod = sighting.pod === undefined ? -1 : this.#pod(cluster, sighting.pod);
    columns.pod.push(pod);
    columns.container.push(
      sighting.container === undefined ? -1 : this.#container(pod, sighting.container),
    );
    columns.docker.push(this.#string(sighting.docker ?? ''));
    columns.capabilities.push(this.#string(sighting.capabilities ?? ''));
    this.#sightingStart.push(sighting.startTime ?? noTime);
    this.#sightingKtime.push(
      sighting.ktime === undefined || sighting.ktime >= 2n ** 63n ? noTime : sighting.ktime,
    );
  }

  #pod(cluster: string, pod: PodSighting): number {
    const labels = pod.labels?.join('\n') ?? '';
    const key = [
      cluster,
      pod.namespace,
      pod.name,
      pod.uid,
      pod.workload,
      pod.workloadKind,
      labels,
    ].join('\0');
    const known = this.#podRows.get(key);
    if (known !== undefined) return known;
    const row = this.#pods.name.length;
    this.#podRows.set(key, row);
    this.#pods.cluster.push(this.#string(cluster));
    this.#pods.namespace.push(this.#string(pod.namespace));
    this.#pods.name.push(this.#string(pod.name));
    this.#pods.uid.push(this.#string(pod.uid ?? ''));
    this.#pods.workload.push(this.#string(pod.workload ?? ''));
    this.#pods.workloadKind.push(this.#string(pod.workloadKind ?? ''));
    this.#pods.labels.push(this.#string(labels));
    return row;
  }

  #container(pod: number, container: ContainerSighting): number {
    const start = container.startTime ?? noTime;
    const key = [
      pod,
      container.id,
      container.name,
      container.imageId,
      container.imageName,
      start,
      container.privileged,
    ].join('\0');
    const known = this.#containerRows.get(key);
    if (known !== undefined) return known;
    const row = this.#containerStart.length;
    this.#containerRows.set(key, row);
    this.#containers.pod.push(pod);
    this.#containers.id.push(this.#string(container.id));
    this.#containers.name.push(this.#string(container.name ?? ''));
    this.#containers.imageId.push(this.#string(container.imageId ?? ''));
    this.#containers.imageName.push(this.#string(container.imageName ?? ''));
    this.#containers.privileged.push(
      container.privileged === undefined ? 0 : container.privileged ? 2 : 1,
    );
    this.#containerStart.push(start);
    return row;
  }

  #string(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const index = this.#strings.size;
    this.#strings.set(text, index);
    return index;
  }
}

/** Counters are unsigned 64-bit in the log; -1 stands for absent, and what does not fit is the largest that does. */
function clampCounter(counter: bigint | undefined): bigint {
  if (counter === undefined || counter < 0n) return -1n;
  return counter >= 2n ** 63n ? 2n ** 63n - 1n : counter;
}

function columnLists<Name extends string>(...names: readonly Name[]): Record<Name, number[]> {
  // Object.fromEntries widens the keys; the names are the parameter's own.
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
}
