import { createHash } from 'node:crypto';
import { FactBatchBuilder } from '@forebear/model/event/factBatchBuilder';
import type { Nanos } from '@forebear/model/event/time';
import { formatOf } from '@forebear/model/formats/registry';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Problem } from '@forebear/model/wire/problem';
import type { Source } from '@forebear/model/wire/sources';
import { refusalWords } from '@forebear/model/words/refusalWords';
import type { Answer, CaseStore, Cases, FactStore } from '../store/ports.ts';
import { CaseHolds } from './caseHolds.ts';
import type { Decoding } from './decoding.ts';
import type { IngestService, Push, Upload } from './ingestService.ts';
import { addPush, type LiveSource, LiveSources } from './liveSource.ts';
import { ProgressBoard } from './progressBoard.ts';
import { type RunResult, runSource, sum } from './sourceRun.ts';

export interface ServiceDeps {
  readonly cases: Cases;
  readonly decoding: Decoding;
  readonly spoolDir: string;
  readonly now: () => Nanos;
  readonly newId: () => string;
}

/** A push is read whole before its first record is committed; more than this in all pushes waiting is refused. */
const maxPushBytes = 64 * 1024 * 1024;
const maxWaitingBytes = 256 * 1024 * 1024;

/** The one way in: uploads, files, pipes and pushes become sources of a case. */
export function createIngestService(deps: ServiceDeps): IngestService {
  const board = new ProgressBoard(deps.now);
  const running = new Map<string, { abort: AbortController; done: Promise<unknown> }>();
  const live = new LiveSources();
  const holds = new CaseHolds(deps.cases);
  let waitingBytes = 0;

  async function upload(request: Upload): Promise<Answer<Source>> {
    if (request.format !== 'auto' && formatOf(request.format) === undefined) {
      return failure({
        code: 'bad_request',
        message: `There is no format called ${request.format}.`,
      });
    }
    return holds.within(request.case, (store) => uploadInto(request, store));
  }

  async function uploadInto(request: Upload, store: CaseStore): Promise<Answer<Source>> {
    const begun = await store.facts.beginSource({
      id: request.id ?? deps.newId(),
      name: request.name,
      kind: request.kind,
      cluster: request.cluster,
      startedAt: deps.now(),
      bytesExpected: request.bytesExpected,
      state: 'receiving',
    });
    if (!begun.ok) return begun;
    const source = begun.value;
    const abort = new AbortController();
    const done = takeIn(request, store, source, abort.signal);
    running.set(keyOf(request.case, source.id), { abort, done });
    try {
      return await done;
    } finally {
      running.delete(keyOf(request.case, source.id));
    }
  }

  async function takeIn(
    request: Upload,
    store: CaseStore,
    source: Source,
    signal: AbortSignal,
  ): Promise<Answer<Source>> {
    let result: RunResult;
    try {
      result = await runSource(
        { ...deps, facts: store.facts },
        {
          sourceId: source.id,
          name: request.name,
          cluster: request.cluster,
          format: request.format,
          body: request.body,
          ownsChunks: request.ownsChunks ?? false,
          signal,
          onProgress: (progress, ledger) => {
            const moved: Source = {
              ...source,
              bytesReceived: progress.bytesReceived,
              members: progress.members,
              formats: progress.formats,
              ledger: sum(source.ledger, ledger),
            };
            board.tell(request.case, moved, false);
          },
        },
      );
    } catch (error) {
      const note = 'Taking it in failed. What had been committed is here; the server log says why.';
      const told = await store.queries.source(source.id);
      const { bytesReceived, members, formats } = told.ok ? told.value : source;
      const ended = await store.facts.endSource(source.id, {
        bytesReceived,
        members,
        formats,
        sha256: undefined,
        gaps: [],
        state: 'failed',
        finishedAt: deps.now(),
        note,
      });
      if (ended.ok) board.tell(request.case, ended.value, true);
      throw error;
    }
    const refused =
      result.state === 'complete' || result.state === 'damaged'
        ? refusalOf(request, result)
        : undefined;
    const ended = await store.facts.endSource(source.id, {
      ...result.progress,
      state: refused === undefined ? result.state : 'refused',
      finishedAt: deps.now(),
      sha256: result.sha256,
      gaps: result.gaps,
      note: refused?.message ?? result.note,
    });
    if (ended.ok) board.tell(request.case, ended.value, true);
    if (refused === undefined) return ended;
    // Its case may go with it: the refusal itself tells how it begins.
    const kept = await store.evidence.quarantine(source.id, { limit: 3 });
    const lines = kept.ok ? kept.value.items.map(({ sample }) => sample) : [];
    return failure({ ...refused, details: { ...refused.details, lines } });
  }

  async function push(request: Push): Promise<Answer<Ledger>> {
    const body = await readBody(request.body);
    if (!body.ok) return body;
    try {
      return await holds.within(request.case, (store) => pushInto(request, store, body.value));
    } finally {
      waitingBytes -= body.value.length;
    }
  }

  async function pushInto(
    request: Push,
    store: CaseStore,
    body: Uint8Array,
  ): Promise<Answer<Ledger>> {
    const { facts } = store;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    if (request.idempotencyKey !== undefined) {
      const kept = await facts.recallPush(request.idempotencyKey, deps.now());
      if (kept !== undefined) {
        return kept.bodyHash === bodyHash
          ? { ok: true, value: kept.ledger }
          : failure({
              code: 'idempotency_mismatch',
              message: 'This Idempotency-Key was used for another body.',
            });
      }
    }
    const found = await liveSource(request, store);
    if (!found.ok) return found;
    const source = found.value;
    const taking = source.turn.then(() => takePush(request, facts, source, body));
    source.turn = taking.catch(() => undefined);
    const result = await taking;
    if (request.idempotencyKey !== undefined)
      await facts.rememberPush(request.idempotencyKey, bodyHash, result.ledger, deps.now());
    return { ok: true, value: result.ledger };
  }

  async function takePush(
    request: Push,
    facts: FactStore,
    source: LiveSource,
    body: Uint8Array,
  ): Promise<RunResult> {
    const before = source.progress;
    const result = await runSource(
      { ...deps, facts },
      {
        sourceId: source.id,
        name: request.sender,
        cluster: request.cluster,
        format: 'auto',
        body: once(body),
        ownsChunks: false,
        signal: new AbortController().signal,
        totalOf: (run) => addPush(before, run, request.sender),
        onProgress: () => undefined,
      },
    );
    source.progress = result.progress;
    // Damage is known at the end of the body, behind its last batch: the source has to say so all the same.
    if (result.state === 'damaged')
      await facts.append(source.id, new FactBatchBuilder('').finish(), result.progress);
    return result;
  }

  async function readBody(chunks: AsyncIterable<Uint8Array>): Promise<Answer<Uint8Array>> {
    const parts: Uint8Array[] = [];
    let size = 0;
    let refused: Problem | undefined;
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        waitingBytes += chunk.length;
        if (size > maxPushBytes)
          refused = {
            code: 'too_large',
            message: 'A push holds at most 64 MiB; send a log file to /api/v1/sources.',
          };
        if (waitingBytes > maxWaitingBytes)
          refused = {
            code: 'saturated',
            message: 'Too much is waiting to be committed. Send it again.',
          };
        if (refused !== undefined) break;
        parts.push(chunk);
      }
    } catch (error) {
      // The sender broke off: what it had sent waits no more.
      waitingBytes -= size;
      throw error;
    }
    if (refused === undefined) return { ok: true, value: Buffer.concat(parts) };
    waitingBytes -= size;
    return failure(refused);
  }

  /** One live source per sender and cluster of a case; it is the same after a restart. */
  async function liveSource(request: Push, store: CaseStore): Promise<Answer<LiveSource>> {
    const sender = `${request.sender}\0${request.cluster}`;
    const known = live.find(store, sender);
    if (known !== undefined) return { ok: true, value: known };
    const id = uuidOf(`${request.case}\0${sender}`);
    const begun = await store.facts.beginSource({
      id,
      name: request.sender,
      kind: 'push',
      cluster: request.cluster,
      startedAt: deps.now(),
      bytesExpected: undefined,
      state: 'live',
    });
    const source =
      begun.ok || begun.problem.code !== 'source_exists' ? begun : await store.queries.source(id);
    if (!source.ok) return source;
    const { bytesReceived, members, formats } = source.value;
    const progress = { bytesReceived, members, formats };
    // Another push of the same sender may have come this far first.
    const first = live.find(store, sender);
    const fresh = { id, progress, turn: Promise.resolve() };
    return { ok: true, value: first ?? live.keep(store, sender, fresh) };
  }

  return {
    upload,
    push,
    watch: (listener) => board.watch(listener),
    async cancel(caseName, sourceId) {
      const run = running.get(keyOf(caseName, sourceId));
      const opened = await deps.cases.open(caseName);
      if (!opened.ok) return opened;
      if (run === undefined) {
        const found = await opened.value.queries.source(sourceId);
        if (!found.ok) return found;
        return failure({
          code: 'source_finished',
          message: `This source is ${found.value.state} already.`,
        });
      }
      run.abort.abort();
      await run.done.catch(() => undefined);
      return opened.value.queries.source(sourceId);
    },
    async close() {
      for (const { abort } of running.values()) abort.abort();
      await Promise.allSettled([...running.values()].map(({ done }) => done));
      await deps.decoding.close();
    },
  };
}

function keyOf(caseName: string, sourceId: string): string {
  return `${caseName}\0${sourceId}`;
}

/** Nothing in it could be understood: say what was found instead. */
function refusalOf(request: Upload, result: RunResult): Problem | undefined {
  // A log taken in again decodes as before; what repeats in a file without one record is no log either.
  if (result.decoded > 0) return undefined;
  const what = refusalWords({
    records: result.ledger.in,
    reasons: result.reasons,
    bytes: result.progress.members.reduce((all, { bytes }) => all + bytes, 0),
    cut: result.gaps.some(({ kind }) => kind === 'truncated'),
  });
  return {
    code: 'not_a_log',
    message: `${request.name} is no log that Forebear reads: ${what}`,
    details: {
      records: result.ledger.in,
      reasons: Object.fromEntries(result.reasons),
      members: result.progress.members.map(({ name }) => name),
    },
  };
}

/** A UUID that is a function of its text (version 8: vendor's own). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function failure(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}
