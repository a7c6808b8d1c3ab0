import { type ContainerFact, type Facts, parsePodKey, podKey } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import { mergeContainerFact } from '../facts/mergeFacts.ts';
import type { Identity } from '../identity/identities.ts';
import { earlier, later } from '../order.ts';
import { bareContainerId, DockerPrefixes } from './dockerPrefix.ts';

/**
 * What holds processes apart from the host: a container instance (`container`), one known only by its truncated id
 * (`docker`), or a pod whose container nobody named (`pod`).
 */
export interface EnclosureDraft {
  readonly kind: 'container' | 'docker' | 'pod';
  readonly cluster: string;
  /** Of a `docker` draft `id` is the truncated id and the rest empty; of a `pod` draft all but `pod` is empty. */
  fact: ContainerFact;
  /** `podKey` with the resolved cluster, possibly without uid; empty: no pod known. */
  pod: string;
  /** Indexes of identities. */
  readonly members: number[];
  /** First and last moment of any member. */
  from: Nanos | undefined;
  to: Nanos | undefined;
}

/** Where each identity stands: its draft, -1 for none, and whether the draft was found by the truncated id alone. */
export interface EnclosureDrafts {
  readonly drafts: readonly EnclosureDraft[];
  readonly draftOf: Int32Array;
  readonly inferred: Uint8Array;
}

/** Groups identities by the container they say they are in (semantics, Identity: "join by unique prefix within a node"). */
export function enclosureDraftsOf(
  facts: Pick<Facts, 'containers'>,
  identities: readonly Identity[],
): EnclosureDrafts {
  const table = new DraftTable(facts);
  const draftOf = new Int32Array(identities.length).fill(-1);
  const inferred = new Uint8Array(identities.length);
  const prefixes = prefixesByNode(identities);
  for (const [index, identity] of identities.entries()) {
    const { containerId, docker } = identity.fact;
    let draft = -1;
    if (containerId !== undefined) draft = table.container(identity, containerId);
    else if (docker !== undefined && docker !== '') {
      const known = prefixes.get(nodeKey(identity));
      const full = known?.ids.fullIdOf(docker);
      const id = full === undefined ? undefined : known?.originals.get(full);
      inferred[index] = id === undefined ? 0 : 1;
      draft =
        id === undefined
          ? table.docker(identity, known?.ids.rootOf(docker) ?? docker)
          : table.container(identity, id);
    } else if (identity.pod !== '') draft = table.pod(identity, index);
    draftOf[index] = draft;
    if (draft >= 0) table.join(draft, index, identity);
  }
  table.addUnused();
  return { drafts: table.drafts, draftOf, inferred };
}

class DraftTable {
  readonly drafts: EnclosureDraft[] = [];
  readonly #facts = new Map<string, ContainerFact>();
  readonly #used = new Set<string>();
  readonly #described = new Set<string>();
  readonly #byKey = new Map<string, number>();
  /** Containers by cluster and id: asked for every process. */
  readonly #containers = new Map<string, Map<string, number>>();
  /** Drafts that were described by facts without a cluster. */
  readonly #unnamed = new Set<number>();

  constructor(facts: Pick<Facts, 'containers'>) {
    for (const fact of facts.containers) {
      const key = `${fact.cluster}\0${fact.id}`;
      const known = this.#facts.get(key);
      this.#facts.set(key, known === undefined ? fact : mergeContainerFact(known, fact));
    }
  }

  container(identity: Identity, id: string): number {
    const index = this.#containerOf(identity.cluster, id);
    const draft = this.drafts[index];
    if (draft === undefined || this.#unnamed.has(index)) return index;
    const unnamed = `${identity.dialect}\0\0`;
    if (identity.keys.some((key) => key.startsWith(unnamed))) {
      this.#unnamed.add(index);
      this.#describe(draft, `\0${id}`);
    }
    return index;
  }

  #containerOf(cluster: string, id: string): number {
    let ofCluster = this.#containers.get(cluster);
    if (ofCluster === undefined) {
      ofCluster = new Map();
      this.#containers.set(cluster, ofCluster);
    }
    const known = ofCluster.get(id);
    if (known !== undefined) return known;
    const index = this.#open(`c\0${cluster}\0${id}`, 'container', cluster, id);
    ofCluster.set(id, index);
    const draft = this.drafts[index];
    if (draft !== undefined) this.#describe(draft, `${cluster}\0${id}`);
    return index;
  }

  docker(identity: Identity, root: string): number {
    const key = `d\0${identity.cluster}\0${identity.node}\0${root}`;
    return this.#open(key, 'docker', identity.cluster, root);
  }

  /** Without a uid each process is asked for its pod alone; `containmentOf` puts those of one pod together. */
  pod({ pod, node, cluster }: Identity, index: number): number {
    const own = parsePodKey(pod).uid === '' ? String(index) : '';
    const key = `p\0${node}\0${pod}\0${own}`;
    return this.#open(key, 'pod', cluster, '');
  }

  join(index: number, member: number, identity: Identity): void {
    const draft = this.drafts[index];
    if (draft === undefined) return;
    draft.members.push(member);
    const { pod } = identity;
    if (pod > draft.pod) draft.pod = pod;
    draft.from = earlier(draft.from, identity.start);
    draft.to = later(draft.to, later(identity.start, identity.fact.lastSeen));
  }

  /** Containers that no process of the set stands in are kept: nothing is dropped. */
  addUnused(): void {
    for (const [key, fact] of this.#facts) {
      if (this.#used.has(key)) continue;
      const cluster = fact.cluster === '' ? 'default' : fact.cluster;
      const index = this.#open(`c\0${cluster}\0${fact.id}`, 'container', cluster, fact.id);
      const draft = this.drafts[index];
      if (draft !== undefined) this.#describe(draft, key);
    }
  }

  #open(key: string, kind: EnclosureDraft['kind'], cluster: string, id: string): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const index = this.drafts.length;
    this.#byKey.set(key, index);
    const fact: ContainerFact = { cluster, id, pod: '', name: '' };
    this.drafts.push({
      kind,
      cluster,
      fact,
      pod: '',
      members: [],
      from: undefined,
      to: undefined,
    });
    return index;
  }

  #describe(draft: EnclosureDraft, key: string): void {
    const fact = this.#facts.get(key);
    const once = `${draft.cluster}\0${key}`;
    if (fact === undefined || this.#described.has(once)) return;
    this.#described.add(once);
    this.#used.add(key);
    const pod = fact.pod === '' ? '' : inCluster(fact.pod, draft.cluster);
    draft.fact = mergeContainerFact(draft.fact, { ...fact, cluster: draft.cluster, pod });
    if (pod > draft.pod) draft.pod = pod;
    draft.from = earlier(draft.from, fact.startTime);
    draft.to = later(draft.to, fact.startTime);
  }
}

function inCluster(pod: string, cluster: string): string {
  return podKey({ ...parsePodKey(pod), cluster });
}

function nodeKey({ cluster, node }: Identity): string {
  return `${cluster}\0${node}`;
}

/** What a node's processes say of their containers. */
interface Seen {
  readonly ids: Set<string>;
  /** Ids with their scheme by the bare ones. */
  readonly originals: Map<string, string>;
  readonly truncated: Set<string>;
}

function prefixesByNode(
  identities: readonly Identity[],
): Map<string, { ids: DockerPrefixes; originals: Map<string, string> }> {
  const seen = new Map<string, Seen>();
  let lastPlace: Identity | undefined;
  let node: Seen | undefined;
  for (const identity of identities) {
    const { containerId, docker } = identity.fact;
    if (containerId === undefined && docker === undefined) continue;
    if (lastPlace?.node !== identity.node || lastPlace.cluster !== identity.cluster) {
      node = seen.get(nodeKey(identity));
    }
    lastPlace = identity;
    if (node === undefined) {
      node = { ids: new Set(), originals: new Map(), truncated: new Set() };
      seen.set(nodeKey(identity), node);
    }
    if (containerId === undefined) node.truncated.add(docker ?? '');
    else if (!node.ids.has(containerId)) {
      node.ids.add(containerId);
      const bare = bareContainerId(containerId);
      const known = node.originals.get(bare);
      if (known === undefined || containerId > known) node.originals.set(bare, containerId);
    }
  }
  const prefixes = new Map<string, { ids: DockerPrefixes; originals: Map<string, string> }>();
  for (const [key, { originals, truncated }] of seen) {
    prefixes.set(key, { ids: new DockerPrefixes(originals.keys(), truncated), originals });
  }
  return prefixes;
}
