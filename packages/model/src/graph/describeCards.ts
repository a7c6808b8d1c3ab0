import type { EventCounts } from '../event/facts.ts';
import { Trait } from '../event/traits.ts';
import { type Card, unknownEnd } from './cards/cards.ts';
import { type Enclosure, podIndexAt } from './containment/containment.ts';
import type { DerivedProcess, Leaf } from './derived.ts';
import { describeProcess } from './describeProcess.ts';
import { boundarySuspicion } from './flags/boundary.ts';
import type { FlagInput } from './flags/flagInput.ts';
import { flagsOf } from './flags/flags.ts';
import { type CardVerdict, cardVerdictOf } from './flags/loud.ts';
import type { Identity } from './identity/identities.ts';
import type { JudgedCards } from './judgedCards.ts';
import type { KnownCards } from './knownCards.ts';
import type { Loudness } from './loudness.ts';
import type { NetworkResult } from './networkContract.ts';
import type { People } from './people.ts';
import { clockStepOf } from './roles/clocks.ts';
import type { AgentId } from './settle/aliases.ts';

/** What the steps of `derive` found out. Columns are by card where nothing else is said. */
export interface Findings
  extends Omit<KnownCards, 'table' | 'resolve'>,
    Omit<JudgedCards, 'injected'>,
    Pick<People, 'authors' | 'unaccounted' | 'alerts'>,
    Loudness {
  readonly limitMs: number;
  readonly refs: readonly string[];
  readonly counts: readonly (EventCounts | undefined)[];
  /** By `processKey`. */
  readonly ids: ReadonlyMap<string, readonly AgentId[]>;
  /** By `processKey`. */
  readonly otherKeys: ReadonlyMap<string, readonly string[]>;
  readonly network: NetworkResult;
}

/** Every card in the shape that is answered, with the flags that explain it. */
export function describeCards(found: Findings): DerivedProcess[] {
  const { links, clocks, network, ends, role } = found;
  return found.forest.cards.map((card, index) => {
    const look = lookAt(found, card, index);
    const { first, verdict, own } = look;
    return describeProcess({
      ref: found.refs[index] ?? '',
      images: look.images,
      imageVerdicts: card.images.map((image) => found.verdicts[image]),
      parent: card.parent,
      parentIdentity: look.starter,
      linkMethod: card.parent < 0 ? 'none' : (links.method[first] ?? 'none'),
      suspect: card.parent < 0 ? '' : look.suspect,
      end: ends[index] ?? unknownEnd,
      pod: podIndexAt(found.containment, own),
      container: look.enclosure?.isContainer === true ? own : undefined,
      role: role[index] ?? '',
      verdict,
      base: clocks.base[look.within],
      loud:
        verdict.lateAndNew ||
        (verdict.late && found.pressing[index] === 1) ||
        found.left[index] !== undefined ||
        look.inLateContainer,
      flags: flagsOf(flagInput(found, card, index, look)),
      connections: look.leaves,
      lookups: network.lookupsByProcess.get(index) ?? [],
      counts: found.counts[index],
      ids: look.images.flatMap(({ key }) => found.ids.get(key) ?? []),
      otherKeys: otherKeysOf(found, look),
      alerts: found.alerts[index] ?? [],
      author: found.authors.get(index),
      isKernel: ((found.standing.traits[index] ?? 0) & Trait.kernel) !== 0,
    });
  });
}

/** One card, as both its description and its flags need it. */
interface Look {
  /** Oldest first. */
  readonly images: readonly Identity[];
  /** Index of its first identity. */
  readonly first: number;
  /** What started the first image. */
  readonly starter: Identity | undefined;
  /** Indexes of the enclosures it says it is in, and is in; -1: none. */
  readonly own: number;
  readonly within: number;
  readonly enclosure: Enclosure | undefined;
  readonly inLateContainer: boolean;
  readonly verdict: CardVerdict;
  readonly suspect: string;
  readonly leaves: readonly Leaf[];
}

function lookAt(found: Findings, card: Card, index: number): Look {
  const { identities, links, containment, standing } = found;
  const first = card.images[0] ?? -1;
  const own = standing.own[index] ?? -1;
  return {
    images: card.images.flatMap((image) => identities[image] ?? []),
    first,
    starter: identities[links.parent[first] ?? -1],
    own,
    within: standing.within[index] ?? -1,
    enclosure: containment.enclosures[own],
    inLateContainer: found.kinds[own] === 'ephemeral' && standing.isRoot[index] === 1,
    verdict: cardVerdictOf(card.images, found.verdicts, found.limitMs),
    suspect: links.suspect[first] || boundarySuspicion(standing, containment, index),
    leaves: found.network.leavesByProcess.get(index) ?? [],
  };
}

function flagInput(found: Findings, card: Card, index: number, look: Look): FlagInput {
  const { links, containment, standing, clocks } = found;
  const { images, first, enclosure, verdict, starter, leaves } = look;
  const isRoot = standing.isRoot[index] === 1;
  return {
    images,
    traits: standing.traits[index] ?? 0,
    verdict,
    base: clocks.base[look.within],
    limitMs: found.limitMs,
    end: found.ends[index] ?? unknownEnd,
    suspect: look.suspect,
    selfParent: links.selfParent[first] === 1,
    cycleCut: links.cycleCut[first] === 1,
    reobserved: twinOf(found, card),
    left: found.left[index],
    lateContainer: look.inLateContainer,
    mainUnknown: enclosure?.isContainer === true && (clocks.main[look.own] ?? -1) < 0 && isRoot,
    mainUnsure:
      found.role[index] === 'main' && standing.isPidOne[index] === 0 && isKnownByIdAlone(starter),
    containerInferred: card.images.some((image) => containment.inferred[image] === 1),
    podInferred: (enclosure?.pod ?? -1) >= 0 && images.every(({ fact }) => fact.pod === undefined),
    newDestination: verdict.late ? found.newDestinations[index] : undefined,
    randomLeaf: leaves.find(({ randomName }) => randomName),
    roseFrom: found.rises[index],
    clockStep: clockStepOf(images, starter),
    eventKinds: found.counts[index]?.kinds ?? 0,
    policies: found.counts[index]?.policies ?? [],
    isUnaccounted: found.unaccounted.has(index),
    alerts: found.alerts[index] ?? [],
  };
}

/** The ref of the first other listing of one of its images; empty: none. */
function twinOf({ reobserved, forest, refs }: Findings, { images }: Card): string {
  for (const image of images) {
    const twin = reobserved.other[image] ?? -1;
    if (twin >= 0) return refs[forest.cardOf[twin] ?? -1] ?? '';
  }
  return '';
}

/** Only its id was named: neither what it ran nor where. */
function isKnownByIdAlone(identity: Identity | undefined): boolean {
  return identity !== undefined && identity.fact.binary === undefined;
}

function otherKeysOf({ otherKeys }: Findings, { images }: Look): readonly string[] {
  if (otherKeys.size === 0) return noKeys;
  const keys = images.flatMap((image) => image.keys.flatMap((key) => otherKeys.get(key) ?? noKeys));
  return images.length === 1 ? keys : keys.sort();
}

const noKeys: readonly string[] = [];
