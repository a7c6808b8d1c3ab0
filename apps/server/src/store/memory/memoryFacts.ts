import type { FactBatch } from '@forebear/model/event/factBatch';
import type { Nanos } from '@forebear/model/event/time';
import { later } from '@forebear/model/graph/order';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import { sourceExists, unknownSource } from '../caseProblems.ts';
import { ledgerOf } from '../ledger.ts';
import type { Answer, FactStore, NewSource, SourceEnd, SourceProgress } from '../ports.ts';
import { pushMemoryNs } from '../pushMemory.ts';
import type { MemoryState } from './memoryState.ts';

/** Facts into memory. */
export class MemoryFacts implements FactStore {
  readonly recordKey = undefined;
  readonly #state: MemoryState;
  readonly #pushes = new Map<string, { bodyHash: string; ledger: Ledger; at: Nanos }>();

  constructor(state: MemoryState) {
    this.#state = state;
  }

  async beginSource(source: NewSource): Promise<Answer<Source>> {
    const begun = this.#state.sources.begin(source);
    if (begun === undefined) return sourceExists(source.id);
    this.#state.changed();
    return { ok: true, value: begun };
  }

  async append(sourceId: string, batch: FactBatch, progress: SourceProgress): Promise<Ledger> {
    const state = this.#state;
    if (state.sources.find(sourceId) === undefined)
      throw new Error(`source ${sourceId} was never begun`);
    const { tally, events } = state.take(sourceId, batch);
    state.sources.advance(sourceId, progress, tally, events);
    const added = ledgerOf(tally);
    let newestTime: Nanos | undefined;
    for (const { time } of events) newestTime = later(newestTime, time);
    const pods = state.podsOf(batch, events);
    state.watchers.tell({ version: state.version, sourceId, added, pods, newestTime });
    return added;
  }

  async endSource(sourceId: string, end: SourceEnd): Promise<Answer<Source>> {
    const value = this.#state.sources.end(sourceId, end);
    if (value === undefined) return unknownSource(sourceId);
    this.#state.changed();
    return { ok: true, value };
  }

  async rememberPush(key: string, bodyHash: string, ledger: Ledger, now: Nanos): Promise<void> {
    for (const [known, push] of this.#pushes)
      if (push.at < now - pushMemoryNs) this.#pushes.delete(known);
    this.#pushes.set(key, { bodyHash, ledger, at: now });
  }

  async recallPush(key: string, now: Nanos) {
    const push = this.#pushes.get(key);
    if (push === undefined || push.at < now - pushMemoryNs) return undefined;
    return { bodyHash: push.bodyHash, ledger: push.ledger };
  }
}
