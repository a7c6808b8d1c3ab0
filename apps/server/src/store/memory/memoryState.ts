import { type Dialect, dialectOf } from '@forebear/model/event/dialects';
import type { FactBatch } from '@forebear/model/event/factBatch';
import { type Facts, podKey, processKey } from '@forebear/model/event/facts';
import { podFactsOf } from '@forebear/model/event/readFactBatch';
import { sightingsOf } from '@forebear/model/event/readSightings';
import type { Nanos } from '@forebear/model/event/time';
import { derive } from '@forebear/model/graph/derive';
import type { Derived } from '@forebear/model/graph/derived';
import { factsOfAgent } from '@forebear/model/graph/facts/agentFacts';
import { podFactOf } from '@forebear/model/graph/facts/factOf';
import { FactSet } from '@forebear/model/graph/facts/factSet';
import { sha256Of } from '../sha256.ts';
import { Watchers } from '../watchers.ts';
import { keepRecords } from './keepRecords.ts';
import { type LoggedEvent, RecordLog, type Taken } from './recordLog.ts';
import { SourceBook } from './sourceBook.ts';

/** Everything a case in memory is. */
export class MemoryState {
  readonly name: string;
  readonly now: () => Nanos;
  readonly sources = new SourceBook();
  readonly log = new RecordLog();
  readonly watchers = new Watchers();
  readonly #set = new FactSet();
  readonly #derived = new Map<string, Derived>();
  /** By `processKey`, as it was told last. */
  readonly #podOf = new Map<string, string>();
  #facts: Facts | undefined;
  version = 0;

  constructor(name: string, now: () => Nanos) {
    this.name = name;
    this.now = now;
  }

  /** Takes a batch's records, and the facts of those that are new. */
  take(source: string, batch: FactBatch): Taken {
    const taken = this.log.take(source, batch);
    const isWhole = taken.kept.size === batch.records.count;
    this.#set.add(isWhole ? batch : keepRecords(batch, (record) => taken.kept.has(record)));
    this.changed();
    return taken;
  }

  /** `podKey`s of the pods that a batch tells of, those too whose processes an earlier one told of. */
  podsOf(batch: FactBatch, events: readonly LoggedEvent[]): string[] {
    const pods = new Set(podFactsOf(batch).map(podKey));
    for (const { cluster, sighting } of sightingsOf(batch)) {
      if (sighting.pod === undefined) continue;
      const { id } = sighting;
      const key = processKey({ dialect: dialectOf(id), cluster, id });
      this.#podOf.set(key, podKey(podFactOf(sighting.pod, cluster)));
    }
    for (const { process } of events) {
      const pod = this.#podOf.get(process);
      if (pod !== undefined) pods.add(pod);
    }
    return [...pods];
  }

  /** Every answer from here on is of a new version. */
  changed(): void {
    this.version += 1;
    this.#facts = undefined;
    this.#derived.clear();
  }

  readonly facts = (): Facts => {
    this.#facts ??= this.#set.facts();
    return this.#facts;
  };

  /** The same with every conversation, which nothing keeps. */
  conversing(lateLimitMs: number): Derived {
    return derive(this.facts(), { lateLimitMs, sha256: sha256Of, conversations: true });
  }

  /** What follows from the facts, or from those of one agent, for one late limit; kept until something changes. */
  derived(lateLimitMs: number, agent?: Dialect): Derived {
    const key = `${lateLimitMs} ${agent ?? ''}`;
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const facts = agent === undefined ? this.facts() : factsOfAgent(this.facts(), agent);
    const derived = derive(facts, { lateLimitMs, sha256: sha256Of });
    if (this.#derived.size >= 4) this.#derived.clear();
    this.#derived.set(key, derived);
    return derived;
  }
}
