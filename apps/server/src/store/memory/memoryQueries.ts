import { completenessOf, gapItems } from '@forebear/model/answer/completeness';
import { conversationsOf } from '@forebear/model/answer/conversations';
import { eventItem } from '@forebear/model/answer/eventItem';
import { keepsEvent } from '@forebear/model/answer/eventSubject';
import { ownerOf } from '@forebear/model/answer/eventView';
import { hopItems } from '@forebear/model/answer/hops';
import { clustersAnswer, namespacesAnswer, nodeItems } from '@forebear/model/answer/inventory';
import { wholePart } from '@forebear/model/answer/part';
import { podsAnswer } from '@forebear/model/answer/podsAnswer';
import { timeTextOf } from '@forebear/model/answer/timeText';
import type { Dialect } from '@forebear/model/event/dialects';
import { classOf } from '@forebear/model/event/event';
import { processKey } from '@forebear/model/event/facts';
import type { Nanos } from '@forebear/model/event/time';
import type { Derived } from '@forebear/model/graph/derived';
import { earlier, later } from '@forebear/model/graph/order';
import { defaultLateMs } from '@forebear/model/query/duration';
import { type Filter, matchAll } from '@forebear/model/query/filter';
import type { AlertsAnswer } from '@forebear/model/wire/alerts';
import type { CallsAnswer } from '@forebear/model/wire/calls';
import type { CaseItem } from '@forebear/model/wire/cases';
import type { ConversationsAnswer } from '@forebear/model/wire/conversations';
import type { EventsAnswer, HistogramAnswer } from '@forebear/model/wire/events';
import type {
  ClustersAnswer,
  NamespacesAnswer,
  NodesAnswer,
  PodsAnswer,
} from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, LateralAnswer } from '@forebear/model/wire/network';
import type { Completeness } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type { ProcessAnswer, TreeColumns, TreeObjects } from '@forebear/model/wire/tree';
import { unknownSource } from '../caseProblems.ts';
import { conversationsPage } from '../conversations.ts';
import { asksForAll, comparePlaces, formatCursor, isInRange, parseCursor } from '../eventPage.ts';
import { bucketsOver, HistogramTally } from '../histogram.ts';
import type {
  AlertQuery,
  Answer,
  CallQuery,
  Change,
  ConversationQuery,
  DestinationQuery,
  EventQuery,
  LateralQuery,
  PodsQuery,
  Queries,
  TimeRange,
  TreeQuery,
} from '../ports.ts';
import {
  badCursor,
  type CaseView,
  callsIn,
  destinationsPage,
  hopsOf,
  marksOf,
  marksOfCalls,
  podItemsOf,
  processesWithExecId,
  processOf,
  type Share,
  shareOf,
  type TreeForests,
  treeObjectsOf,
  treeOf,
} from '../questions.ts';
import { atAStretch } from '../steps.ts';
import { alertsAsked } from './memoryAlerts.ts';
import type { MemoryState } from './memoryState.ts';
import type { LoggedEvent } from './recordLog.ts';

/** The reference answers: everything from one derivation of the whole case. */
export class MemoryQueries implements Queries {
  readonly #state: MemoryState;

  constructor(state: MemoryState) {
    this.#state = state;
  }

  async summary(): Promise<CaseItem> {
    const { name, sources, log, facts } = this.#state;
    let first: Nanos | undefined;
    let last: Nanos | undefined;
    for (const { time } of log.events) {
      first = earlier(first, time);
      last = later(last, time);
    }
    return {
      name,
      sources: sources.list().length,
      sizeBytes: log.records.reduce((sum, { bytes }) => sum + bytes.length, 0),
      events: log.events.length,
      processes: new Set(facts().processes.map(processKey)).size,
      firstTime: timeTextOf(first),
      lastTime: timeTextOf(last),
    };
  }

  async sources(): Promise<readonly Source[]> {
    return this.#state.sources.list();
  }

  async source(id: string): Promise<Answer<Source>> {
    const value = this.#state.sources.find(id);
    return value === undefined ? unknownSource(id) : { ok: true, value };
  }

  async completeness(): Promise<Completeness> {
    return completenessOf(this.#view());
  }

  async clusters(): Promise<ClustersAnswer> {
    const view = this.#view();
    const items = podItemsOf([this.#share(defaultLateMs)]);
    return clustersAnswer(nodeItems(view.nodes, view.gaps), items, completenessOf(view));
  }

  async namespaces(): Promise<NamespacesAnswer> {
    const items = podItemsOf([this.#share(defaultLateMs)]);
    return namespacesAnswer(items, completenessOf(this.#view()));
  }

  async nodes(): Promise<NodesAnswer> {
    const view = this.#view();
    const items = nodeItems(view.nodes, view.gaps);
    return { items, nextCursor: null, total: items.length, completeness: completenessOf(view) };
  }

  async pods(query: PodsQuery): Promise<PodsAnswer> {
    const items = podItemsOf([this.#share(query.lateLimitMs, query.filter)]);
    return podsAnswer(items, query, completenessOf(this.#view()));
  }

  async tree(query: TreeQuery): Promise<Answer<TreeColumns>> {
    return treeOf(this.#forests(query), this.#view(), query);
  }

  async treeObjects(query: TreeQuery & { readonly fold: boolean }): Promise<Answer<TreeObjects>> {
    return treeObjectsOf(this.#forests(query), this.#view(), query);
  }

  async process(ref: string, lateLimitMs: number, agent?: Dialect): Promise<Answer<ProcessAnswer>> {
    return processOf(this.#state.derived(lateLimitMs, agent), this.#view(), ref);
  }

  async processesByExecId(execId: string, lateLimitMs: number): Promise<readonly ProcessAnswer[]> {
    return processesWithExecId(this.#derived(lateLimitMs), this.#view(), execId);
  }

  async events(query: EventQuery): Promise<Answer<EventsAnswer>> {
    const derived = this.#derived(query.lateLimitMs);
    const found = eventsAsked(derived, this.#state.log.ordered(), query);
    if (found === undefined) return badCursor;
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const hasMore = found.length > page.length && last !== undefined;
    return {
      ok: true,
      value: {
        items: page.map((event) => eventItem(derived, event)),
        nextCursor: hasMore ? formatCursor(query.order ?? 'asc', last) : null,
        total: asksForAll(query) ? this.#state.log.events.length : null,
        completeness: completenessOf(this.#view()),
      },
    };
  }

  async alerts(query: AlertQuery): Promise<Answer<AlertsAnswer>> {
    const derived = this.#derived(query.lateLimitMs);
    const page = alertsAsked(derived, this.#state.log.events, query);
    if (page === undefined) return badCursor;
    return { ok: true, value: { ...page, completeness: completenessOf(this.#view()) } };
  }

  async calls(query: CallQuery): Promise<CallsAnswer> {
    return marksOfCalls(this.#derived(query.lateLimitMs), query, completenessOf(this.#view()));
  }

  async destinations(query: DestinationQuery): Promise<Answer<DestinationsAnswer>> {
    const part = wholePart(this.#derived(query.lateLimitMs));
    const steps = destinationsPage(
      () => [[0, callsIn(part, query)]],
      query,
      () => completenessOf(this.#view()),
    );
    return atAStretch(steps);
  }

  async lateral(query: LateralQuery): Promise<LateralAnswer> {
    const part = wholePart(this.#derived(query.lateLimitMs));
    const items = hopsOf([{ hops: hopItems(part, query.filter) }], query);
    const completeness = completenessOf(this.#view());
    return { items, nextCursor: null, total: items.length, completeness };
  }

  async conversations(query: ConversationQuery): Promise<Answer<ConversationsAnswer>> {
    const { filter, lateLimitMs } = query;
    const part = wholePart(this.#state.conversing(lateLimitMs));
    const completeness = () => completenessOf(this.#view());
    return atAStretch(conversationsPage([conversationsOf(part, filter)], query, completeness));
  }

  async histogram(
    query: TimeRange & Pick<EventQuery, 'filter' | 'lateLimitMs'> & { readonly buckets: number },
  ): Promise<HistogramAnswer> {
    const derived = this.#derived(query.lateLimitMs);
    const { log, facts } = this.#state;
    const ordered = log.ordered();
    const last = ordered.findLast(({ time }) => time !== undefined);
    const buckets = bucketsOver(query, ordered[0]?.time, last?.time);
    const tally = new HistogramTally(buckets);
    for (const event of ordered) {
      if (event.time === undefined || event.sameAs || !isInRange(event.time, query)) continue;
      if (keepsEvent(query.filter, derived, event)) tally.add(classOf(event.kind), event.time);
    }
    const marks = marksOf([this.#share(query.lateLimitMs, query.filter)], query);
    return tally.answer(marks, gapItems(facts().gaps), completenessOf(this.#view()));
  }

  version(): number {
    return this.#state.version;
  }

  watch(listener: (change: Change) => void): () => void {
    return this.#state.watchers.add(listener);
  }

  #share(lateLimitMs: number, filter: Filter = matchAll): Share {
    return shareOf(wholePart(this.#derived(lateLimitMs)), filter);
  }

  #forests({ lateLimitMs, agent }: TreeQuery): TreeForests {
    const all = this.#derived(lateLimitMs);
    return agent === undefined
      ? { all }
      : { all, ofAgent: this.#state.derived(lateLimitMs, agent) };
  }

  #derived(lateLimitMs: number): Derived {
    return this.#state.derived(lateLimitMs);
  }

  #view(): CaseView {
    const { sources, facts, now } = this.#state;
    const { gaps, nodes } = facts();
    return { sources: sources.list(), gaps, nodes, now: now() };
  }
}

/** The events a question asks for, in its order, from its cursor on; undefined: the cursor is not ours. */
export function eventsAsked(
  derived: Derived,
  ordered: readonly LoggedEvent[],
  query: EventQuery,
): readonly LoggedEvent[] | undefined {
  const order = query.order ?? 'asc';
  const place = query.cursor === undefined ? undefined : parseCursor(order, query.cursor);
  if (query.cursor !== undefined && place === undefined) return undefined;
  const kinds = query.kinds === undefined ? undefined : new Set(query.kinds);
  const found = ordered.filter(
    (event) =>
      isInRange(event.time, query) &&
      (kinds === undefined || kinds.has(event.kind)) &&
      (query.process === undefined || ownerOf(derived, event)?.process.ref === query.process) &&
      (place === undefined || comparePlaces(order, event, place) > 0) &&
      keepsEvent(query.filter, derived, event),
  );
  return order === 'asc' ? found : [...found].sort((a, b) => comparePlaces(order, a, b));
}
