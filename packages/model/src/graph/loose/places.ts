import { type Dialect, dialects } from '../../event/dialects.ts';
import type { DerivedPod } from '../derived.ts';
import { compareText } from '../order.ts';
import type { Anchor } from '../settle/anchors.ts';
import type { PodAddresses } from './podAddresses.ts';

/** Somewhere things happened to whom no process is known. */
export interface LoosePlace {
  /** Index into `Derived.pods`; undefined: no pod is known. */
  readonly pod: number | undefined;
  readonly cluster: string;
  /** Empty: not known. */
  readonly node: string;
  /** Set where nothing but an address is known. */
  readonly address: string;
  /** Who spoke of it, in the order of `dialects`. */
  readonly agents: readonly Dialect[];
}

/** All places, and which of them a fact's `process` key means. */
export interface LoosePlaces {
  readonly places: readonly LoosePlace[];
  readonly placeOf: ReadonlyMap<string, number>;
}

/**
 * The places that anchors mean. A pod that an agent names without its namespace or cluster is the one pod of that name; an address is
 * the pod that has it.
 */
export function loosePlacesOf(
  anchors: ReadonlyMap<string, Anchor>,
  pods: PodNames,
  addresses: PodAddresses,
): LoosePlaces {
  const drafts = new Map<string, Omit<LoosePlace, 'agents'>>();
  const agents = new Map<string, Set<Dialect>>();
  const keys = new Map<string, string>();
  const nodes = new Map<string, Set<string>>();
  for (const [process, anchor] of anchors) {
    const place = placeOf(anchor, pods, addresses);
    const { pod, cluster, node, address } = place;
    const key = pod === undefined ? `${cluster}\0${node}\0${address}` : String(pod);
    if (pod !== undefined && anchor.node !== '') {
      nodes.set(key, (nodes.get(key) ?? new Set()).add(anchor.node));
    }
    drafts.set(key, place);
    agents.set(key, (agents.get(key) ?? new Set()).add(anchor.dialect));
    keys.set(process, key);
  }
  const ordered = [...drafts].sort(([a], [b]) => compareText(a, b));
  const indexes = new Map(ordered.map(([key], index) => [key, index]));
  return {
    places: ordered.map(([key, place]) => ({
      ...place,
      node: place.node === '' ? onlyOf(nodes.get(key)) : place.node,
      agents: dialects.filter((dialect) => agents.get(key)?.has(dialect)),
    })),
    placeOf: new Map([...keys].map(([process, key]) => [process, indexes.get(key) ?? -1])),
  };
}

/** A flow's node is that of whoever saw it, which may be the other end's: only one that all name is the pod's. */
function onlyOf(nodes: ReadonlySet<string> | undefined): string {
  const [only = ''] = nodes?.size === 1 ? nodes : [];
  return only;
}

function placeOf(
  anchor: Anchor,
  pods: PodNames,
  addresses: PodAddresses,
): Omit<LoosePlace, 'agents'> {
  const { cluster, toldCluster, node, namespace, pod: name, address } = anchor;
  const pod =
    name === '' ? addresses.podOf(toldCluster, address) : pods.find(toldCluster, namespace, name);
  const known = pods.at(pod);
  if (known !== undefined) return { pod, cluster: known.cluster, node: known.node, address: '' };
  return { pod: undefined, cluster, node, address };
}

/** The pods of a case by the names that agents give them. */
export class PodNames {
  readonly #pods: readonly DerivedPod[];
  readonly #byName = new Map<string, number[]>();
  /** What was asked before; -1: several, or none. */
  readonly #found = new Map<string, number>();

  constructor(pods: readonly DerivedPod[]) {
    this.#pods = pods;
    for (const [index, { fact, cluster }] of pods.entries()) {
      const { namespace, name } = fact;
      for (const key of keysOf(cluster, namespace, name)) {
        const known = this.#byName.get(key);
        if (known === undefined) this.#byName.set(key, [index]);
        else known.push(index);
      }
    }
  }

  at(pod: number | undefined): DerivedPod | undefined {
    return this.#pods[pod ?? -1];
  }

  /**
   * The last instance of the pod; `cluster` and `namespace` empty: not told. Undefined: no such pod, or pods of that name in several
   * places.
   */
  find(cluster: string, namespace: string, name: string): number | undefined {
    return this.#last(`${cluster}\0${namespace}\0${name}`);
  }

  #last(key: string): number | undefined {
    const known = this.#found.get(key);
    if (known !== undefined) return known < 0 ? undefined : known;
    const indexes = this.#byName.get(key) ?? [];
    const last = indexes[indexes.length - 1];
    const pod = this.at(last);
    const isOne = indexes.every((index) => {
      const other = this.at(index);
      return other?.cluster === pod?.cluster && other?.fact.namespace === pod?.fact.namespace;
    });
    const found = isOne ? last : undefined;
    if (indexes.length > 0) this.#found.set(key, found ?? -1);
    return found;
  }
}

/** As whoever tells all, or leaves out cluster or namespace, names the pod. */
function* keysOf(cluster: string, namespace: string, name: string): Iterable<string> {
  for (const ofCluster of new Set([cluster, ''])) {
    for (const ofNamespace of new Set([namespace, ''])) {
      yield `${ofCluster}\0${ofNamespace}\0${name}`;
    }
  }
}
