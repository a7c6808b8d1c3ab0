import { type Facts, type PodFact, parsePodKey, podKey } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { DerivedPod } from '../derived.ts';
import { mergePodFact } from '../facts/mergeFacts.ts';
import type { Identity } from '../identity/identities.ts';
import { compareText, earlier, later } from '../order.ts';
import type { EnclosureDraft, EnclosureDrafts } from './enclosureDrafts.ts';

interface Lifetime {
  from: Nanos | undefined;
  to: Nanos | undefined;
}

/** All that is known of the pods of one name. */
interface Name {
  readonly lifetimes: Map<string, Lifetime>;
  /** Uids that took something reported without one. */
  readonly heirs: Set<string>;
  orphaned: boolean;
}

/** A name with more uids than this is made up; not looking bounds the work. */
const MOST_UIDS = 1000;

export interface Pods {
  readonly pods: readonly DerivedPod[];
  /** Index into `pods` by draft; -1: no pod known. */
  readonly podOfDraft: Int32Array;
}

/**
 * Decides which pod each draft is in (semantics, "Pods and clusters"): what came without a uid belongs to the uid that
 * its container is known under, else to the one uid whose lifetime holds its start, else to one pod without uid.
 */
export function podsOf(
  facts: Pick<Facts, 'pods'>,
  identities: readonly Identity[],
  { drafts }: EnclosureDrafts,
): Pods {
  const names = new Map<string, Name>();
  const reported = reportedPods(facts, identities, drafts);
  for (const key of reported.keys()) lifetimeOf(names, key);
  for (const draft of drafts) {
    const life = draft.pod === '' ? undefined : lifetimeOf(names, draft.pod);
    if (life === undefined) continue;
    life.from = earlier(life.from, draft.from);
    life.to = later(life.to, draft.to);
  }
  const keyOfDraft = drafts.map((draft) => resolve(draft, names));
  const keys = new Set(keyOfDraft.filter((key) => key !== ''));
  for (const key of reported.keys()) {
    const { uid, ...rest } = parsePodKey(key);
    const name = names.get(podKey({ ...rest, uid: '' }));
    if (uid !== '' || name === undefined || name.lifetimes.size === 0) keys.add(key);
  }
  const ordered = [...keys].sort(compareText);
  const indexes = new Map(ordered.map((key, index) => [key, index]));
  const nodes = nodesOf(keyOfDraft, drafts, identities);
  return {
    pods: ordered.map((key) => describe(key, names, reported, nodes)),
    podOfDraft: Int32Array.from(keyOfDraft, (key) => indexes.get(key) ?? -1),
  };
}

/** Pod facts by their key in the resolved cluster. */
function reportedPods(
  facts: Pick<Facts, 'pods'>,
  identities: readonly Identity[],
  drafts: readonly EnclosureDraft[],
): Map<string, PodFact> {
  const clusters = new Map<string, Set<string>>();
  const note = (key: string): void => {
    if (key === '') return;
    const { cluster, ...rest } = parsePodKey(key);
    const bare = podKey({ ...rest, cluster: '' });
    const known = clusters.get(bare);
    if (known === undefined) clusters.set(bare, new Set([cluster]));
    else known.add(cluster);
  };
  for (const key of new Set(identities.map(({ pod }) => pod))) note(key);
  for (const draft of drafts) {
    note(draft.pod);
    note(draft.fact.pod);
  }
  const reported = new Map<string, PodFact>();
  for (const fact of facts.pods) {
    const named =
      fact.cluster === '' ? [...(clusters.get(podKey(fact)) ?? ['default'])] : [fact.cluster];
    for (const cluster of named) {
      const placed = { ...fact, cluster };
      const key = podKey(placed);
      const known = reported.get(key);
      reported.set(key, known === undefined ? placed : mergePodFact(known, placed));
    }
  }
  return reported;
}

/** The lifetime of a pod with a uid; undefined for one without. Registers the name either way. */
function lifetimeOf(names: Map<string, Name>, key: string): Lifetime | undefined {
  const { uid, ...rest } = parsePodKey(key);
  const nameKey = podKey({ ...rest, uid: '' });
  let name = names.get(nameKey);
  if (name === undefined) {
    name = { lifetimes: new Map(), heirs: new Set(), orphaned: false };
    names.set(nameKey, name);
  }
  if (uid === '') return undefined;
  let life = name.lifetimes.get(uid);
  if (life === undefined) {
    life = { from: undefined, to: undefined };
    name.lifetimes.set(uid, life);
  }
  return life;
}

function resolve(draft: EnclosureDraft, names: ReadonlyMap<string, Name>): string {
  if (draft.pod === '') return '';
  const pod = parsePodKey(draft.pod);
  const name = names.get(podKey({ ...pod, uid: '' }));
  if (name === undefined) return draft.pod;
  if (pod.uid !== '') {
    name.heirs.add(pod.uid);
    return draft.pod;
  }
  const uid = uidAt(name.lifetimes, draft.fact.startTime ?? draft.from);
  if (uid === undefined) {
    name.orphaned = true;
    return draft.pod;
  }
  name.heirs.add(uid);
  return podKey({ ...pod, uid });
}

/** The one uid whose lifetime holds the moment. */
function uidAt(
  lifetimes: ReadonlyMap<string, Lifetime>,
  time: Nanos | undefined,
): string | undefined {
  if (time === undefined || lifetimes.size > MOST_UIDS) return undefined;
  let found: string | undefined;
  for (const [uid, { from, to }] of lifetimes) {
    if (from === undefined || to === undefined || time < from || time > to) continue;
    if (found !== undefined) return undefined;
    found = uid;
  }
  return found;
}

function nodesOf(
  keyOfDraft: readonly string[],
  drafts: readonly EnclosureDraft[],
  identities: readonly Identity[],
): Map<string, string> {
  const nodes = new Map<string, string>();
  for (const [index, key] of keyOfDraft.entries()) {
    for (const member of drafts[index]?.members ?? []) {
      const node = identities[member]?.node ?? '';
      if (node > (nodes.get(key) ?? '')) nodes.set(key, node);
    }
  }
  return nodes;
}

function describe(
  key: string,
  names: ReadonlyMap<string, Name>,
  reported: ReadonlyMap<string, PodFact>,
  nodes: ReadonlyMap<string, string>,
): DerivedPod {
  const { cluster, namespace, name, uid } = parsePodKey(key);
  let fact: PodFact = { cluster, namespace, name, uid, labels: [] };
  const own = reported.get(key);
  if (own !== undefined) fact = mergePodFact(fact, own);
  // What was said of the pod without its uid is said of its heir when there is just one.
  const unnamed = podKey({ cluster, namespace, name, uid: '' });
  const heirs = names.get(unnamed);
  const inherited = uid === '' ? undefined : reported.get(unnamed);
  if (inherited !== undefined && heirs?.orphaned === false && heirs.heirs.size === 1) {
    fact = mergePodFact(fact, { ...inherited, uid });
  }
  return { fact, cluster, node: nodes.get(key) ?? '' };
}
