import { statSync } from 'node:fs';
import { completenessOf } from '@forebear/model/answer/completeness';
import { nodeItems } from '@forebear/model/answer/inventory';
import { timeTextOf } from '@forebear/model/answer/timeText';
import type { Dialect } from '@forebear/model/event/dialects';
import { type Nanos, parseTime } from '@forebear/model/event/time';
import type { Derived } from '@forebear/model/graph/derived';
import { earlier, later } from '@forebear/model/graph/order';
import { defaultLateMs } from '@forebear/model/query/duration';
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
import type { Quarantined, Source } from '@forebear/model/wire/sources';
import type { ProcessAnswer, TreeColumns, TreeObjects } from '@forebear/model/wire/tree';
import { unknownSource } from '../../caseProblems.ts';
import { Digest } from '../../digest.ts';
import { asksForAll, seqOf } from '../../eventPage.ts';
import { bucketsOver } from '../../histogram.ts';
import {
  type AlertQuery,
  type Answer,
  type CallQuery,
  type ConversationQuery,
  type DestinationQuery,
  type EventQuery,
  failure,
  type LateralQuery,
  type Page,
  type PodsQuery,
  type RawRecord,
  type TimeRange,
  type TreeQuery,
  type VerifyReport,
} from '../../ports.ts';
import { quarantineCursor } from '../../quarantineCursor.ts';
import {
  badCursor,
  type CaseView,
  marksOfCalls,
  processesWithExecId,
  processOf,
  type TreeForests,
  treeObjectsOf,
  treeOf,
} from '../../questions.ts';
import type { Steps } from '../../steps.ts';
import { type SourceRow, selectSources, sourceOfRow } from '../layout/sourceRow.ts';
import { AlertPages } from './alertPages.ts';
import { CaseDb } from './caseDb.ts';
import { CaseLists } from './caseLists.ts';
import { EventPages } from './eventPages.ts';
import { Forests } from './forests.ts';
import { RawReader } from './rawReader.ts';
import { type AskedTurn, type Turn, Turns } from './turns.ts';
import { UnitJudge } from './unitJudge.ts';
import { UnitShares } from './unitShares.ts';
import { recount } from './verifyCase.ts';

/** A page of records as bytes, with where the next one begins. */
export interface RecordPage {
  readonly items: readonly { readonly number: number; readonly record: RawRecord }[];
  readonly nextCursor: string | undefined;
}

/**
 * Everything that is asked of one case's file. Synchronous: it lives in the reader's thread. Each question reads one
 * snapshot, which includes every append that had resolved before; what is asked of all of a case is asked in turns, each a
 * snapshot of the same facts.
 */
export class CaseReader {
  readonly #name: string;
  readonly #path: string;
  readonly #db: CaseDb;
  readonly #forests: Forests;
  readonly #shares: UnitShares;
  readonly #lists: CaseLists;
  readonly #turns: Turns;
  readonly #events: EventPages;
  readonly #alerts: AlertPages;
  readonly #raw: RawReader;

  constructor(name: string, path: string, wholeUpTo: number) {
    this.#name = name;
    this.#path = path;
    this.#db = new CaseDb(path);
    this.#forests = new Forests(this.#db, wholeUpTo);
    this.#shares = new UnitShares(this.#forests);
    this.#lists = new CaseLists(this.#forests, this.#shares, () => this.#evidence());
    this.#turns = new Turns(this.#db);
    this.#events = new EventPages(this.#db, this.#forests);
    this.#alerts = new AlertPages(this.#db, this.#forests);
    this.#raw = new RawReader(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  summary(): CaseItem {
    return this.#ask(() => {
      const sources = this.sources();
      const [first, last] = this.#timesOf(sources);
      const [processes] = this.#db.all<number>(
        'SELECT count(*) FROM processes WHERE id = key',
        [],
        'pluck',
      );
      return {
        name: this.#name,
        sources: sources.length,
        sizeBytes: sizeOf(this.#path) + sizeOf(`${this.#path}-wal`),
        events: eventsOf(sources),
        processes: processes ?? 0,
        firstTime: timeTextOf(first),
        lastTime: timeTextOf(last),
      };
    });
  }

  sources(): Source[] {
    return this.#ask(() =>
      this.#db.all<SourceRow>(`${selectSources} ORDER BY id`, [], 'safe').map(sourceOfRow),
    );
  }

  source(id: string): Answer<Source> {
    const [row] = this.#ask(() =>
      this.#db.all<SourceRow>(`${selectSources} WHERE uuid = ?`, [id], 'safe'),
    );
    return row === undefined ? unknownSource(id) : { ok: true, value: sourceOfRow(row) };
  }

  completeness(): Completeness {
    return this.#ask(() => completenessOf(this.#evidence()));
  }

  clusters(turn: AskedTurn): Turn<ClustersAnswer> {
    return this.#turns.next(turn, () => this.#lists.clusters());
  }

  namespaces(turn: AskedTurn): Turn<NamespacesAnswer> {
    return this.#turns.next(turn, () => this.#lists.namespaces());
  }

  nodes(): NodesAnswer {
    return this.#ask(() => {
      const { nodes, gaps } = this.#forests.small;
      const items = nodeItems(nodes, gaps);
      return { items, nextCursor: null, total: items.length, completeness: this.completeness() };
    });
  }

  pods(turn: AskedTurn, query: PodsQuery): Turn<PodsAnswer> {
    return this.#turns.next(turn, () => this.#lists.pods(query));
  }

  tree(query: TreeQuery, now: Nanos): Answer<TreeColumns> {
    return this.#ask(() => treeOf(this.#forestsOf(query), this.#view(now), query));
  }

  treeObjects(query: TreeQuery & { readonly fold: boolean }, now: Nanos): Answer<TreeObjects> {
    return this.#ask(() => treeObjectsOf(this.#forestsOf(query), this.#view(now), query));
  }

  process(
    ref: string,
    lateLimitMs: number,
    agent: Dialect | undefined,
    now: Nanos,
  ): Answer<ProcessAnswer> {
    return this.#ask(() => {
      const all = this.#forests.ofRef(ref, lateLimitMs);
      const asked = agent === undefined ? all : this.#forests.ofAgent(agent, lateLimitMs, all);
      return processOf(asked, this.#view(now), ref);
    });
  }

  processesByExecId(execId: string, lateLimitMs: number, now: Nanos): ProcessAnswer[] {
    return this.#ask(() =>
      processesWithExecId(this.#forests.ofExecId(execId, lateLimitMs), this.#view(now), execId),
    );
  }

  events(query: EventQuery): Answer<EventsAnswer> {
    return this.#ask(() => {
      const page = this.#events.page(query);
      if (page === undefined) return badCursor;
      const total = asksForAll(query) ? eventsOf(this.sources()) : null;
      return { ok: true, value: { ...page, total, completeness: this.completeness() } };
    });
  }

  alerts(query: AlertQuery): Answer<AlertsAnswer> {
    return this.#ask(() => {
      const page = this.#alerts.page(query);
      if (page === undefined) return badCursor;
      return { ok: true, value: { ...page, completeness: this.completeness() } };
    });
  }

  /** A case that knows of calls is derived whole, whatever its size. */
  calls(query: CallQuery): CallsAnswer {
    return this.#ask(() =>
      marksOfCalls(
        this.#db.holdsOthers() ? this.#forests.whole(query.lateLimitMs) : undefined,
        query,
        this.completeness(),
      ),
    );
  }

  destinations(turn: AskedTurn, query: DestinationQuery): Turn<Answer<DestinationsAnswer>> {
    return this.#turns.next(turn, () => this.#lists.destinations(query));
  }

  lateral(turn: AskedTurn, query: LateralQuery): Turn<LateralAnswer> {
    return this.#turns.next(turn, () => this.#lists.lateral(query));
  }

  conversations(turn: AskedTurn, query: ConversationQuery): Turn<Answer<ConversationsAnswer>> {
    return this.#turns.next(turn, () => this.#lists.conversations(query));
  }

  histogram(
    turn: AskedTurn,
    query: TimeRange & Pick<EventQuery, 'filter' | 'lateLimitMs'> & { readonly buckets: number },
  ): Turn<HistogramAnswer> {
    const tally = () => {
      const [first, last] = this.#timesOf(this.sources());
      return this.#events.tally(query, bucketsOver(query, first, last));
    };
    return this.#turns.next(turn, () => this.#lists.histogram(query, tally));
  }

  raw(eventId: string): Answer<RawRecord> {
    return this.#ask(() => {
      const seq = seqOf(eventId);
      const number = seq === undefined ? undefined : this.#events.recordOf(seq);
      const value = number === undefined ? undefined : this.#raw.record(number);
      if (value !== undefined) return { ok: true, value };
      const message = 'No such event in this case.';
      return failure({ code: 'unknown_event', message });
    });
  }

  records(query: EventQuery): Answer<RecordPage> {
    return this.#ask(() => {
      const page = this.#events.records(query);
      if (page === undefined) return badCursor;
      const items = page.records.flatMap((number) => {
        const record = this.#raw.record(number);
        return record === undefined ? [] : [{ number, record }];
      });
      return { ok: true, value: { items, nextCursor: page.nextCursor } };
    });
  }

  quarantine(
    sourceId: string,
    page: Page,
  ): Answer<{
    readonly items: readonly Quarantined[];
    readonly nextCursor: string | undefined;
    readonly total: number;
  }> {
    return this.#ask(() => {
      const [source] = this.#db.all<number>(
        'SELECT id FROM sources WHERE uuid = ?',
        [sourceId],
        'pluck',
      );
      if (source === undefined) return unknownSource(sourceId);
      const after = page.cursor === undefined ? 0 : quarantineCursor.parse(page.cursor);
      if (after === undefined) return badCursor;
      const rows = this.#raw.quarantined(source, after, page.limit + 1);
      const shown = rows.slice(0, page.limit);
      const [total] = this.#db.all<number>(
        'SELECT count(*) FROM quarantine WHERE source = ?',
        [source],
        'pluck',
      );
      const last = shown.at(-1);
      const hasMore = last !== undefined && rows.length > shown.length;
      return {
        ok: true,
        value: {
          items: shown.map(({ item }) => item),
          nextCursor: hasMore ? quarantineCursor.format(last.record) : undefined,
          total: total ?? 0,
        },
      };
    });
  }

  verify(
    turn: AskedTurn,
    { compare }: { readonly compare: boolean },
    now: Nanos,
  ): Turn<VerifyReport> {
    return this.#turns.next(turn, () => this.#verify(compare, now));
  }

  *#verify(compare: boolean, now: Nanos): Steps<VerifyReport> {
    const { records, events, blocks, faults } = recount(this.#db);
    const digest = new Digest();
    const judge = new UnitJudge(this.#forests, this.#view(now));
    for (const [, part] of this.#shares.parts(defaultLateMs, { ancestors: compare })) {
      digest.add(part);
      if (compare) judge.comparePods(part);
      yield;
    }
    if (compare) judge.compareDigest(digest);
    return {
      records,
      events,
      processes: digest.processes,
      blocks,
      faults: [...faults, ...judge.faults],
      digest: digest.text(),
      ...(compare ? { comparedWith: judge.comparedWith } : {}),
    };
  }

  #ask<T>(question: () => T): T {
    return this.#db.snapshot(question);
  }

  #forestsOf(query: TreeQuery): TreeForests {
    const { agent, lateLimitMs } = query;
    const all = this.#forestOf(query);
    if (agent === undefined) return { all };
    return { all, ofAgent: this.#forests.ofAgent(agent, lateLimitMs, all) };
  }

  #forestOf({ of, lateLimitMs }: TreeQuery): Derived {
    return of.kind === 'pod'
      ? this.#forests.ofPod(of, lateLimitMs)
      : this.#forests.ofNode(of.node, lateLimitMs);
  }

  #evidence() {
    return { sources: this.sources(), gaps: this.#forests.small.gaps };
  }

  #view(now: Nanos): CaseView {
    return { ...this.#evidence(), nodes: this.#forests.small.nodes, now };
  }

  #timesOf(sources: readonly Source[]): [Nanos | undefined, Nanos | undefined] {
    let first: Nanos | undefined;
    let last: Nanos | undefined;
    for (const { firstTime, lastTime } of sources) {
      first = earlier(first, firstTime === null ? undefined : parseTime(firstTime));
      last = later(last, lastTime === null ? undefined : parseTime(lastTime));
    }
    return [first, last];
  }
}

function eventsOf(sources: readonly Source[]): number {
  return sources.reduce((sum, { ledger }) => sum + ledger.events, 0);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
