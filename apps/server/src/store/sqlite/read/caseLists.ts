import { completenessOf, type Evidence, gapItems } from '@forebear/model/answer/completeness';
import { hopItems } from '@forebear/model/answer/hops';
import { clustersAnswer, namespacesAnswer, nodeItems } from '@forebear/model/answer/inventory';
import { podsAnswer } from '@forebear/model/answer/podsAnswer';
import { defaultLateMs } from '@forebear/model/query/duration';
import { type Filter, matchAll } from '@forebear/model/query/filter';
import type { ConversationsAnswer } from '@forebear/model/wire/conversations';
import type { HistogramAnswer } from '@forebear/model/wire/events';
import type { ClustersAnswer, NamespacesAnswer, PodsAnswer } from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, LateralAnswer } from '@forebear/model/wire/network';
import type { Completeness } from '@forebear/model/wire/primitives';
import { conversationsPage } from '../../conversations.ts';
import type { HistogramTally } from '../../histogram.ts';
import type {
  Answer,
  ConversationQuery,
  DestinationQuery,
  EventQuery,
  LateralQuery,
  PodsQuery,
  TimeRange,
} from '../../ports.ts';
import { destinationsPage, hopsOf, marksOf, podItemsOf, type Share } from '../../questions.ts';
import type { Steps } from '../../steps.ts';
import type { Forests } from './forests.ts';
import { UnitConversations } from './unitConversations.ts';
import type { UnitShares } from './unitShares.ts';

/** What is asked of all of a case, in steps of one unit each. `evidence`: of the running snapshot. */
export class CaseLists {
  readonly #forests: Forests;
  readonly #shares: UnitShares;
  readonly #evidence: () => Evidence;
  readonly #conversations: UnitConversations;

  constructor(forests: Forests, shares: UnitShares, evidence: () => Evidence) {
    this.#forests = forests;
    this.#shares = shares;
    this.#evidence = evidence;
    this.#conversations = new UnitConversations(forests);
  }

  clusters(): Steps<ClustersAnswer> {
    return this.#gather({ lateLimitMs: defaultLateMs }, (shares, completeness) => {
      const { nodes, gaps } = this.#forests.small;
      return clustersAnswer(nodeItems(nodes, gaps), podItemsOf(shares), completeness);
    });
  }

  namespaces(): Steps<NamespacesAnswer> {
    return this.#gather({ lateLimitMs: defaultLateMs }, (shares, completeness) =>
      namespacesAnswer(podItemsOf(shares), completeness),
    );
  }

  pods(query: PodsQuery): Steps<PodsAnswer> {
    return this.#gather(query, (shares, completeness) =>
      podsAnswer(podItemsOf(shares), query, completeness),
    );
  }

  destinations(query: DestinationQuery): Steps<Answer<DestinationsAnswer>> {
    const calls = (wanted?: ReadonlySet<number>) => this.#shares.calls(query, wanted);
    const of = this.#shares.count(query.filter);
    return destinationsPage(calls, query, (parts, more) => this.#completeness(parts, of + more));
  }

  conversations(query: ConversationQuery): Steps<Answer<ConversationsAnswer>> {
    const of = this.#conversations.count;
    const completeness = (parts: number) => this.#completeness(parts, of);
    return conversationsPage(this.#conversations.all(query), query, completeness);
  }

  lateral(query: LateralQuery): Steps<LateralAnswer> {
    const { filter, lateLimitMs } = query;
    const answer = (shares: readonly Pick<Share, 'hops'>[], completeness: Completeness) => {
      const items = hopsOf(shares, query);
      return { items, nextCursor: null, total: items.length, completeness };
    };
    if (filter === undefined || filter.kind === 'all') return this.#gather({ lateLimitMs }, answer);
    return this.#hops({ filter, lateLimitMs }, answer);
  }

  /** A hop is with its caller, and a filter may be about who was called: no unit can be left out for it. */
  *#hops<T>(
    { filter, lateLimitMs }: { readonly filter: Filter; readonly lateLimitMs: number },
    answer: (shares: readonly Pick<Share, 'hops'>[], completeness: Completeness) => T,
  ): Steps<T> {
    const of = this.#shares.count(matchAll);
    const held: Pick<Share, 'hops'>[] = [];
    const soFar = (): T => answer(held, this.#completeness(held.length, of));
    for (const [, part] of this.#shares.parts(lateLimitMs)) {
      held.push({ hops: hopItems(part, filter) });
      yield soFar;
    }
    return soFar();
  }

  /** `tally` counts the events. */
  histogram(
    query: TimeRange & Pick<EventQuery, 'filter' | 'lateLimitMs'>,
    tally: () => HistogramTally,
  ): Steps<HistogramAnswer> {
    // All steps see the same facts: events are counted once.
    let counted: HistogramTally | undefined;
    return this.#gather(query, (shares, completeness) => {
      counted ??= tally();
      const gaps = gapItems(this.#forests.small.gaps);
      return counted.answer(marksOf(shares, query), gaps, completeness);
    });
  }

  /** Gathers the shares of all units; `answer` makes of them what is told, also while there are more to come. */
  *#gather<T>(
    { lateLimitMs, filter = matchAll }: { readonly lateLimitMs: number; readonly filter?: Filter },
    answer: (shares: readonly Share[], completeness: Completeness) => T,
  ): Steps<T> {
    const of = this.#shares.count(filter);
    const held: Share[] = [];
    const soFar = (): T => answer(held, this.#completeness(held.length, of));
    for (const share of this.#shares.kept(lateLimitMs, filter)) {
      held.push(share);
      yield soFar;
    }
    return soFar();
  }

  #completeness(parts: number, of: number): Completeness {
    return completenessOf(this.#evidence(), undefined, { parts, of });
  }
}
