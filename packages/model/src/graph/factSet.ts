import { classOf, type EventKind, eventKinds } from '../event/event.ts';
import type { FactBatch } from '../event/factBatch.ts';
import {
  type ContainerFact,
  type EventCounts,
  type ExitFact,
  type Facts,
  type GapFact,
  type LookupFact,
  type PodFact,
  type ProcessFact,
  podKey,
  processKey,
  type SocketFact,
} from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import { BatchRows } from './batchRows.ts';
import { bootSecondOf } from './epochs.ts';
import { type Face, faceKey } from './faceKey.ts';
import { bareFact } from './factOf.ts';
import {
  addCounts,
  mergeContainerFact,
  mergePodFact,
  mergeProcessFact,
  type MutableProcessFact,
} from './mergeFacts.ts';
import { NodeTally } from './nodeTally.ts';
import { compareText } from './order.ts';

/**
 * Accumulates batches into a set of facts, in memory: the reference of every store. Order, batching and repetition
 * of what is added cannot be told from `facts()`. An event that says the same in other bytes (its `sense`) counts
 * once; facts that are equal are one.
 */
export class FactSet {
  readonly #processes = new Map<string, ProcessFact>();
  readonly #pods = new Map<string, PodFact>();
  readonly #containers = new Map<string, ContainerFact>();
  readonly #exits = new Map<string, ExitFact>();
  readonly #sockets = new Map<string, SocketFact>();
  readonly #lookups = new Map<string, LookupFact>();
  readonly #gaps = new Map<string, GapFact>();
  readonly #nodes = new Map<string, NodeTally>();
  readonly #counts = new Map<string, EventCounts>();
  readonly #senses = new Map<string, Set<bigint>>();

  /** Takes what a batch says. */
  add(batch: FactBatch): void {
    const rows = new BatchRows(batch);
    const faces = this.#addSightings(batch, rows);
    for (let row = 0; row < batch.pods.count; row += 1) this.addPod(rows.pod(row));
    for (let row = 0; row < batch.exits.count; row += 1) put(this.#exits, rows.exit(row));
    for (let row = 0; row < batch.lookups.count; row += 1) put(this.#lookups, rows.lookup(row));
    for (let row = 0; row < batch.gaps.count; row += 1) put(this.#gaps, rows.gap(row));
    for (let row = 0; row < batch.sockets.count; row += 1) {
      const kind = eventKinds[batch.events.kind[batch.sockets.event[row] ?? 0] ?? 0] ?? 'other';
      if (isSocketKind(kind)) put(this.#sockets, rows.socket(row, kind));
    }
    for (let row = 0; row < batch.events.count; row += 1) this.#addEvent(batch, rows, row, faces);
  }

  /** Takes a loss that the reader of the log saw, not the log. */
  addGap(gap: GapFact): void {
    put(this.#gaps, gap);
  }

  addProcess(fact: ProcessFact): void {
    if (fact.id === '') return;
    const key = faceKey(fact);
    const known = this.#processes.get(key);
    this.#processes.set(key, known === undefined ? fact : mergeProcessFact(known, fact));
    const second = bootSecondOf(fact);
    if (second !== undefined) this.#node(fact.cluster, fact.node).addBootSecond(second);
  }

  addPod(fact: PodFact): void {
    join(this.#pods, podKey(fact), fact, mergePodFact);
  }

  addContainer(fact: ContainerFact): void {
    if (fact.id !== '')
      join(this.#containers, `${fact.cluster}\0${fact.id}`, fact, mergeContainerFact);
  }

  /** Everything taken so far, in an order that depends only on what it is. */
  facts(): Facts {
    return {
      processes: sorted(this.#processes),
      pods: sorted(this.#pods),
      containers: sorted(this.#containers),
      exits: sorted(this.#exits),
      sockets: sorted(this.#sockets),
      lookups: sorted(this.#lookups),
      gaps: sorted(this.#gaps),
      nodes: sorted(this.#nodes).map((tally) => tally.fact()),
      counts: sorted(this.#counts),
    };
  }

  /** Answers the faces that each record shows as an event's own process, by `record\0id`. */
  #addSightings(batch: FactBatch, rows: BatchRows): Map<string, Face[]> {
    const own = new Map<string, Face[]>();
    const { sightings } = batch;
    for (let row = 0; row < sightings.count; row += 1) {
      const fact = rows.process(row);
      this.addProcess(fact);
      const container = sightings.container[row] ?? -1;
      if (container >= 0) this.addContainer(rows.container(container, fact.cluster));
      if (fact.rank < 3) continue;
      const key = `${sightings.record[row]}\0${fact.id}`;
      const faces = own.get(key);
      if (faces === undefined) own.set(key, [fact]);
      else faces.push(fact);
    }
    return own;
  }

  #addEvent(batch: FactBatch, rows: BatchRows, row: number, faces: Map<string, Face[]>): void {
    const { events } = batch;
    const cluster = rows.text(events.cluster[row]);
    const node = rows.text(events.node[row]);
    const id = rows.text(events.process[row]);
    const time = rows.time(events.time[row]);
    const kind: EventKind = eventKinds[events.kind[row] ?? 0] ?? 'other';
    // A decoder may leave out a sighting it has emitted before: then only the id is known to be active.
    if (id !== '' && time !== undefined) {
      const shown = faces.get(`${events.record[row]}\0${id}`) ?? [bareFact(id, node, cluster, 3)];
      for (const face of shown) this.#addActivity(face, time);
    }
    const sense = events.sense[row] ?? 0n;
    if (!this.#isNew(cluster, sense)) return;
    this.#node(cluster, node).addEvent(rows.text(events.label[row]), time);
    if (id === '') return;
    const process = processKey({ dialect: 'tetragon', cluster, id });
    const counts = { process, exec: 0, network: 0, dns: 0, file: 0, other: 0, kinds: 0 };
    counts[classOf(kind)] = 1;
    counts.kinds = 1 << eventKinds.indexOf(kind);
    join(this.#counts, process, counts, addCounts);
  }

  #addActivity(face: Face, time: Nanos): void {
    const active: MutableProcessFact = bareFact(face.id, face.node, face.cluster, 3, face.dialect);
    if (face.pid !== undefined) active.pid = face.pid;
    if (face.startTime !== undefined) active.startTime = face.startTime;
    if (face.binary !== undefined) active.binary = face.binary;
    active.firstSeen = time;
    active.lastSeen = time;
    this.addProcess(active);
  }

  #node(cluster: string, node: string): NodeTally {
    const key = `${cluster}\0${node}`;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const tally = new NodeTally(cluster, node);
    this.#nodes.set(key, tally);
    return tally;
  }

  #isNew(cluster: string, sense: bigint): boolean {
    let known = this.#senses.get(cluster);
    if (known === undefined) {
      known = new Set();
      this.#senses.set(cluster, known);
    }
    if (known.has(sense)) return false;
    known.add(sense);
    return true;
  }
}

function isSocketKind(kind: EventKind): kind is SocketFact['kind'] {
  switch (kind) {
    case 'connect':
    case 'accept':
    case 'listen':
    case 'close':
    case 'sock_stats':
    case 'send':
    case 'tls':
    case 'http':
      return true;
    default:
      return false;
  }
}

/** The whole fact is its key: equal facts are one. */
function put<Fact extends object>(set: Map<string, Fact>, fact: Fact): void {
  set.set(JSON.stringify(fact, bigintsAsText), fact);
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

function join<Fact>(
  into: Map<string, Fact>,
  key: string,
  fact: Fact,
  merge: (a: Fact, b: Fact) => Fact,
): void {
  const known = into.get(key);
  into.set(key, known === undefined ? fact : merge(known, fact));
}

function sorted<Fact>(map: ReadonlyMap<string, Fact>): Fact[] {
  return [...map].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact);
}
