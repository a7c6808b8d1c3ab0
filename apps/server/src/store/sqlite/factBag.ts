import {
  type ContainerFact,
  type EventCounts,
  type ExitFact,
  type Facts,
  type GapFact,
  type LookupFact,
  type NodeFact,
  type PodFact,
  type ProcessFact,
  podKey,
  type SocketFact,
} from '@forebear/model/event/facts';
import { faceKey } from '@forebear/model/graph/faceKey';
import { mergeProcessFact } from '@forebear/model/graph/mergeFacts';

/**
 * Gathers loaded facts as a set: equal facts are one, and the order depends only on what they are, so that the same
 * question loads the same facts whatever the partitions.
 */
export class FactBag {
  readonly #processes = new Map<string, ProcessFact>();
  readonly #exits = new Map<string, ExitFact>();
  readonly #sockets = new Map<string, SocketFact>();
  readonly #lookups = new Map<string, LookupFact>();
  readonly #counts = new Map<string, EventCounts>();

  addProcess(fact: ProcessFact): void {
    const key = faceKey(fact);
    const known = this.#processes.get(key);
    this.#processes.set(key, known === undefined ? fact : mergeProcessFact(known, fact));
  }

  addExit(fact: ExitFact): void {
    const { process, time, code, signal } = fact;
    this.#exits.set([process, time, code, signal].join('\0'), fact);
  }

  addSocket(fact: SocketFact): void {
    const peer = fact.peerPod;
    const key = [
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
    this.#sockets.set(key, fact);
  }

  addLookup(fact: LookupFact): void {
    const key = [
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
    this.#lookups.set(key, fact);
  }

  addCounts(fact: EventCounts): void {
    const known = this.#counts.get(fact.process);
    if (known === undefined) {
      this.#counts.set(fact.process, fact);
      return;
    }
    this.#counts.set(fact.process, {
      process: fact.process,
      exec: known.exec + fact.exec,
      network: known.network + fact.network,
      dns: known.dns + fact.dns,
      file: known.file + fact.file,
      other: known.other + fact.other,
      kinds: known.kinds | fact.kinds,
    });
  }

  facts(rest: {
    readonly pods: readonly PodFact[];
    readonly containers: readonly ContainerFact[];
    readonly nodes: readonly NodeFact[];
    readonly gaps: readonly GapFact[];
  }): Facts {
    return {
      processes: sorted(this.#processes),
      exits: sorted(this.#exits),
      sockets: sorted(this.#sockets),
      lookups: sorted(this.#lookups),
      counts: sorted(this.#counts),
      pods: sorted(new Map(rest.pods.map((fact) => [podKey(fact), fact]))),
      containers: sorted(
        new Map(rest.containers.map((fact) => [`${fact.cluster}\0${fact.id}`, fact])),
      ),
      nodes: sorted(new Map(rest.nodes.map((fact) => [`${fact.cluster}\0${fact.node}`, fact]))),
      gaps: rest.gaps,
    };
  }
}

function sorted<Fact>(map: ReadonlyMap<string, Fact>): Fact[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, fact]) => fact);
}
