import type { ContainerFact, Facts } from '../../event/facts.ts';
import { podKey } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { DerivedPod } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import { compareBig, compareText, earlier } from '../order.ts';
import { type EnclosureDraft, enclosureDraftsOf } from './enclosureDrafts.ts';
import { podsOf } from './pods.ts';

/** A container instance, or what stands for one: the place whose clock and main process count. */
export interface Enclosure {
  readonly fact: ContainerFact;
  /** Index into `pods`; -1: none known. */
  readonly pod: number;
  /** False: a pod whose container nobody named. It is no container of the answer. */
  readonly isContainer: boolean;
  /** Identities in it, in order of their indexes. */
  readonly members: readonly number[];
  readonly start: Nanos | undefined;
}

export interface Containment {
  readonly pods: readonly DerivedPod[];
  /** Containers first, in the order of `Derived.containers`; then pods without a named container. */
  readonly enclosures: readonly Enclosure[];
  /** How many of `enclosures` are containers. */
  readonly containerCount: number;
  /** Index into `enclosures` by identity; -1: no container identity. */
  readonly enclosureOf: Int32Array;
  /** By identity: 1 when only the truncated id led to the container. */
  readonly inferred: Uint8Array;
}

/** Index into `pods` of the pod that an enclosure is of; undefined: host, or not known. */
export function podIndexAt({ enclosures }: Containment, at: number): number | undefined {
  const pod = enclosures[at]?.pod ?? -1;
  return pod < 0 ? undefined : pod;
}

const NEVER = 2n ** 100n;

/** Says which pod and container every identity is in. */
export function containmentOf(facts: Facts, identities: readonly Identity[]): Containment {
  const found = enclosureDraftsOf(facts, identities);
  const { pods, podOfDraft } = podsOf(facts, identities, found);
  const gathered = gather(found.drafts, podOfDraft, identities).sort(compareGathered);
  const indexByDraft = new Int32Array(found.drafts.length).fill(-1);
  const enclosures: Enclosure[] = [];
  for (const [index, { fact, pod, isContainer, drafts, members, from }] of gathered.entries()) {
    for (const draft of drafts) indexByDraft[draft] = index;
    const derived = pods[pod];
    enclosures.push({
      fact: { ...fact, pod: derived === undefined ? '' : podKey(derived.fact) },
      pod,
      isContainer,
      members: members.sort((a, b) => a - b),
      start: fact.startTime ?? from,
    });
  }
  return {
    pods,
    enclosures,
    containerCount: enclosures.filter((enclosure) => enclosure.isContainer).length,
    enclosureOf: found.draftOf.map((draft) => (draft < 0 ? -1 : (indexByDraft[draft] ?? -1))),
    inferred: found.inferred,
  };
}

/** One enclosure of the answer; of a pod without a named container every draft on one node. */
interface Gathered {
  readonly fact: ContainerFact;
  readonly node: string;
  readonly pod: number;
  readonly isContainer: boolean;
  readonly drafts: number[];
  readonly members: number[];
  from: Nanos | undefined;
}

function gather(
  drafts: readonly EnclosureDraft[],
  podOfDraft: Int32Array,
  identities: readonly Identity[],
): Gathered[] {
  const gathered: Gathered[] = [];
  const podsByKey = new Map<string, Gathered>();
  for (const [index, { kind, fact, members, from }] of drafts.entries()) {
    const pod = podOfDraft[index] ?? -1;
    const isContainer = kind !== 'pod';
    const node = identities[members[0] ?? -1]?.node ?? '';
    const key = `${node}\0${pod}`;
    const known = isContainer ? undefined : podsByKey.get(key);
    if (known === undefined) {
      const own = [...members];
      const first = { fact, node, pod, isContainer, drafts: [index], members: own, from };
      if (!isContainer) podsByKey.set(key, first);
      gathered.push(first);
    } else {
      known.drafts.push(index);
      for (const member of members) known.members.push(member);
      known.from = earlier(known.from, from);
    }
  }
  return gathered;
}

function compareGathered(a: Gathered, b: Gathered): number {
  return (
    Number(b.isContainer) - Number(a.isContainer) ||
    a.pod - b.pod ||
    compareBig(a.fact.startTime ?? a.from ?? NEVER, b.fact.startTime ?? b.from ?? NEVER) ||
    compareText(a.fact.cluster, b.fact.cluster) ||
    compareText(a.fact.id, b.fact.id) ||
    compareText(a.node, b.node)
  );
}
