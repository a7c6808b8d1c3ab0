import type { Facts } from '../event/facts.ts';
import { bootSecondOf, Epochs, noEpochs } from './epochs.ts';
import { earlier, later } from './order.ts';
import type { Nanos } from '../event/time.ts';

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

  constructor(facts: Pick<Facts, 'processes' | 'nodes'>) {
    for (const { cluster, node } of facts.nodes) this.#learn(cluster, node);
    for (const { cluster, node } of facts.processes) this.#learn(cluster, node);
    this.#gatherNodes(facts);
  }

  place(cluster: string, node: string): Place {
    if (cluster !== '') {
      const prefix = `${cluster}/`;
      return { cluster, node: node.startsWith(prefix) ? node.slice(prefix.length) : node };
    }
    const prefixed = splitNode(node);
    if (prefixed !== undefined) return prefixed;
    const named = this.#clustersByNode.get(node);
    const only = named?.size === 1 ? [...named][0] : undefined;
    return { cluster: only ?? 'default', node };
  }

  node(place: Place): KnownNode {
    return this.#nodes.get(keyOf(place)) ?? unknownNode;
  }

  #learn(cluster: string, node: string): void {
    const place =
      cluster === '' ? splitNode(node) : { cluster, node: this.place(cluster, node).node };
    if (place === undefined || place.node === '') return;
    const known = this.#clustersByNode.get(place.node);
    if (known === undefined) this.#clustersByNode.set(place.node, new Set([place.cluster]));
    else known.add(place.cluster);
  }

  #gatherNodes(facts: Pick<Facts, 'processes' | 'nodes'>): void {
    const seconds = new Map<string, Set<number>>();
    const secondsOf = (place: Place): Set<number> => {
      const key = keyOf(place);
      let known = seconds.get(key);
      if (known === undefined) {
        known = new Set();
        seconds.set(key, known);
      }
      return known;
    };
    const times = new Map<string, { first: Nanos | undefined; last: Nanos | undefined }>();
    for (const fact of facts.nodes) {
      const place = this.place(fact.cluster, fact.node);
      const known = secondsOf(place);
      for (const second of fact.bootSeconds) known.add(second);
      const range = times.get(keyOf(place));
      times.set(keyOf(place), {
        first: earlier(range?.first, fact.firstTime),
        last: later(range?.last, fact.lastTime),
      });
    }
    for (const fact of facts.processes) {
      const second = bootSecondOf(fact);
      if (second !== undefined) secondsOf(this.place(fact.cluster, fact.node)).add(second);
    }
    for (const key of new Set([...seconds.keys(), ...times.keys()])) {
      this.#nodes.set(key, {
        epochs: new Epochs(seconds.get(key) ?? []),
        firstTime: times.get(key)?.first,
        lastTime: times.get(key)?.last,
      });
    }
  }
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
