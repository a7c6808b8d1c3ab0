import { podNameOf } from '@forebear/model/answer/context';
import { eventItem } from '@forebear/model/answer/eventItem';
import { keepsEvent } from '@forebear/model/answer/eventSubject';
import { ownerOf } from '@forebear/model/answer/eventView';
import { classOf, type EventClass, eventClasses, eventKinds } from '@forebear/model/event/event';
import { isWithinReach, type Nanos, nanos } from '@forebear/model/event/time';
import type { Derived } from '@forebear/model/graph/derived';
import { isOfEventsAlone } from '@forebear/model/query/scope';
import type { EventsAnswer } from '@forebear/model/wire/events';
import { formatCursor, type NumberedEvent, parseCursor } from '../../eventPage.ts';
import { type Buckets, HistogramTally } from '../../histogram.ts';
import type { EventQuery, TimeRange } from '../../ports.ts';
import { CardNumbers } from './cardNumbers.ts';
import type { CaseDb } from './caseDb.ts';
import { EventReader } from './eventReader.ts';
import type { Forests, PodName } from './forests.ts';
import { type EventRow, type EventWish, orderedEvents, placeOf } from './orderedEvents.ts';

/** A page looks at no more rows than this; it then ends early, with a cursor to go on. */
const maxLooked = 200_000;
/** Rows judged together, so that their details are read in few statements. */
const chunkRows = 512;
/** A page of records holds no more bytes' worth of events than this many. */
const recordsAtOnce = 200;

/** Which events a filter can keep, and what they are judged by. */
interface Judge extends Pick<EventWish, 'kinds' | 'processes' | 'nodes'> {
  /** For some rows; undefined: no filter asks. */
  readonly derivedOf: (rows: readonly EventRow[]) => Derived | undefined;
}

interface Found {
  readonly row: EventRow;
  readonly event: NumberedEvent;
}

/** Lists of events, as pages, records and counts. */
export class EventPages {
  readonly #db: CaseDb;
  readonly #forests: Forests;
  readonly #numbers: CardNumbers;

  constructor(db: CaseDb, forests: Forests) {
    this.#numbers = new CardNumbers(db, forests);
    this.#db = db;
    this.#forests = forests;
  }

  /** Undefined: the cursor is not ours. */
  page(query: EventQuery): Omit<EventsAnswer, 'completeness' | 'total'> | undefined {
    const order = query.order ?? 'asc';
    const found = this.#find(query, query.limit);
    if (found === undefined) return undefined;
    const derived = this.#forests.ofProcesses(
      keysOf(found.items.map(({ row }) => row)),
      query.lateLimitMs,
    );
    return {
      items: found.items.map(({ event }) => eventItem(derived, event)),
      nextCursor: found.next === undefined ? null : formatCursor(order, found.next),
    };
  }

  /** Numbers of the records of the events asked for, each once on this page. Undefined: a foreign cursor. */
  records(query: EventQuery): { records: number[]; nextCursor: string | undefined } | undefined {
    const found = this.#find(query, Math.min(query.limit, recordsAtOnce));
    if (found === undefined) return undefined;
    const records = new Set(found.items.map(({ row }) => Number(row.record)));
    const next = found.next;
    return {
      records: [...records],
      nextCursor: next === undefined ? undefined : formatCursor(query.order ?? 'asc', next),
    };
  }

  /** The record of an event; undefined: no such event. */
  recordOf(seq: number): number | undefined {
    const partition = this.#db.partitionOf(seq);
    if (partition === undefined) return undefined;
    if (!partition.isSealed) return this.#db.openRecordOf(seq);
    return this.#db.all<number>(
      `SELECT record FROM events_${partition.number} WHERE seq = ?`,
      [seq],
      'pluck',
    )[0];
  }

  /** Counts the events asked for into buckets; those that say the same as another count once. */
  tally(
    query: TimeRange & Pick<EventQuery, 'filter' | 'lateLimitMs'>,
    buckets: Buckets | undefined,
  ): HistogramTally {
    const tally = new HistogramTally(buckets);
    if (buckets === undefined) return tally;
    if (query.filter.kind === 'all') {
      this.#countAll(query, buckets, tally);
      return tally;
    }
    const { derivedOf, ...wanted } = this.#judgeOf(query);
    const wish = { ...rangeOf(query), order: 'asc' as const, ...wanted };
    const reader = this.#reader();
    for (const chunk of chunksOf(orderedEvents(this.#db, wish))) {
      const derived = derivedOf(chunk);
      for (const event of reader.views(chunk)) {
        if (event.sameAs || event.time === undefined || derived === undefined) continue;
        if (keepsEvent(query.filter, derived, event)) tally.add(classOf(event.kind), event.time);
      }
    }
    return tally;
  }

  #countAll(query: TimeRange, buckets: Buckets, tally: HistogramTally): void {
    const to = query.to ?? buckets.from + buckets.width * BigInt(buckets.count);
    // The last bucket may end behind the last time that SQLite holds.
    const last = isWithinReach(to) ? to - 1n : 2n ** 63n - 1n;
    const isDivisible = isWithinReach(buckets.width * BigInt(buckets.count));
    for (const { number } of this.#db.partitions) {
      if (isDivisible) this.#countBuckets(number, buckets, last, tally);
      else this.#countTimes(number, buckets.from, last, tally);
    }
  }

  #countBuckets(
    partition: number,
    { from, width }: Buckets,
    last: bigint,
    tally: HistogramTally,
  ): void {
    const rows = this.#db.all<{ kind: number; bucket: number; events: number }>(
      `SELECT kind, (time - ?) / ? AS bucket, count(*) AS events FROM events_${partition}
        WHERE time >= ? AND time <= ? AND same = 0 GROUP BY kind, bucket`,
      [from, width, from, last],
    );
    for (const { kind, bucket, events } of rows) tally.addAt(classOfNumber(kind), bucket, events);
  }

  /** Of a range so long that SQLite cannot tell how far apart its ends are. */
  #countTimes(partition: number, from: Nanos, last: bigint, tally: HistogramTally): void {
    const rows = this.#db.iterate<{ kind: bigint; time: bigint }>(
      `SELECT kind, time FROM events_${partition} WHERE time >= ? AND time <= ? AND same = 0`,
      [from, last],
      'safe',
    );
    for (const { kind, time } of rows) tally.add(classOfNumber(Number(kind)), nanos(time));
  }

  #find(
    query: EventQuery,
    limit: number,
  ):
    | { items: Found[]; next: { time: NumberedEvent['time']; seq: number } | undefined }
    | undefined {
    const order = query.order ?? 'asc';
    const after = query.cursor === undefined ? undefined : parseCursor(order, query.cursor);
    if (query.cursor !== undefined && after === undefined) return undefined;
    const { derivedOf, kinds, processes, nodes } = this.#judgeOf(query);
    const card =
      query.process === undefined
        ? undefined
        : this.#forests.ofRef(query.process, query.lateLimitMs);
    const wish: EventWish = {
      ...rangeOf(query),
      order,
      ...(after === undefined ? {} : { after }),
      kinds: narrowed(query.kinds?.map(kindNumber), kinds),
      processes: narrowed(this.#processesOf(query, card), processes),
      nodes,
      ...(query.filter.kind === 'all' ? { expected: limit + 1 } : {}),
    };
    const reader = this.#reader();
    const items: Found[] = [];
    let looked = 0;
    let last: EventRow | undefined;
    for (const chunk of chunksOf(orderedEvents(this.#db, wish), wish.expected)) {
      const events = reader.views(chunk);
      const derived = derivedOf(chunk);
      for (const [index, row] of chunk.entries()) {
        const event = events[index];
        if (event === undefined || !isAsked(query, event, derived, card)) continue;
        if (items.length === limit) {
          const end = items.at(-1);
          return { items, next: end === undefined ? undefined : placeOf(end.row) };
        }
        items.push({ row, event });
      }
      looked += chunk.length;
      last = chunk.at(-1);
      if (looked >= maxLooked && last !== undefined) return { items, next: placeOf(last) };
    }
    return { items, next: undefined };
  }

  /**
   * Which events can be meant, and what they are judged by. Of one pod that is its own part of the facts. Otherwise names of
   * connections are known of the whole case; everything else that a filter can ask for stands on the cards of the rows' own
   * processes, or in the records.
   */
  #judgeOf({ filter, lateLimitMs }: Pick<EventQuery, 'filter' | 'lateLimitMs'>): Judge {
    const { keys, ...wanted } = this.#forests.candidates.of(this.#db, filter);
    const { kinds, nodes } = wanted;
    const by = (derivedOf: Judge['derivedOf'], processes = keys): Judge => ({
      derivedOf,
      kinds,
      nodes,
      processes,
    });
    if (filter.kind === 'all') return by(() => undefined);
    if (isOfEventsAlone(filter)) {
      const nobody = this.#forests.ofProcesses([], lateLimitMs);
      return by(() => nobody);
    }
    const pods = this.#forests.onlyPodOf(filter);
    if (pods !== undefined) {
      const [pod] = pods;
      if (pod === undefined) return by(() => undefined, []);
      const derived = this.#forests.ofPod(pod, lateLimitMs);
      return by(() => derived, narrowed(this.#spread(derived, keys), this.#keysIn(derived, pod)));
    }
    if (wanted.needsLeaves || this.#forests.units === undefined) {
      const whole = this.#forests.whole(lateLimitMs);
      return by(() => whole, this.#spread(whole, keys));
    }
    return by((rows) => this.#forests.ofProcesses(keysOf(rows), lateLimitMs));
  }

  /** Where several agents name a process, what one of them says of it is true of what the others say it did. */
  #spread(derived: Derived, keys: readonly number[] | undefined): readonly number[] | undefined {
    return keys === undefined ? undefined : this.#numbers.withTheirCards(derived, keys);
  }

  /** The process numbers of all that is in the pods of a name, and of what happened to them and to no process that is known. */
  #keysIn(derived: Derived, { namespace, pod }: PodName): number[] {
    const cards: number[] = [];
    for (const [card, process] of derived.processes.entries()) {
      const name = podNameOf(derived, process);
      if (name?.namespace === namespace && name.name === pod) cards.push(card);
    }
    const places = new Set<number>();
    for (const [index, { fact }] of derived.pods.entries())
      if (fact.namespace === namespace && fact.name === pod) places.add(index);
    return [...this.#numbers.of(derived, cards), ...this.#numbers.ofPods(derived, places)];
  }

  /** The process numbers that a question can only be about. */
  #processesOf(query: EventQuery, derived: Derived | undefined): readonly number[] | undefined {
    if (query.process === undefined || derived === undefined) return undefined;
    const card = derived.processes.findIndex(({ ref }) => ref === query.process);
    return this.#numbers.of(derived, card < 0 ? [] : [card]);
  }

  #reader(): EventReader {
    return new EventReader(this.#db, this.#forests.keyText);
  }
}

/** `derived` knows every leaf (absent: no filter needs it), `owner` the process that is asked for. */
function isAsked(
  query: EventQuery,
  event: NumberedEvent,
  derived: Derived | undefined,
  owner: Derived | undefined,
): boolean {
  if (owner !== undefined && ownerOf(owner, event)?.process.ref !== query.process) return false;
  return derived === undefined || keepsEvent(query.filter, derived, event);
}

/** The process numbers of some rows, each once. */
function keysOf(rows: readonly EventRow[]): number[] {
  const keys = new Set<number>();
  for (const { process } of rows) if (process !== null) keys.add(Number(process));
  return [...keys];
}

/** What is asked for of what can be meant; undefined: everything. */
function narrowed(
  asked: readonly number[] | undefined,
  meant: readonly number[] | undefined,
): readonly number[] | undefined {
  if (asked === undefined || meant === undefined) return asked ?? meant;
  const isMeant = new Set(meant);
  return asked.filter((value) => isMeant.has(value));
}

function rangeOf({ from, to }: TimeRange): TimeRange {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The number of a kind; one that no event has for a word we do not know. */
function kindNumber(kind: string): number {
  return eventKinds.findIndex((known) => known === kind);
}

const classNumbers: readonly EventClass[] = eventKinds.map(classOf);

function classOfNumber(kind: number): EventClass {
  return classNumbers[kind] ?? eventClasses[4];
}

function* chunksOf(rows: Iterable<EventRow>, size = chunkRows): Iterable<EventRow[]> {
  let chunk: EventRow[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
