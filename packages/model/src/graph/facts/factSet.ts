import { dialectOf } from '../../event/dialects.ts';
import { classOf, type EventKind, eventKinds } from '../../event/event.ts';
import type { FactBatch } from '../../event/factBatch.ts';
import {
  type AlertFact,
  type AuditFact,
  type ContainerFact,
  type EventCounts,
  type ExitFact,
  type Facts,
  type FlowFact,
  type GapFact,
  type LookupFact,
  type PodFact,
  type PolicyHits,
  type ProcessFact,
  podKey,
  processKey,
  type SocketFact,
} from '../../event/facts.ts';
import { policyOf, reportKinds } from '../../event/policyWords.ts';
import {
  eventsOf,
  exitFactsOf,
  gapFactsOf,
  lookupFactsOf,
  podFactsOf,
  type ReadEvent,
  socketFactsOf,
} from '../../event/readFactBatch.ts';
import { alertFactsOf, auditFactsOf, flowFactsOf } from '../../event/readJudgements.ts';
import { sightingsOf } from '../../event/readSightings.ts';
import { bootSecondOf } from '../identity/epochs.ts';
import { compareText } from '../order.ts';
import { faceKey } from './faceKey.ts';
import { bareFact, containerFactOf, factOf } from './factOf.ts';
import { addCounts, mergeContainerFact, mergePodFact, mergeProcessFact } from './mergeFacts.ts';
import { NodeTally } from './nodeTally.ts';

const noPolicies: readonly PolicyHits[] = [];
const alertBit = kindBit('alert');

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
  readonly #flows = new Map<string, FlowFact>();
  readonly #alerts = new Map<string, AlertFact>();
  readonly #audits = new Map<string, AuditFact>();
  readonly #gaps = new Map<string, GapFact>();
  readonly #nodes = new Map<string, NodeTally>();
  readonly #counts = new Map<string, EventCounts>();
  readonly #senses = new Map<string, Set<bigint>>();

  /** Takes what a batch says. */
  add(batch: FactBatch): void {
    this.#addSightings(batch);
    for (const fact of podFactsOf(batch)) this.addPod(fact);
    for (const fact of exitFactsOf(batch)) put(this.#exits, fact);
    for (const fact of lookupFactsOf(batch)) put(this.#lookups, fact);
    for (const fact of gapFactsOf(batch)) put(this.#gaps, fact);
    for (const fact of socketFactsOf(batch)) put(this.#sockets, fact);
    for (const fact of flowFactsOf(batch)) put(this.#flows, fact);
    for (const fact of alertFactsOf(batch)) put(this.#alerts, fact);
    for (const fact of auditFactsOf(batch)) put(this.#audits, fact);
    const alerts = new Set(batch.alerts.event.subarray(0, batch.alerts.count));
    let row = -1;
    for (const event of eventsOf(batch)) {
      row += 1;
      this.#addEvent(event, alerts.has(row));
    }
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
      flows: sorted(this.#flows),
      alerts: sorted(this.#alerts),
      audits: sorted(this.#audits),
      gaps: sorted(this.#gaps),
      nodes: sorted(this.#nodes).map((tally) => tally.fact()),
      counts: sorted(this.#counts),
    };
  }

  #addSightings(batch: FactBatch): void {
    for (const { cluster, node, sighting } of sightingsOf(batch)) {
      const fact = factOf(sighting, node, cluster);
      this.addProcess(fact);
      if (sighting.container !== undefined) {
        this.addContainer(containerFactOf(sighting.container, fact.pod ?? '', cluster));
      }
    }
  }

  #addEvent(event: ReadEvent, isAlert: boolean): void {
    const { cluster, node, process: id, time, kind } = event;
    // Said of the bare id: a decoder leaves out sightings it has emitted before, so a record need not show a face.
    if (id !== '' && time !== undefined) {
      const active: ProcessFact = {
        ...bareFact(id, node, cluster, 3),
        firstSeen: time,
        lastSeen: time,
      };
      this.addProcess(active);
    }
    if (!this.#isNew(cluster, event.sense)) return;
    this.#node(cluster, node).addEvent(event.label, time);
    if (id === '') return;
    const process = processKey({ dialect: dialectOf(id), cluster, id });
    const policy = reportKinds.includes(kind) ? policyOf(event) : undefined;
    const policies = policy === undefined ? noPolicies : [{ policy, hits: 1 }];
    const counts = { process, exec: 0, network: 0, dns: 0, file: 0, other: 0, kinds: 0, policies };
    counts[classOf(kind)] = 1;
    counts.kinds = kindBit(kind) | (isAlert ? alertBit : 0);
    join(this.#counts, process, counts, addCounts);
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

function kindBit(kind: EventKind): number {
  return 1 << eventKinds.indexOf(kind);
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
