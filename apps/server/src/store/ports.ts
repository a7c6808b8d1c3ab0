import type { Dialect } from '@forebear/model/event/dialects';
import type { FactBatch } from '@forebear/model/event/factBatch';
import type { Severity } from '@forebear/model/event/severity';
import type { Nanos } from '@forebear/model/event/time';
import type { Filter } from '@forebear/model/query/filter';
import type { AlertsAnswer } from '@forebear/model/wire/alerts';
import type { CallsAnswer } from '@forebear/model/wire/calls';
import type { CaseItem } from '@forebear/model/wire/cases';
import type { ConversationOrder, ConversationsAnswer } from '@forebear/model/wire/conversations';
import type { EventsAnswer, HistogramAnswer } from '@forebear/model/wire/events';
import type {
  ClustersAnswer,
  NamespacesAnswer,
  NodesAnswer,
  PodsAnswer,
} from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, LateralAnswer } from '@forebear/model/wire/network';
import type { Completeness, Ledger } from '@forebear/model/wire/primitives';
import type { Problem } from '@forebear/model/wire/problem';
import type { Quarantined, Source, SourceState } from '@forebear/model/wire/sources';
import type { ProcessAnswer, TreeColumns, TreeObjects } from '@forebear/model/wire/tree';

/**
 * What the rest of the server asks of a store, in three narrow ports per case, plus the shelf of cases. Memory is
 * the reference, SQLite the default; `contract.ts` holds every adapter to one suite.
 *
 * All methods answer promises. An expected failure is a `Problem` value; a rejected promise is a bug or a broken
 * disk (`StorageFull`, `OutOfMemory` and `ForeignCursor` below are the exceptions callers must know). Answers are plain values the caller owns.
 * Every answer includes everything whose `append` had resolved before the question was asked.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** The answer that is a failure. */
export function failure(problem: Problem): Exclude<Answer<never>, { readonly ok: true }> {
  return { ok: false, problem };
}

/** Rejects an `append` when the disk has no room: nothing of the batch is in; retry when there is space. */
export class StorageFull extends Error {}

/** What was asked needs more memory than a thread may keep: the same question will again. */
export class OutOfMemory extends Error {
  readonly limitMb: number;

  constructor(limitMb: number) {
    super(`more than ${limitMb} MiB are needed`);
    this.limitMb = limitMb;
  }
}

/** What an iteration throws for a cursor that is not one of its list's: an answer that is a value says `bad_request`. */
export class ForeignCursor extends Error {}

/** The shelf: every case under one data directory (SQLite) or process (memory). `default` always exists. */
export interface Cases {
  list(): Promise<readonly CaseItem[]>;
  /** Makes an empty case; `case_exists` when it is there. */
  create(name: string): Promise<Answer<CaseItem>>;
  /** Closes and deletes; its data is gone from disk when this resolves. Deleting `default` empties it. */
  remove(name: string): Promise<Answer<undefined>>;
  /** The case's store; `create: true` makes it when missing (its first source does), else `unknown_case`. */
  open(name: string, options?: { readonly create?: boolean }): Promise<Answer<CaseStore>>;
  /** Ends all work, checkpoints, closes. Idempotent. */
  close(): Promise<void>;
}

export interface CaseStore {
  readonly facts: FactStore;
  readonly evidence: EvidenceStore;
  readonly queries: Queries;
}

/** A source as it begins. `id` is a UUID of the client's or ours. */
export interface NewSource {
  readonly id: string;
  readonly name: string;
  readonly kind: Source['kind'];
  /** Empty: the log's own. */
  readonly cluster: string;
  readonly startedAt: Nanos;
  readonly bytesExpected: number | undefined;
  /** `live` for pushes that have no end. */
  readonly state: 'receiving' | 'live';
}

/** What moves while a source comes in; written in the same transaction as the batch. */
export interface SourceProgress {
  /** As received, before decompression. */
  readonly bytesReceived: number;
  readonly members: Source['members'];
  /** Which of the source's members the first of these is: those before it are as they were told. Absent: these are all. */
  readonly membersFrom?: number;
  /** Records by format id so far. */
  readonly formats: Readonly<Record<string, number>>;
}

/** How a source ended. */
export interface SourceEnd extends SourceProgress {
  readonly state: Exclude<SourceState, 'receiving' | 'live'>;
  readonly finishedAt: Nanos;
  readonly sha256: string | undefined;
  /** Gaps that intake saw: truncated members, stream cuts. */
  readonly gaps: Source['gaps'];
  readonly note: string;
}

/** Facts in. The only writer of a case. */
export interface FactStore {
  /** The secret under which the case's records are hashed to tell duplicates; undefined: they are hashed by SHA-256. */
  readonly recordKey: Uint8Array | undefined;
  /** Registers a source. `source_exists` when the id is known and not `interrupted`. */
  beginSource(source: NewSource): Promise<Answer<Source>>;
  /**
   * Commits one batch: all or nothing, durable when it resolves (`synchronous=FULL`). Batches of one source are
   * committed in order of the calls; the next may be handed in before the last has resolved, and share its commit.
   * Records whose bytes the case already holds count as duplicate and add nothing; what they say is already in.
   * `goesOn`: the source has more at once, or ends, so that the commit may wait a moment for it. Resolves to what this
   * batch added to the ledger (`in` is its records).
   */
  append(
    sourceId: string,
    batch: FactBatch,
    progress: SourceProgress,
    goesOn?: boolean,
  ): Promise<Ledger>;
  /** Closes a source; seals what is worth sealing. Later appends to it are a bug. */
  endSource(sourceId: string, end: SourceEnd): Promise<Answer<Source>>;
  /** Keeps an answered push for 24 h, so that a repeat of the key gets the same answer. */
  rememberPush(key: string, bodyHash: string, ledger: Ledger, now: Nanos): Promise<void>;
  /** The kept answer, with the hash of the body it was given for. */
  recallPush(
    key: string,
    now: Nanos,
  ): Promise<{ readonly bodyHash: string; readonly ledger: Ledger } | undefined>;
}

/** One original record, byte for byte, and where it stood. */
export interface RawRecord {
  readonly bytes: Uint8Array;
  readonly source: string;
  readonly member: string;
  readonly line: number;
  readonly offset: number;
}

/** The evidence: raw bytes and what could not be understood. */
export interface EvidenceStore {
  /** The record of an event; `unknown_event`. */
  raw(eventId: string): Promise<Answer<RawRecord>>;
  /** In order of the log, at most `limit`; `unknown_source`. Cursors are opaque. */
  quarantine(
    sourceId: string,
    page: Page,
  ): Promise<
    Answer<{
      readonly items: readonly Quarantined[];
      readonly nextCursor: string | undefined;
      readonly total: number;
    }>
  >;
  /**
   * The original records of the events a filter keeps, in time order: what `events -o json` prints. Throws `ForeignCursor`
   * before the first record.
   */
  records(query: EventQuery): AsyncIterable<RawRecord>;
  /**
   * Counts the ledger again from the records, and reads every raw block back against its checksum. `compare`: also
   * derives every pod from its own part of the facts, as large cases are answered, and compares with the whole, or of a
   * very large case with the units that lists are gathered from (slow).
   * Empty `faults`: all is well.
   */
  verify(options: { readonly compare: boolean }): Promise<VerifyReport>;
}

export interface VerifyReport {
  readonly records: number;
  readonly events: number;
  readonly processes: number;
  readonly blocks: number;
  readonly faults: readonly string[];
  /** One hash of everything derived: equal for equal sets of facts. */
  readonly digest: string;
  /** What pods were compared with, when that was asked: the whole case, or (a large one) units of many pods. */
  readonly comparedWith?: 'whole' | 'units';
}

export interface Page {
  readonly cursor?: string;
  /** At least 1; adapters may give fewer, never more. */
  readonly limit: number;
}

/** [from, to); absent: unbounded. */
export interface TimeRange {
  readonly from?: Nanos;
  readonly to?: Nanos;
}

/**
 * How long an answer about all of a case is waited for. Later than `patienceMs` it is given as far as it has come, with
 * `completeness.derived`; the same question goes on from there. Absent, or in an adapter that needs no parts: to the end.
 */
export interface Patience {
  readonly patienceMs?: number;
}

export interface PodsQuery extends TimeRange, Patience {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly filter: Filter;
  readonly lateLimitMs: number;
  /** Default: the gravest first (`byInterest` of the model's pod items). */
  readonly sort?: 'name' | 'processes' | 'alerts' | 'firstSeen' | 'lastSeen';
}

export interface TreeQuery extends TimeRange {
  /** A pod of the case, or a node's host tree. */
  readonly of:
    | {
        readonly kind: 'pod';
        readonly namespace: string;
        readonly pod: string;
        readonly cluster?: string;
        readonly uid?: string;
      }
    | { readonly kind: 'node'; readonly node: string; readonly cluster?: string };
  /** Keep one container's processes and their ancestors. */
  readonly container?: string;
  /** The tree as this agent alone tells it: of a pod or node that all of them know. */
  readonly agent?: Dialect;
  readonly lateLimitMs: number;
}

export interface EventQuery extends TimeRange, Page {
  readonly filter: Filter;
  /** Of one process (a ref) only. */
  readonly process?: string;
  readonly kinds?: readonly string[];
  readonly order?: 'asc' | 'desc';
  readonly lateLimitMs: number;
}

export interface CallQuery extends TimeRange {
  readonly lateLimitMs: number;
  /** Of one pod, with what changed rights or read secrets around it. */
  readonly namespace?: string;
  readonly pod?: string;
}

/** Every condition narrows; absent: any. */
export interface AlertQuery extends TimeRange, Page {
  /** 0: they are counted, and nothing is derived for it unless the question is about whose they are. */
  readonly limit: number;
  /** Of the alert's event, as a list of events takes it. */
  readonly filter: Filter;
  /** Of one of these. */
  readonly severities?: readonly Severity[];
  /** Of one of these agents. */
  readonly sources?: readonly Dialect[];
  /** The whole name of a rule; of a tag among the alert's. */
  readonly rule?: string;
  readonly tag?: string;
  /** Of a namespace's pods; of pods of this name; of one process (a ref). */
  readonly namespace?: string;
  readonly pod?: string;
  readonly process?: string;
  /** Default: the gravest first, those alike as they came. `time`: as they came. */
  readonly order?: 'severity' | 'time';
  readonly lateLimitMs: number;
}

export interface DestinationQuery extends TimeRange, Page, Patience {
  readonly filter: Filter;
  readonly lateLimitMs: number;
}

export interface LateralQuery extends Patience {
  /** Absent: all hops. */
  readonly filter?: Filter;
  readonly namespace?: string;
  readonly pod?: string;
  readonly lateLimitMs: number;
}

export interface ConversationQuery extends TimeRange, Page, Patience {
  readonly filter: Filter;
  readonly lateLimitMs: number;
  /** Absent: by first seen. */
  readonly sort?: ConversationOrder;
  /** Those with the cluster's resolver are left out, and counted. */
  readonly withoutResolver?: boolean;
}

/** Questions. Reads never block the writer; SQLite answers in threads of its own, memory in the caller's. */
export interface Queries {
  summary(): Promise<CaseItem>;
  sources(): Promise<readonly Source[]>;
  source(id: string): Promise<Answer<Source>>;
  /** Of the whole case. */
  completeness(): Promise<Completeness>;
  clusters(): Promise<ClustersAnswer>;
  namespaces(): Promise<NamespacesAnswer>;
  nodes(): Promise<NodesAnswer>;
  pods(query: PodsQuery): Promise<PodsAnswer>;
  /** `unknown_pod`, `unknown_node`. */
  tree(query: TreeQuery): Promise<Answer<TreeColumns>>;
  treeObjects(query: TreeQuery & { readonly fold: boolean }): Promise<Answer<TreeObjects>>;
  /** By ref; `unknown_process`. `agent`: as this agent alone tells it, of its tree alone (`TreeQuery.agent`), whose refs are others. */
  process(ref: string, lateLimitMs: number, agent?: Dialect): Promise<Answer<ProcessAnswer>>;
  /** Every process with an image of that exec_id (two boots are two). Empty: none. */
  processesByExecId(execId: string, lateLimitMs: number): Promise<readonly ProcessAnswer[]>;
  /** In time order (events without a time last, in order of the log), counted where all of them are asked for; `bad_request` for a foreign cursor. */
  events(query: EventQuery): Promise<Answer<EventsAnswer>>;
  /** What agents' rules said, each event once; `total`: of all pages. `bad_request` for a foreign cursor. */
  alerts(query: AlertQuery): Promise<Answer<AlertsAnswer>>;
  /** Calls to the Kubernetes API that are marks on a timeline, in order of time; always whole. */
  calls(query: CallQuery): Promise<CallsAnswer>;
  destinations(query: DestinationQuery): Promise<Answer<DestinationsAnswer>>;
  lateral(query: LateralQuery): Promise<LateralAnswer>;
  /** Those that were open in the time range. */
  conversations(query: ConversationQuery): Promise<Answer<ConversationsAnswer>>;
  histogram(
    query: TimeRange &
      Patience & {
        readonly filter: Filter;
        readonly buckets: number;
        readonly lateLimitMs: number;
      },
  ): Promise<HistogramAnswer>;
  /** Grows with every commit; equal versions answer equally. */
  version(): number;
  /** Called after each committed batch, with what it touched; not when a source begins or ends. Returns how to stop: never called after that. */
  watch(listener: (change: Change) => void): () => void;
}

/** What one commit touched. */
export interface Change {
  readonly version: number;
  readonly sourceId: string;
  readonly added: Ledger;
  /**
   * `podKey`s of the pods that the commit's records tell of; undefined: any. Answers of others may move too, which name
   * these: a host's ancestors, names, the far ends of connections.
   */
  readonly pods: readonly string[] | undefined;
  readonly newestTime: Nanos | undefined;
}
