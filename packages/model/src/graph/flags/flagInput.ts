import type { AlertFact, PolicyHits } from '../../event/facts.ts';
import type { CardEnd } from '../cards/cards.ts';
import type { Leaf } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import type { Base } from '../roles/clocks.ts';
import type { NamespaceEvidence } from './boundary.ts';
import type { CardVerdict } from './loud.ts';

/** Everything that can put a flag on a card. */
export interface FlagInput {
  readonly images: readonly Identity[];
  readonly traits: number;
  readonly verdict: CardVerdict;
  readonly base: Base | undefined;
  readonly limitMs: number;
  readonly end: CardEnd;
  readonly suspect: string;
  readonly selfParent: boolean;
  readonly cycleCut: boolean;
  /** Ref of the other listing of the same process; empty: none. */
  readonly reobserved: string;
  readonly left: NamespaceEvidence | undefined;
  readonly lateContainer: boolean;
  readonly mainUnknown: boolean;
  /** It is taken for main, and nothing tells that its parent is outside of the container. */
  readonly mainUnsure: boolean;
  readonly containerInferred: boolean;
  readonly podInferred: boolean;
  readonly newDestination: Leaf | undefined;
  readonly randomLeaf: Leaf | undefined;
  readonly roseFrom: number | undefined;
  /** Nanoseconds by which the node's clock was stepped around its start. */
  readonly clockStep: bigint;
  /** Bit per index of `eventKinds` that it had events of. */
  readonly eventKinds: number;
  /** The policies that reported it by name. */
  readonly policies: readonly PolicyHits[];
  /** It was put into its container, and no call of the audit log explains it. */
  readonly isUnaccounted: boolean;
  /** What agents said of it, in order of time. */
  readonly alerts: readonly AlertFact[];
}
