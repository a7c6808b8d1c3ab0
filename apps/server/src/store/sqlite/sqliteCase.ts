import type { FactBatch } from '@forebear/model/event/factBatch';
import type { Nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import { packBatch, transfersOf } from '../../crossing/packedBatch.ts';
import { sourceExists, unknownSource } from '../caseProblems.ts';
import {
  type Answer,
  type CaseStore,
  type Change,
  type EventQuery,
  type EvidenceStore,
  type FactStore,
  ForeignCursor,
  type NewSource,
  type Page,
  type Patience,
  type Queries,
  type RawRecord,
  type SourceEnd,
  type SourceProgress,
} from '../ports.ts';
import { Watchers } from '../watchers.ts';
import type { AskedTurn, Turn } from './read/turns.ts';
import type { CaseFile } from './threads/readerCalls.ts';
import type { Threads } from './threads/threads.ts';
import type { OpenedCase } from './threads/writerCalls.ts';

/** Records remembered, and as many before them, so that one with several events is given once: a record's events lie close together. */
const maxGiven = 10_000;

/** One case over the threads: its three ports. */
export class SqliteCase implements CaseStore {
  readonly facts: FactStore;
  readonly evidence: EvidenceStore;
  readonly queries: Queries;

  constructor(parts: {
    readonly file: CaseFile;
    readonly threads: Threads;
    readonly now: () => Nanos;
    readonly opened: OpenedCase;
  }) {
    const facts = new SqliteFacts(parts.file, parts.threads, parts.opened);
    this.facts = facts;
    this.evidence = new SqliteEvidence(parts.file, parts.threads, parts.now);
    this.queries = queriesOf(parts.file, parts.threads, parts.now, facts);
  }
}

class SqliteFacts implements FactStore {
  readonly #file: CaseFile;
  readonly #threads: Threads;
  readonly watchers = new Watchers();
  readonly recordKey: Uint8Array | undefined;
  version: number;

  constructor(file: CaseFile, threads: Threads, { version, recordKey }: OpenedCase) {
    this.#file = file;
    this.#threads = threads;
    this.recordKey = recordKey;
    this.version = version;
  }

  async beginSource(source: NewSource): Promise<Answer<Source>> {
    const begun = await this.#threads.writer.call('begin', [this.#file.path, source]);
    this.version = begun.version;
    if (begun.source !== undefined) return { ok: true, value: begun.source };
    return sourceExists(source.id);
  }

  async append(
    sourceId: string,
    batch: FactBatch,
    progress: SourceProgress,
    goesOn = false,
  ): Promise<Ledger> {
    const packed = packBatch(batch);
    const { ledger, change } = await this.#threads.writer.call(
      'append',
      [this.#file.path, sourceId, packed, progress, goesOn],
      transfersOf(packed),
    );
    this.version = change.version;
    this.watchers.tell(change);
    return ledger;
  }

  async endSource(sourceId: string, end: SourceEnd): Promise<Answer<Source>> {
    const ended = await this.#threads.writer.call('end', [this.#file.path, sourceId, end]);
    this.version = ended.version;
    if (ended.source !== undefined) return { ok: true, value: ended.source };
    return unknownSource(sourceId);
  }

  rememberPush(key: string, bodyHash: string, ledger: Ledger, now: Nanos): Promise<void> {
    const args: [string, string, string, Ledger, Nanos] = [
      this.#file.path,
      key,
      bodyHash,
      ledger,
      now,
    ];
    return this.#threads.writer.call('rememberPush', args);
  }

  recallPush(key: string, now: Nanos) {
    return this.#threads.writer.call('recallPush', [this.#file.path, key, now]);
  }
}

class SqliteEvidence implements EvidenceStore {
  readonly #file: CaseFile;
  readonly #threads: Threads;
  readonly #now: () => Nanos;

  constructor(file: CaseFile, threads: Threads, now: () => Nanos) {
    this.#file = file;
    this.#threads = threads;
    this.#now = now;
  }

  raw(eventId: string): Promise<Answer<RawRecord>> {
    return this.#threads.ask(this.#file, 'raw', [eventId]);
  }

  quarantine(sourceId: string, page: Page) {
    return this.#threads.ask(this.#file, 'quarantine', [sourceId, page]);
  }

  async *records(query: EventQuery): AsyncGenerator<RawRecord> {
    let given = new Set<number>();
    let before = new Set<number>();
    let cursor = query.cursor;
    do {
      const asked = cursor === undefined ? query : { ...query, cursor };
      const page = await this.#threads.ask(this.#file, 'records', [asked]);
      if (!page.ok) throw new ForeignCursor(page.problem.message);
      for (const { number, record } of page.value.items) {
        if (given.has(number) || before.has(number)) continue;
        if (given.size > maxGiven) [before, given] = [given, new Set<number>()];
        given.add(number);
        yield record;
      }
      cursor = page.value.nextCursor;
    } while (cursor !== undefined);
  }

  verify(options: { readonly compare: boolean }) {
    const now = this.#now();
    return inTurns((turn) => this.#threads.ask(this.#file, 'verify', [turn, options, now]));
  }
}

function queriesOf(
  file: CaseFile,
  threads: Threads,
  now: () => Nanos,
  facts: SqliteFacts,
): Queries {
  return {
    summary: () => threads.ask(file, 'summary', []),
    sources: () => threads.ask(file, 'sources', []),
    source: (id) => threads.ask(file, 'source', [id]),
    completeness: () => threads.ask(file, 'completeness', []),
    clusters: () => inTurns((turn) => threads.ask(file, 'clusters', [turn])),
    namespaces: () => inTurns((turn) => threads.ask(file, 'namespaces', [turn])),
    nodes: () => threads.ask(file, 'nodes', []),
    pods: (query) =>
      inTurns((turn) => threads.ask(file, 'pods', [turn, query]), waitFor('pods', query)),
    tree: (query) => threads.ask(file, 'tree', [query, now()]),
    treeObjects: (query) => threads.ask(file, 'treeObjects', [query, now()]),
    process: (ref, lateLimitMs, agent) =>
      threads.ask(file, 'process', [ref, lateLimitMs, agent, now()]),
    processesByExecId: (execId, lateLimitMs) =>
      threads.ask(file, 'processesByExecId', [execId, lateLimitMs, now()]),
    events: (query) => threads.ask(file, 'events', [query]),
    alerts: (query) => threads.ask(file, 'alerts', [query]),
    calls: (query) => threads.ask(file, 'calls', [query]),
    destinations: (query) =>
      inTurns(
        (turn) => threads.ask(file, 'destinations', [turn, query]),
        waitFor('destinations', query),
      ),
    lateral: (query) =>
      inTurns((turn) => threads.ask(file, 'lateral', [turn, query]), waitFor('lateral', query)),
    conversations: (query) =>
      inTurns(
        (turn) => threads.ask(file, 'conversations', [turn, query]),
        waitFor('conversations', query),
      ),
    histogram: (query) =>
      inTurns((turn) => threads.ask(file, 'histogram', [turn, query]), waitFor('histogram', query)),
    version: () => facts.version,
    watch: (listener: (change: Change) => void) => facts.watchers.add(listener),
  };
}

let lastTurn = 0;

/** Until when an answer is waited for, on the clock of `performance`, and what the question is called meanwhile. */
interface Wait {
  readonly key: string;
  readonly until: number;
}

/** Undefined: to the end. Who asks the same again goes on with what was begun, so the question is its own name. */
function waitFor(question: string, query: Patience): Wait | undefined {
  if (query.patienceMs === undefined) return undefined;
  const text = JSON.stringify(query, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return { key: `${question} ${text}`, until: performance.now() + query.patienceMs };
}

/** Asks a long question until it has ended, or as long as it is waited for; other questions are answered between its turns. */
async function inTurns<T>(ask: (turn: AskedTurn) => Promise<Turn<T>>, wait?: Wait): Promise<T> {
  lastTurn += 1;
  const { key, until } = wait ?? { key: String(lastTurn), until: Number.POSITIVE_INFINITY };
  for (;;) {
    const turn = await ask({ key, isEnough: performance.now() >= until });
    if (turn.ended) return turn.value;
    if (turn.soFar !== undefined) return turn.soFar;
  }
}
