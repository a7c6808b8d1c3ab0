import type {
  AlertFact,
  AuditFact,
  ContainerFact,
  EventCounts,
  ExitFact,
  Facts,
  FlowFact,
  GapFact,
  LookupFact,
  NodeFact,
  PodFact,
  ProcessFact,
  SocketFact,
} from '@forebear/model/event/facts';
import { faceKey } from '@forebear/model/graph/facts/faceKey';
import { mergeProcessFact } from '@forebear/model/graph/facts/mergeFacts';

/** Gathers loaded facts as a set: equal facts are one. Their order means nothing to the graph. */
export class FactBag {
  readonly #faces: ProcessFact[] = [];
  /** Faces that know neither start nor binary, which what a process did is added to, by their keys. */
  readonly #bare = new Map<string, ProcessFact>();
  readonly #exits = new TimedSet<ExitFact>(({ process, time, code, signal }) =>
    [process, time, code, signal].join('\0'),
  );
  readonly #sockets = new TimedSet<SocketFact>(socketKey);
  readonly #lookups = new TimedSet<LookupFact>(lookupKey);
  readonly #flows = new TimedSet<FlowFact>(wholeKey);
  readonly #alerts = new TimedSet<AlertFact>(wholeKey);
  readonly #audits = new TimedSet<AuditFact>(wholeKey);
  readonly #counts: EventCounts[] = [];

  /** Adds a face; each that has a start or a binary once. */
  addProcess(fact: ProcessFact): void {
    if (fact.startTime !== undefined || fact.binary !== undefined) {
      this.#faces.push(fact);
      return;
    }
    const key = faceKey(fact);
    const known = this.#bare.get(key);
    this.#bare.set(key, known === undefined ? fact : mergeProcessFact(known, fact));
  }

  addExit(fact: ExitFact): void {
    this.#exits.add(fact);
  }

  addSocket(fact: SocketFact): void {
    this.#sockets.add(fact);
  }

  addLookup(fact: LookupFact): void {
    this.#lookups.add(fact);
  }

  addFlow(fact: FlowFact): void {
    this.#flows.add(fact);
  }

  addAlert(fact: AlertFact): void {
    this.#alerts.add(fact);
  }

  addAudit(fact: AuditFact): void {
    this.#audits.add(fact);
  }

  /** Adds all events of one process. */
  addCounts(fact: EventCounts): void {
    this.#counts.push(fact);
  }

  facts(rest: {
    readonly pods: readonly PodFact[];
    readonly containers: readonly ContainerFact[];
    readonly nodes: readonly NodeFact[];
    readonly gaps: readonly GapFact[];
  }): Facts {
    return {
      processes: [...this.#faces, ...this.#bare.values()],
      exits: this.#exits.facts(),
      sockets: this.#sockets.facts(),
      lookups: this.#lookups.facts(),
      counts: this.#counts,
      pods: rest.pods,
      containers: rest.containers,
      nodes: rest.nodes,
      flows: this.#flows.facts(),
      alerts: this.#alerts.facts(),
      audits: this.#audits.facts(),
      gaps: rest.gaps,
    };
  }
}

/** A set of facts of which few share a time: only those are compared as a whole. */
class TimedSet<Fact extends { readonly time?: bigint }> {
  readonly #keyOf: (fact: Fact) => string;
  readonly #first = new Map<bigint, Fact>();
  readonly #others = new Map<string, Fact>();

  constructor(keyOf: (fact: Fact) => string) {
    this.#keyOf = keyOf;
  }

  add(fact: Fact): void {
    const { time } = fact;
    const first = time === undefined ? undefined : this.#first.get(time);
    if (time !== undefined && first === undefined) {
      this.#first.set(time, fact);
      return;
    }
    const key = this.#keyOf(fact);
    if (first === undefined || this.#keyOf(first) !== key) this.#others.set(key, fact);
  }

  facts(): Fact[] {
    return [...this.#first.values(), ...this.#others.values()];
  }
}

function socketKey(fact: SocketFact): string {
  const peer = fact.peerPod;
  return [
    fact.process,
    fact.kind,
    fact.time,
    fact.protocol,
    fact.sourceIp,
    fact.sourcePort,
    fact.destinationIp,
    fact.destinationPort,
    fact.cookie,
    fact.bytesSent,
    fact.bytesReceived,
    fact.names.join(),
    fact.nameEvidence,
    fact.node,
    peer === undefined ? '' : `${peer.namespace}/${peer.name}/${peer.workload ?? ''}`,
  ].join('\0');
}

function lookupKey(fact: LookupFact): string {
  return [
    fact.process,
    fact.time,
    fact.response,
    fact.rcode,
    fact.names.join(),
    fact.ips.join(),
    fact.types.join(),
    fact.resolverIp,
    fact.resolverPort,
    fact.node,
  ].join('\0');
}

/** The fact itself: of rows of one table the fields stand in one order. */
function wholeKey(fact: object): string {
  return JSON.stringify(fact, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}
