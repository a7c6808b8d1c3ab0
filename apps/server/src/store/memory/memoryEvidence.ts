import { wholePart } from '@forebear/model/answer/part';
import { defaultLateMs } from '@forebear/model/query/duration';
import type { Quarantined } from '@forebear/model/wire/sources';
import { unknownSource } from '../caseProblems.ts';
import { Digest } from '../digest.ts';
import { seqOf } from '../eventPage.ts';
import { newTally } from '../ledger.ts';
import {
  type Answer,
  type EventQuery,
  type EvidenceStore,
  ForeignCursor,
  type Page,
  type RawRecord,
  type VerifyReport,
} from '../ports.ts';
import { quarantineCursor } from '../quarantineCursor.ts';
import { badCursor } from '../questions.ts';
import { sampleOf } from '../recordSample.ts';
import { eventsAsked } from './memoryQueries.ts';
import type { MemoryState } from './memoryState.ts';
import type { LoggedRecord } from './recordLog.ts';

/** The evidence in memory. */
export class MemoryEvidence implements EvidenceStore {
  readonly #state: MemoryState;

  constructor(state: MemoryState) {
    this.#state = state;
  }

  async raw(eventId: string): Promise<Answer<RawRecord>> {
    const { log } = this.#state;
    const event = log.events[(seqOf(eventId) ?? 0) - 1];
    const record = log.records[(event?.record ?? 0) - 1];
    if (record !== undefined) return { ok: true, value: this.#rawOf(record) };
    return {
      ok: false,
      problem: { code: 'unknown_event', message: 'No such event in this case.' },
    };
  }

  async quarantine(sourceId: string, page: Page) {
    const { log, sources } = this.#state;
    if (sources.find(sourceId) === undefined) return unknownSource(sourceId);
    const after = page.cursor === undefined ? 0 : quarantineCursor.parse(page.cursor);
    if (after === undefined) return badCursor;
    const all = log.records.filter(
      ({ source, outcome }) => source === sourceId && outcome === 'quarantined',
    );
    const rest = all.filter(({ number }) => number > after);
    const shown = rest.slice(0, page.limit);
    const last = shown.at(-1);
    const items = shown.map((record): Quarantined => {
      const { offset, line, reason, bytes } = record;
      const member = this.#memberOf(record);
      return { offset, length: bytes.length, line, member, reason, sample: sampleOf(bytes) };
    });
    const hasMore = last !== undefined && rest.length > shown.length;
    const nextCursor = hasMore ? quarantineCursor.format(last.number) : undefined;
    return { ok: true as const, value: { items, nextCursor, total: all.length } };
  }

  async *records(query: EventQuery): AsyncGenerator<RawRecord> {
    const { log } = this.#state;
    const derived = this.#state.derived(query.lateLimitMs);
    const given = new Set<number>();
    const events = eventsAsked(derived, log.ordered(), query);
    if (events === undefined) throw new ForeignCursor(badCursor.problem.message);
    for (const event of events) {
      const record = log.records[event.record - 1];
      if (record === undefined || given.has(event.record)) continue;
      given.add(event.record);
      yield this.#rawOf(record);
    }
  }

  async verify(): Promise<VerifyReport> {
    const { log, sources } = this.#state;
    const faults: string[] = [];
    for (const source of sources.list()) {
      const counted = newTally();
      for (const { source: owner, outcome } of log.records) {
        if (owner !== source.id || outcome === 'continued') continue;
        if (outcome === 'decoded') counted.stored += 1;
        else counted[outcome] += 1;
      }
      counted.events = log.events.filter((event) => event.source === source.id).length;
      for (const what of ['stored', 'quarantined', 'skipped', 'events'] as const) {
        if (counted[what] !== source.ledger[what]) {
          faults.push(
            `source ${source.id}: ${what} is ${source.ledger[what]}, counted ${counted[what]}`,
          );
        }
      }
    }
    const digest = new Digest();
    digest.add(wholePart(this.#state.derived(defaultLateMs)));
    return {
      records: log.records.length,
      events: log.events.length,
      processes: digest.processes,
      blocks: 0,
      faults,
      digest: digest.text(),
    };
  }

  #rawOf(record: LoggedRecord): RawRecord {
    const { bytes, source, line, offset } = record;
    return { bytes: bytes.slice(), source, member: this.#memberOf(record), line, offset };
  }

  #memberOf({ source, member }: LoggedRecord): string {
    return this.#state.sources.find(source)?.members[member]?.name ?? '';
  }
}
