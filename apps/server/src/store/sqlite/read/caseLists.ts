import { completenessOf, type Evidence, gapItems } from '@forebear/model/answer/completeness';
import { clustersAnswer, namespacesAnswer, nodeItems } from '@forebear/model/answer/inventory';
import { podsAnswer } from '@forebear/model/answer/podsAnswer';
import { defaultLateMs } from '@forebear/model/query/duration';
import { type Filter, matchAll } from '@forebear/model/query/filter';
import type { HistogramAnswer } from '@forebear/model/wire/events';
import type { ClustersAnswer, NamespacesAnswer, PodsAnswer } from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, LateralAnswer } from '@forebear/model/wire/network';
import type { HistogramTally } from '../../histogram.ts';
import type { Answer, DestinationQuery, EventQuery, PodsQuery, TimeRange } from '../../ports.ts';
import { destinationsPage, hopsOf, marksOf, podItemsOf, type Share } from '../../questions.ts';
import type { Steps } from '../../steps.ts';
import type { Forests } from './forests.ts';
import type { UnitShares } from './unitShares.ts';

/** What is asked of all of a case, in steps of one unit each. `evidence`: of the running snapshot. */
export class CaseLists {
  readonly #forests: Forests;
  readonly #shares: UnitShares;
  readonly #evidence: () => Evidence;

  constructor(forests: Forests, shares: UnitShares, evidence: () => Evidence) {
    this.#forests = forests;
    this.#shares = shares;
    this.#evidence = evidence;
  }

  *clusters(): Steps<ClustersAnswer> {
    const items = podItemsOf(yield* this.#gather(defaultLateMs));
    const { nodes, gaps } = this.#forests.small;
    return clustersAnswer(nodeItems(nodes, gaps), items, this.#completeness());
  }

  *namespaces(): Steps<NamespacesAnswer> {
    return namespacesAnswer(podItemsOf(yield* this.#gather(defaultLateMs)), this.#completeness());
  }

  *pods(query: PodsQuery): Steps<PodsAnswer> {
    const items = podItemsOf(yield* this.#gather(query.lateLimitMs, query.filter));
    return podsAnswer(items, query, this.#completeness());
  }

  *destinations(query: DestinationQuery): Steps<Answer<DestinationsAnswer>> {
    const calls = (wanted?: ReadonlySet<number>) => this.#shares.calls(query, wanted);
    return yield* destinationsPage(calls, query, () => this.#completeness());
  }

  *lateral(query: {
    readonly namespace?: string;
    readonly pod?: string;
    readonly lateLimitMs: number;
  }): Steps<LateralAnswer> {
    const items = hopsOf(yield* this.#gather(query.lateLimitMs), query);
    return { items, nextCursor: null, total: items.length, completeness: this.#completeness() };
  }

  /** `tally` counts the events. */
  *histogram(
    query: TimeRange & Pick<EventQuery, 'filter' | 'lateLimitMs'>,
    tally: () => HistogramTally,
  ): Steps<HistogramAnswer> {
    const marks = marksOf(yield* this.#gather(query.lateLimitMs, query.filter), query);
    return tally().answer(marks, gapItems(this.#forests.small.gaps));
  }

  *#gather(lateLimitMs: number, filter: Filter = matchAll): Steps<readonly Share[]> {
    const held: Share[] = [];
    for (const share of this.#shares.kept(lateLimitMs, filter)) {
      held.push(share);
      yield;
    }
    return held;
  }

  #completeness() {
    return completenessOf(this.#evidence());
  }
}
