import { eventKinds } from '../event/event.ts';
import type { Derived, DerivedLoose, DerivedProcess, Leaf } from '../graph/derived.ts';
import type { Filter } from '../query/filter.ts';
import { matches } from '../query/matches.ts';
import { processSubject, type SeenCard, type SeenRemote } from '../query/subject.ts';
import { agentsOf, authorNames, seenAlert } from './agentIds.ts';
import { podNameOf } from './context.ts';

/**
 * Does a filter keep this process? It does when the process with one of its leaves (or with none) matches: so
 * `fd.sip.name = x and fd.sport = 443` means one connection that is both.
 */
export function keepsProcess(filter: Filter, derived: Derived, process: DerivedProcess): boolean {
  if (filter.kind === 'all') return true;
  const card = cardOf(derived, process);
  if (matches(filter, processSubject(card, undefined))) return true;
  return process.connections.some((leaf) => matches(filter, processSubject(card, remoteOf(leaf))));
}

/** Does a filter keep what happened to a pod, or on a node, and to no process that is known? By the same rule. */
export function keepsPlace(filter: Filter, derived: Derived, place: DerivedLoose): boolean {
  if (filter.kind === 'all') return true;
  const card = cardOfPlace(derived, place);
  if (matches(filter, processSubject(card, undefined))) return true;
  return place.connections.some((leaf) => matches(filter, processSubject(card, remoteOf(leaf))));
}

/** Does a filter keep this leaf of this place? */
export function keepsPlaceLeaf(
  filter: Filter,
  derived: Derived,
  place: DerivedLoose,
  leaf: Leaf,
): boolean {
  if (filter.kind === 'all') return true;
  return matches(filter, processSubject(cardOfPlace(derived, place), remoteOf(leaf)));
}

function cardOfPlace(derived: Derived, place: DerivedLoose): SeenCard {
  const pod = derived.pods[place.pod ?? -1]?.fact;
  return {
    binaries: [],
    arguments: [],
    cwd: '',
    execId: '',
    pid: undefined,
    uid: undefined,
    author: [],
    pod: pod === undefined ? undefined : { namespace: pod.namespace, name: pod.name },
    container: undefined,
    node: place.node,
    kinds: [],
    policies: [],
    agents: place.agents,
    alerts: place.alerts.map(seenAlert),
  };
}

/** Does a filter keep this leaf of this process? */
export function keepsLeaf(
  filter: Filter,
  derived: Derived,
  process: DerivedProcess,
  leaf: Leaf,
): boolean {
  if (filter.kind === 'all') return true;
  return matches(filter, processSubject(cardOf(derived, process), remoteOf(leaf)));
}

/** Everything of a process and its leaves that free text finds. */
export function textsOf(derived: Derived, process: DerivedProcess): readonly string[] {
  const card = cardOf(derived, process);
  const texts = [...processSubject(card, undefined).text()];
  for (const leaf of process.connections) {
    const { names, ends } = remoteOf(leaf);
    texts.push(...names);
    for (const { ip, port } of ends) texts.push(ip, String(port));
  }
  return texts;
}

/** A process of a forest as filters see it. */
export function cardOf(derived: Derived, process: DerivedProcess): SeenCard {
  const { images, cwd, execId, pid, uid, node, counts } = process;
  const container =
    process.container === undefined ? undefined : derived.containers[process.container];
  return {
    get binaries() {
      return images.map(({ binary }) => binary);
    },
    get arguments() {
      return images.map((image) => image.arguments);
    },
    cwd,
    execId,
    pid,
    uid,
    pod: podNameOf(derived, process),
    container: container?.fact.name,
    node,
    get kinds() {
      return eventKinds.filter((_kind, index) => ((counts.kinds >>> index) & 1) === 1);
    },
    get agents() {
      return agentsOf(process);
    },
    get alerts() {
      return process.alerts.map(seenAlert);
    },
    get author() {
      return authorNames(process.author);
    },
    get policies() {
      return counts.policies.map(({ policy }) => policy);
    },
  };
}

function remoteOf(leaf: Leaf): SeenRemote {
  return {
    names: leaf.name === undefined ? leaf.otherNames : [leaf.name, ...leaf.otherNames],
    ends: [leaf],
    verdict: leaf.verdict,
  };
}
