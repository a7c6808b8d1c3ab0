import { sumLedgers } from '@forebear/model/wire/ledgers';
import type { Source } from '@forebear/model/wire/sources';
import { type Answer, type CaseStore, failure } from '../store/ports.ts';
import type { CaseHolds } from './caseHolds.ts';
import { formatProblem } from './formatChoices.ts';
import type { Upload } from './ingestService.ts';
import type { ProgressBoard } from './progressBoard.ts';
import { refusalOf } from './refusedLog.ts';
import type { ServiceDeps } from './serviceDeps.ts';
import { type RunResult, runSource } from './sourceRun.ts';

interface Running {
  readonly abort: AbortController;
  readonly done: Promise<unknown>;
}

/** Logs on their way in: each a source from its first byte to its end state, told to the board as it moves. */
export class Uploads {
  readonly #deps: ServiceDeps;
  readonly #holds: CaseHolds;
  readonly #board: ProgressBoard;
  readonly #running = new Map<string, Running>();

  constructor(deps: ServiceDeps, holds: CaseHolds, board: ProgressBoard) {
    this.#deps = deps;
    this.#holds = holds;
    this.#board = board;
  }

  /** As `IngestService.upload`. */
  async take(request: Upload): Promise<Answer<Source>> {
    const problem = formatProblem(request.format);
    if (problem !== undefined) return failure(problem);
    return this.#holds.within(request.case, (store) => this.#takeInto(request, store));
  }

  /** As `IngestService.cancel`. */
  async cancel(caseName: string, sourceId: string): Promise<Answer<Source>> {
    const running = this.#running.get(keyOf(caseName, sourceId));
    const opened = await this.#deps.cases.open(caseName);
    if (!opened.ok) return opened;
    const { queries } = opened.value;
    if (running !== undefined) {
      running.abort.abort();
      await running.done.catch(() => undefined);
      return queries.source(sourceId);
    }
    const found = await queries.source(sourceId);
    if (!found.ok) return found;
    const message = `This source is ${found.value.state} already.`;
    return failure({ code: 'source_finished', message });
  }

  /** Cancels what runs, waits for its last commit. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.allSettled(running.map(({ done }) => done));
  }

  async #takeInto(request: Upload, store: CaseStore): Promise<Answer<Source>> {
    const begun = await store.facts.beginSource({
      id: request.id ?? this.#deps.newId(),
      name: request.name,
      kind: request.kind,
      cluster: request.cluster,
      startedAt: this.#deps.now(),
      bytesExpected: request.bytesExpected,
      state: 'receiving',
    });
    if (!begun.ok) return begun;
    const source = begun.value;
    const abort = new AbortController();
    const done = this.#run(request, store, source, abort.signal);
    const key = keyOf(request.case, source.id);
    this.#running.set(key, { abort, done });
    try {
      return await done;
    } finally {
      this.#running.delete(key);
    }
  }

  async #run(
    request: Upload,
    store: CaseStore,
    source: Source,
    signal: AbortSignal,
  ): Promise<Answer<Source>> {
    let result: RunResult;
    try {
      result = await this.#decode(request, store, source, signal);
    } catch (error) {
      await this.#fail(request, store, source);
      throw error;
    }
    return this.#end(request, store, source, result);
  }

  #decode(
    request: Upload,
    store: CaseStore,
    source: Source,
    signal: AbortSignal,
  ): Promise<RunResult> {
    return runSource(
      { ...this.#deps, facts: store.facts },
      {
        sourceId: source.id,
        name: request.name,
        cluster: request.cluster,
        format: request.format,
        body: request.body,
        isNamed: true,
        ownsChunks: request.ownsChunks ?? false,
        signal,
        onProgress: ({ bytesReceived, members, formats }, ledger) => {
          const total = sumLedgers(source.ledger, ledger);
          const moved: Source = { ...source, bytesReceived, members, formats, ledger: total };
          this.#board.tell(request.case, moved, false);
        },
      },
    );
  }

  /** What had been committed stays. */
  async #fail(request: Upload, store: CaseStore, source: Source): Promise<void> {
    const told = await store.queries.source(source.id);
    const { bytesReceived, members, formats } = told.ok ? told.value : source;
    const ended = await store.facts.endSource(source.id, {
      bytesReceived,
      members,
      formats,
      sha256: undefined,
      gaps: [],
      state: 'failed',
      finishedAt: this.#deps.now(),
      note: 'Taking it in failed. What had been committed is here; the server log says why.',
    });
    if (ended.ok) this.#board.tell(request.case, ended.value, true);
  }

  async #end(
    request: Upload,
    store: CaseStore,
    source: Source,
    result: RunResult,
  ): Promise<Answer<Source>> {
    const refused = refusalOf(request.name, result);
    const ended = await store.facts.endSource(source.id, {
      ...result.progress,
      state: refused === undefined ? result.state : 'refused',
      finishedAt: this.#deps.now(),
      sha256: result.sha256,
      gaps: result.gaps,
      note: refused?.message ?? result.note,
    });
    if (ended.ok) this.#board.tell(request.case, ended.value, true);
    // Its case may go with it: the refusal itself tells how it begins.
    return refused === undefined ? ended : failure(refused);
  }
}

function keyOf(caseName: string, sourceId: string): string {
  return `${caseName}\0${sourceId}`;
}
