import type { Facts, ProcessFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import { maxBootSeconds } from '../facts/bootSeconds.ts';
import { earlier, later } from '../order.ts';
import { bootSecondOf, Epochs, noEpochs } from './epochs.ts';

/** Where a fact was seen, after resolution: the cluster is never empty. */
export interface Place {
  readonly cluster: string;
  readonly node: string;
}

/** What is known of one node of one cluster. */
export interface KnownNode {
  readonly epochs: Epochs;
  readonly firstTime: Nanos | undefined;
  readonly lastTime: Nanos | undefined;
}

const unknownNode: KnownNode = { epochs: noEpochs, firstTime: undefined, lastTime: undefined };

/**
 * Names the cluster of every fact (semantics, "Pods and clusters"): the fact's own, else the one named cluster that
 * also reports the node, else the prefix of a node name `cluster/node`, else `default`.
 */
export class Places {
  readonly #clustersByNode = new Map<string, Set<string>>();
  readonly #nodes = new Map<string, KnownNode>();
  /** Places by what facts say, and by what they mean: neighbouring facts mostly say the same. */
  readonly #bySaid = new Map<string, Map<string, Place>>();
  readonly #byMeaning = new Map<string, Place>();
  #lastSaid: Place | undefined;
  #lastPlace: Place | undefined;
  #lastAsked: Place | undefined;
  #lastNode: KnownNode = unknownNode;

  constructor(facts: Pick<Facts, 'processes' | 'nodes'>) {
    for (const { cluster, node } of facts.nodes) this.#learn(cluster, node);
    let last: Place | undefined;
    for (const fact of facts.processes) {
      if (last?.cluster === fact.cluster && last.node === fact.node) continue;
      this.#learn(fact.cluster, fact.node);
      last = fact;
    }
    this.#gatherNodes(facts);
  }

  /** The same object for the same place. */
  place(cluster: string, node: string): Place {
    const last = this.#lastSaid;
    if (last?.cluster === cluster && last.node === node && this.#lastPlace !== undefined) {
      return this.#lastPlace;
    }
    let ofCluster = this.#bySaid.get(cluster);
    if (ofCluster === undefined) {
      ofCluster = new Map();
      this.#bySaid.set(cluster, ofCluster);
    }
    let place = ofCluster.get(node);
    if (place === undefined) {
      const found = this.#resolve(cluster, node);
      const key = keyOf(found);
      place = this.#byMeaning.get(key) ?? found;
      this.#byMeaning.set(key, place);
      ofCluster.set(node, place);
    }
    this.#lastSaid = { cluster, node };
    this.#lastPlace = place;
    return place;
  }

  node(place: Place): KnownNode {
    const last = this.#lastAsked;
    if (last?.cluster === place.cluster && last.node === place.node) return this.#lastNode;
    this.#lastNode = this.#nodes.get(keyOf(place)) ?? unknownNode;
    this.#lastAsked = place;
    return this.#lastNode;
  }

  #resolve(cluster: string, node: string): Place {
    if (cluster !== '') return { cluster, node: withoutPrefix(cluster, node) };
    const prefixed = splitNode(node);
    if (prefixed !== undefined) return prefixed;
    const named = this.#clustersByNode.get(node);
    const only = named?.size === 1 ? [...named][0] : undefined;
    return { cluster: only ?? 'default', node };
  }

  #learn(cluster: string, node: string): void {
    const place =
      cluster === '' ? splitNode(node) : { cluster, node: withoutPrefix(cluster, node) };
    if (place === undefined || place.node === '') return;
    const known = this.#clustersByNode.get(place.node);
    if (known === undefined) this.#clustersByNode.set(place.node, new Set([place.cluster]));
    else known.add(place.cluster);
  }

  #gatherNodes(facts: Pick<Facts, 'processes' | 'nodes'>): void {
    const seconds = new Map<Place, BootSeconds>();
    const secondsOf = (place: Place): BootSeconds => {
      let known = seconds.get(place);
      if (known === undefined) {
        known = new BootSeconds();
        seconds.set(place, known);
      }
      return known;
    };
    const times = new Map<Place, { first: Nanos | undefined; last: Nanos | undefined }>();
    for (const fact of facts.nodes) {
      const place = this.place(fact.cluster, fact.node);
      const known = secondsOf(place);
      for (const second of fact.bootSeconds) known.all.add(second);
      if (fact.bootSeconds.length >= maxBootSeconds) known.isFull = true;
      const range = times.get(place);
      times.set(place, {
        first: earlier(range?.first, fact.firstTime),
        last: later(range?.last, fact.lastTime),
      });
    }
    for (const fact of facts.processes) {
      if (fact.startTime === undefined || fact.ktime === undefined) continue;
      secondsOf(this.place(fact.cluster, fact.node)).add(fact);
    }
    for (const [place, known] of seconds) {
      this.#nodes.set(keyOf(place), {
        epochs: new Epochs(known.all),
        firstTime: times.get(place)?.first,
        lastTime: times.get(place)?.last,
      });
    }
  }
}

/** The boot seconds of one node. Most of its processes name the same one. */
class BootSeconds {
  readonly all = new Set<number>();
  /** A node has more of them than are told apart: what its processes say besides does not count, whichever are loaded. */
  isFull = false;
  #from = 0n;
  #to = 0n;

  add(fact: Pick<ProcessFact, 'startTime' | 'ktime'>): void {
    if (this.isFull) return;
    const boot = (fact.startTime ?? 0n) - (fact.ktime ?? 0n);
    if (boot >= this.#from && boot < this.#to) return;
    const second = bootSecondOf(fact);
    if (second === undefined) return;
    this.all.add(second);
    this.#from = BigInt(second) * 1_000_000_000n;
    this.#to = this.#from + 1_000_000_000n;
  }
}

function withoutPrefix(cluster: string, node: string): string {
  const isPrefixed = node.startsWith(cluster) && node.charAt(cluster.length) === '/';
  return isPrefixed ? node.slice(cluster.length + 1) : node;
}

/** `cluster/node` in two; undefined for a name without both. */
function splitNode(name: string): Place | undefined {
  const slash = name.indexOf('/');
  if (slash <= 0 || slash === name.length - 1) return undefined;
  return { cluster: name.slice(0, slash), node: name.slice(slash + 1) };
}

function keyOf({ cluster, node }: Place): string {
  return `${cluster}\0${node}`;
}
