import { dialectOf } from '@forebear/model/event/dialects';
import type { FactBatch } from '@forebear/model/event/factBatch';
import {
  type AlertFact,
  type ExitFact,
  type FlowFact,
  type LookupFact,
  processKey,
  type SocketFact,
} from '@forebear/model/event/facts';
import {
  eventsOf,
  exitFactsOf,
  lookupFactsOf,
  type ReadEvent,
  type ReadRecord,
  recordsOf,
  socketFactsOf,
} from '@forebear/model/event/readFactBatch';
import { alertFactsOf, flowFactsOf } from '@forebear/model/event/readJudgements';
import { comparePlaces, eventIdOf, type NumberedEvent } from '../eventPage.ts';
import { newTally, type Tally } from '../ledger.ts';

/** One kept record; `number` counts from 1 through the case. */
export interface LoggedRecord extends ReadRecord {
  readonly number: number;
  readonly source: string;
}

export interface LoggedEvent extends NumberedEvent {
  readonly record: number;
  readonly alert: AlertFact | undefined;
  readonly flow: FlowFact | undefined;
}

/** What taking a batch amounted to. */
export interface Taken {
  readonly tally: Tally;
  /** Rows of the batch's records that are in. */
  readonly kept: ReadonlySet<number>;
  readonly events: readonly LoggedEvent[];
}

/** The records of a case as they came, their events, and which bytes were seen before. */
export class RecordLog {
  readonly records: LoggedRecord[] = [];
  readonly events: LoggedEvent[] = [];
  readonly #seen = new Set<bigint>();
  readonly #senses = new Set<string>();
  #ordered: readonly LoggedEvent[] | undefined;

  take(source: string, batch: FactBatch): Taken {
    const tally = newTally();
    tally.blank = batch.blank;
    const numbers = new Map<number, number>();
    let row = -1;
    for (const record of recordsOf(batch)) {
      row += 1;
      const isPart = record.outcome === 'continued';
      if (this.#seen.has(record.hash)) {
        if (!isPart) tally.duplicate += 1;
        continue;
      }
      this.#seen.add(record.hash);
      const number = this.records.length + 1;
      numbers.set(row, number);
      this.records.push({ ...record, bytes: record.bytes.slice(), number, source });
      if (record.outcome === 'decoded') tally.stored += 1;
      else if (record.outcome === 'quarantined') tally.quarantined += 1;
      else if (record.outcome === 'skipped') tally.skipped += 1;
    }
    const events = this.#takeEvents(source, batch, numbers);
    tally.events = events.length;
    if (events.length > 0) this.#ordered = undefined;
    return { tally, kept: new Set(numbers.keys()), events };
  }

  /** Every event in the order of lists, ascending. */
  ordered(): readonly LoggedEvent[] {
    this.#ordered ??= [...this.events].sort((a, b) => comparePlaces('asc', a, b));
    return this.#ordered;
  }

  #takeEvents(source: string, batch: FactBatch, numbers: ReadonlyMap<number, number>) {
    const sockets = detailsByEvent(batch.sockets.event, socketFactsOf(batch));
    const lookups = detailsByEvent(batch.lookups.event, lookupFactsOf(batch));
    const exits = detailsByEvent(batch.exits.event, exitFactsOf(batch));
    const alerts = detailsByEvent(batch.alerts.event, alertFactsOf(batch));
    const flows = detailsByEvent(batch.flows.event, flowFactsOf(batch));
    const taken: LoggedEvent[] = [];
    let row = -1;
    for (const event of eventsOf(batch)) {
      row += 1;
      const record = numbers.get(event.record);
      if (record === undefined) continue;
      const details = {
        socket: sockets.get(row),
        lookup: lookups.get(row),
        exit: exits.get(row),
        alert: alerts.get(row),
        flow: flows.get(row),
      };
      const logged = this.#logged(event, record, source, details);
      this.events.push(logged);
      taken.push(logged);
    }
    return taken;
  }

  #logged(
    event: ReadEvent,
    record: number,
    source: string,
    details: {
      readonly socket: SocketFact | undefined;
      readonly lookup: LookupFact | undefined;
      readonly exit: ExitFact | undefined;
      readonly alert: AlertFact | undefined;
      readonly flow: FlowFact | undefined;
    },
  ): LoggedEvent {
    const { cluster, process: id } = event;
    const sense = `${cluster}\0${event.sense}`;
    const sameAs = this.#senses.has(sense);
    this.#senses.add(sense);
    const seq = this.events.length + 1;
    return {
      ...details,
      seq,
      id: eventIdOf(seq),
      record,
      source,
      sameAs,
      kind: event.kind,
      label: event.label,
      time: event.time,
      node: event.node,
      process: id === '' ? '' : processKey({ dialect: dialectOf(id), cluster, id }),
      subject: event.subject,
    };
  }
}

function detailsByEvent<Fact>(rows: Uint32Array, facts: Iterable<Fact>): Map<number, Fact> {
  const details = new Map<number, Fact>();
  let at = 0;
  for (const fact of facts) {
    details.set(rows[at] ?? -1, fact);
    at += 1;
  }
  return details;
}
