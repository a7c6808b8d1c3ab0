import { createHash } from 'node:crypto';
import { FactBatchBuilder } from '@forebear/model/event/factBatchBuilder';
import type { Ledger } from '@forebear/model/wire/primitives';
import { type Answer, type CaseStore, type FactStore, failure } from '../store/ports.ts';
import type { CaseHolds } from './caseHolds.ts';
import { formatProblem } from './formatChoices.ts';
import type { Push } from './ingestService.ts';
import { addPush, type LiveSource, LiveSources } from './liveSource.ts';
import type { ServiceDeps } from './serviceDeps.ts';
import { type RunResult, runSource } from './sourceRun.ts';
import { WaitingBodies } from './waitingBodies.ts';

/** What agents push: records added to the live source of their sender, one push of it after the other. */
export class Pushes {
  readonly #deps: ServiceDeps;
  readonly #holds: CaseHolds;
  readonly #live = new LiveSources();
  readonly #bodies = new WaitingBodies();

  constructor(deps: ServiceDeps, holds: CaseHolds) {
    this.#deps = deps;
    this.#holds = holds;
  }

  /** As `IngestService.push`. */
  async take(request: Push): Promise<Answer<Ledger>> {
    const problem = formatProblem(request.format);
    if (problem !== undefined) return failure(problem);
    return this.#bodies.within(request.body, (body) =>
      this.#holds.within(request.case, (store) => this.#takeOnce(request, store, body)),
    );
  }

  /** A push with the key of an earlier one is answered as that was. */
  async #takeOnce(request: Push, store: CaseStore, body: Uint8Array): Promise<Answer<Ledger>> {
    const { idempotencyKey: key } = request;
    if (key === undefined) return this.#takeInto(request, store, body);
    const { facts } = store;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const kept = await facts.recallPush(key, this.#deps.now());
    if (kept?.bodyHash === bodyHash) return { ok: true, value: kept.ledger };
    if (kept !== undefined) {
      return failure({
        code: 'idempotency_mismatch',
        message: 'This Idempotency-Key was used for another body.',
      });
    }
    const taken = await this.#takeInto(request, store, body);
    if (taken.ok) await facts.rememberPush(key, bodyHash, taken.value, this.#deps.now());
    return taken;
  }

  async #takeInto(request: Push, store: CaseStore, body: Uint8Array): Promise<Answer<Ledger>> {
    const found = await this.#sourceOf(request, store);
    if (!found.ok) return found;
    const source = found.value;
    const taking = source.turn.then(() => this.#append(request, store.facts, source, body));
    source.turn = taking.catch(() => undefined);
    const { ledger } = await taking;
    return { ok: true, value: ledger };
  }

  async #append(
    request: Push,
    facts: FactStore,
    source: LiveSource,
    body: Uint8Array,
  ): Promise<RunResult> {
    const before = source.progress;
    const result = await runSource(
      { ...this.#deps, facts },
      {
        sourceId: source.id,
        name: request.sender,
        cluster: request.cluster,
        format: request.format,
        body: once(body),
        isNamed: false,
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

  /** One live source per sender and cluster of a case; it is the same after a restart. */
  async #sourceOf(request: Push, store: CaseStore): Promise<Answer<LiveSource>> {
    const sender = `${request.sender}\0${request.cluster}`;
    const known = this.#live.find(store, sender);
    if (known !== undefined) return { ok: true, value: known };
    const id = uuidOf(`${request.case}\0${sender}`);
    const begun = await store.facts.beginSource({
      id,
      name: request.sender,
      kind: 'push',
      cluster: request.cluster,
      startedAt: this.#deps.now(),
      bytesExpected: undefined,
      state: 'live',
    });
    const source =
      begun.ok || begun.problem.code !== 'source_exists' ? begun : await store.queries.source(id);
    if (!source.ok) return source;
    const { bytesReceived, members, formats } = source.value;
    const progress = { bytesReceived, members, formats };
    // Another push of the same sender may have come this far first.
    const first = this.#live.find(store, sender);
    const fresh = { id, progress, turn: Promise.resolve() };
    return { ok: true, value: first ?? this.#live.keep(store, sender, fresh) };
  }
}

/** A UUID that is a function of its text (version 8: vendor's own). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
