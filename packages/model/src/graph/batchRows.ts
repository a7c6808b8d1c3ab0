import type { GapDetail, SocketDetail } from '../event/event.ts';
import { type FactBatch, noTime } from '../event/factBatch.ts';
import type {
  ContainerFact,
  ExitFact,
  GapFact,
  LookupFact,
  PodFact,
  ProcessFact,
  SocketFact,
} from '../event/facts.ts';
import { podKey, processKey } from '../event/facts.ts';
import type { ContainerSighting, PodSighting, Rank, Sighting } from '../event/sighting.ts';
import { type Nanos, nanos } from '../event/time.ts';
import { containerFactOf, factOf, podFactOf } from './factOf.ts';

/** Reads the rows of a `FactBatch` as facts; tables a row refers to are read once. */
export class BatchRows {
  readonly #batch: FactBatch;
  readonly #pods: PodSighting[] = [];
  readonly #containers: ContainerSighting[] = [];

  constructor(batch: FactBatch) {
    this.#batch = batch;
    const { pods, containers } = batch;
    for (let row = 0; row < pods.count; row += 1) this.#pods.push(this.#podSighting(row));
    for (let row = 0; row < containers.count; row += 1) {
      this.#containers.push(this.#containerSighting(row));
    }
  }

  text(index: number | undefined): string {
    return this.#batch.strings[index ?? 0] ?? '';
  }

  /** A time column's value; undefined for `noTime`. */
  time(value: bigint | undefined): Nanos | undefined {
    return value === undefined || value === noTime ? undefined : nanos(value);
  }

  process(row: number): ProcessFact {
    const { sightings } = this.#batch;
    const cluster = this.text(sightings.cluster[row]);
    return factOf(this.#sighting(row), this.text(sightings.node[row]), cluster);
  }

  pod(row: number): PodFact {
    const cluster = this.text(this.#batch.pods.cluster[row]);
    return podFactOf(this.#pods[row] ?? { namespace: '', name: '' }, cluster);
  }

  /** `cluster`: of a sighting that names the container; its row knows only that of its pod. */
  container(row: number, cluster: string): ContainerFact {
    const pod = this.#pods[this.#batch.containers.pod[row] ?? -1];
    const key = pod === undefined ? '' : podKey({ ...pod, cluster, uid: pod.uid ?? '' });
    return containerFactOf(this.#containers[row] ?? { id: '' }, key, cluster);
  }

  exit(row: number): ExitFact {
    const { exits } = this.#batch;
    const code = exits.code[row];
    const signal = this.text(exits.signal[row]);
    return {
      ...this.#subject(exits.event[row]),
      ...(code === undefined || Number.isNaN(code) ? {} : { code }),
      ...(signal === '' ? {} : { signal }),
    };
  }

  /** `kind` is that of the event, known by the caller to be a socket's. */
  socket(row: number, kind: SocketFact['kind']): SocketFact {
    const { sockets } = this.#batch;
    const sent = sockets.bytesSent[row] ?? -1n;
    const received = sockets.bytesReceived[row] ?? -1n;
    const evidence = nameEvidenceOf(this.text(sockets.nameEvidence[row]));
    const namespace = this.text(sockets.peerNamespace[row]);
    const name = this.text(sockets.peerName[row]);
    const workload = this.text(sockets.peerWorkload[row]);
    return {
      ...this.#subject(sockets.event[row]),
      kind,
      protocol: this.text(sockets.protocol[row]),
      sourceIp: this.text(sockets.sourceIp[row]),
      sourcePort: sockets.sourcePort[row] ?? 0,
      destinationIp: this.text(sockets.destinationIp[row]),
      destinationPort: sockets.destinationPort[row] ?? 0,
      cookie: this.text(sockets.cookie[row]),
      names: this.#lines(sockets.names[row]),
      ...(sent < 0n ? {} : { bytesSent: sent }),
      ...(received < 0n ? {} : { bytesReceived: received }),
      ...(evidence === undefined ? {} : { nameEvidence: evidence }),
      ...(name === ''
        ? {}
        : { peerPod: { namespace, name, ...(workload === '' ? {} : { workload }) } }),
    };
  }

  lookup(row: number): LookupFact {
    const { lookups } = this.#batch;
    return {
      ...this.#subject(lookups.event[row]),
      response: lookups.response[row] === 1,
      rcode: lookups.rcode[row] ?? 0,
      names: this.#lines(lookups.names[row]),
      ips: this.#lines(lookups.ips[row]),
      types: this.#lines(lookups.types[row]),
      resolverIp: this.text(lookups.resolverIp[row]),
      resolverPort: lookups.resolverPort[row] ?? 0,
    };
  }

  gap(row: number): GapFact {
    const { gaps } = this.#batch;
    const { process: _nobody, ...where } = this.#subject(gaps.event[row]);
    const count = gaps.lost[row];
    const detail = this.text(gaps.detail[row]);
    return {
      ...where,
      kind: gapKindOf(this.text(gaps.kind[row])),
      ...(count === undefined || Number.isNaN(count) ? {} : { count }),
      ...(detail === '' ? {} : { detail }),
    };
  }

  /** Whom, where and when an event happened to. */
  #subject(event = 0): { process: string; cluster: string; node: string; time?: Nanos } {
    const { events } = this.#batch;
    const cluster = this.text(events.cluster[event]);
    const id = this.text(events.process[event]);
    const time = this.time(events.time[event]);
    return {
      process: id === '' ? '' : processKey({ dialect: 'tetragon', cluster, id }),
      cluster,
      node: this.text(events.node[event]),
      ...(time === undefined ? {} : { time }),
    };
  }

  #sighting(row: number): Sighting {
    const { sightings: columns } = this.#batch;
    const startTime = this.time(columns.startTime[row]);
    const ktime = columns.ktime[row];
    const pod = this.#pods[columns.pod[row] ?? -1];
    const container = this.#containers[columns.container[row] ?? -1];
    return {
      rank: rankOf(columns.rank[row]),
      id: this.text(columns.id[row]),
      traits: columns.traits[row] ?? 0,
      ...this.#present('parentId', columns.parentId[row]),
      ...this.#present('user', columns.user[row]),
      ...this.#present('cwd', columns.cwd[row]),
      ...this.#present('binary', columns.binary[row]),
      ...this.#present('arguments', columns.arguments[row]),
      ...this.#present('flags', columns.flags[row]),
      ...this.#present('docker', columns.docker[row]),
      ...this.#present('capabilities', columns.capabilities[row]),
      ...presentNumber('pid', columns.pid[row]),
      ...presentNumber('nsPid', columns.nsPid[row]),
      ...presentNumber('uid', columns.uid[row]),
      ...presentNumber('auid', columns.auid[row]),
      ...(startTime === undefined ? {} : { startTime }),
      ...(ktime === undefined || ktime === noTime ? {} : { ktime }),
      ...(pod === undefined ? {} : { pod }),
      ...(container === undefined ? {} : { container }),
    };
  }

  #podSighting(row: number): PodSighting {
    const { pods } = this.#batch;
    const labels = this.#lines(pods.labels[row]);
    return {
      namespace: this.text(pods.namespace[row]),
      name: this.text(pods.name[row]),
      ...this.#present('uid', pods.uid[row]),
      ...this.#present('workload', pods.workload[row]),
      ...this.#present('workloadKind', pods.workloadKind[row]),
      ...(labels.length === 0 ? {} : { labels }),
    };
  }

  #containerSighting(row: number): ContainerSighting {
    const { containers } = this.#batch;
    const startTime = this.time(containers.startTime[row]);
    const privileged = containers.privileged[row] ?? 0;
    return {
      id: this.text(containers.id[row]),
      ...this.#present('name', containers.name[row]),
      ...this.#present('imageId', containers.imageId[row]),
      ...this.#present('imageName', containers.imageName[row]),
      ...(startTime === undefined ? {} : { startTime }),
      ...(privileged === 0 ? {} : { privileged: privileged === 2 }),
    };
  }

  #lines(index: number | undefined): string[] {
    const text = this.text(index);
    return text === '' ? [] : text.split('\n');
  }

  #present<Key extends string>(key: Key, index: number | undefined): { [K in Key]?: string } {
    const text = this.text(index);
    const found: { [K in Key]?: string } = {};
    if (text !== '') found[key] = text;
    return found;
  }
}

function presentNumber<Key extends string>(
  key: Key,
  value: number | undefined,
): { [K in Key]?: number } {
  const found: { [K in Key]?: number } = {};
  if (value !== undefined && !Number.isNaN(value)) found[key] = value;
  return found;
}

function rankOf(value: number | undefined): Rank {
  return value === 2 || value === 3 || value === 4 ? value : 1;
}

function nameEvidenceOf(text: string): SocketDetail['nameEvidence'] {
  return text === 'destination_names' || text === 'sni' || text === 'http_host' ? text : undefined;
}

function gapKindOf(text: string): GapDetail['gap'] {
  return text === 'throttle_start' || text === 'throttle_stop' ? text : 'rate_limit';
}
