import { nanos } from '@forebear/model/event/time';
import { comparePlaces, type EventPlace } from '../../eventPage.ts';
import type { TimeRange } from '../../ports.ts';
import type { CaseDb, PartitionRow } from './caseDb.ts';

/** A row of `events_N`, as far as lists need it; read with safe integers. */
export interface EventRow {
  readonly seq: bigint;
  readonly record: bigint;
  readonly source: bigint;
  readonly kind: bigint;
  readonly label: bigint;
  readonly time: bigint | null;
  readonly node: bigint;
  readonly process: bigint | null;
  readonly subject: bigint;
  readonly same: bigint;
}

/** Which events are wanted, as far as the database can tell. */
export interface EventWish extends TimeRange {
  readonly order: 'asc' | 'desc';
  /** Begin behind this place. */
  readonly after?: EventPlace;
  /** Numbers of kinds; absent: all. */
  readonly kinds?: readonly number[] | undefined;
  /** Process numbers; absent: all. */
  readonly processes?: readonly number[] | undefined;
  /** Numbers of the texts of nodes' names; absent: all. */
  readonly nodes?: readonly number[] | undefined;
  /** About how many rows will be read. */
  readonly expected?: number;
}

const columns = 'seq, record, source, kind, label, time, node, process, subject, same';
/** Rows fetched of a partition at a time; doubles up to the larger one. */
const firstChunk = 256;
const lastChunk = 8_192;

/** Events in the order of lists, merged from the partitions; reads no further ahead than a chunk of each. */
export function* orderedEvents(db: CaseDb, wish: EventWish): Iterable<EventRow> {
  if (wish.after === undefined || wish.after.time !== undefined) yield* timedEvents(db, wish);
  if (wish.from === undefined && wish.to === undefined) yield* untimedEvents(db, wish);
}

/** The place of a row in the order. */
export function placeOf(row: EventRow): EventPlace {
  return { time: row.time === null ? undefined : nanos(row.time), seq: Number(row.seq) };
}

function* timedEvents(db: CaseDb, wish: EventWish): Iterable<EventRow> {
  const streams = db.partitions
    .filter((partition) => mayHold(partition, wish))
    .map((partition) => new PartitionStream(db, partition, wish));
  const open = streams.filter((stream) => stream.head !== undefined);
  while (open.length > 0) {
    let best = open[0];
    for (const stream of open) {
      if (best?.head === undefined || stream.head === undefined) continue;
      if (comparePlaces(wish.order, placeOf(stream.head), placeOf(best.head)) < 0) best = stream;
    }
    if (best?.head === undefined) return;
    yield best.head;
    best.next();
    if (best.head === undefined) open.splice(open.indexOf(best), 1);
  }
}

function mayHold(partition: PartitionRow, wish: EventWish): boolean {
  if (!partition.isSealed) return true;
  const { firstTime, lastTime } = partition;
  if (firstTime === undefined || lastTime === undefined) return false;
  const { from, to } = boundsOf(wish);
  return (from === undefined || lastTime >= from) && (to === undefined || firstTime <= to);
}

/** The times between which rows can lie, both included: the range, narrowed by the cursor. */
function boundsOf({ from, to, after, order }: EventWish): {
  from: bigint | undefined;
  to: bigint | undefined;
} {
  const time = after?.time;
  let low: bigint | undefined = from;
  let high: bigint | undefined = to === undefined ? undefined : to - 1n;
  if (time !== undefined && order === 'asc' && (low === undefined || time > low)) low = time;
  if (time !== undefined && order === 'desc' && (high === undefined || time < high)) high = time;
  return { from: low, to: high };
}

/** The timed events of one partition, a chunk at a time. */
class PartitionStream {
  readonly #db: CaseDb;
  readonly #partition: PartitionRow;
  readonly #wish: EventWish;
  #rows: EventRow[] = [];
  #at = 0;
  #chunk: number;
  #isDone = false;
  #after: EventPlace | undefined;

  constructor(db: CaseDb, partition: PartitionRow, wish: EventWish) {
    this.#db = db;
    this.#partition = partition;
    this.#wish = wish;
    this.#after = wish.after;
    this.#chunk = Math.max(8, Math.min(firstChunk, wish.expected ?? firstChunk));
    this.#fill();
  }

  get head(): EventRow | undefined {
    return this.#rows[this.#at];
  }

  next(): void {
    this.#at += 1;
    if (this.#at < this.#rows.length || this.#isDone) return;
    const last = this.#rows.at(-1);
    if (last !== undefined) this.#after = placeOf(last);
    this.#fill();
  }

  #fill(): void {
    const { order } = this.#wish;
    const { sql, values } = conditionOf(this.#wish);
    const bounds = boundsOf({
      ...this.#wish,
      ...(this.#after === undefined ? {} : { after: this.#after }),
    });
    const where = ['time IS NOT NULL', ...sql];
    const bound: unknown[] = [...values];
    if (bounds.from !== undefined) {
      where.push('time >= ?');
      bound.push(bounds.from);
    }
    if (bounds.to !== undefined) {
      where.push('time <= ?');
      bound.push(bounds.to);
    }
    const sign = order === 'asc' ? '>' : '<';
    if (this.#after?.time !== undefined) {
      where.push(`(time, seq) ${sign} (?, ?)`);
      bound.push(this.#after.time, this.#after.seq);
    }
    const way = order === 'asc' ? 'ASC' : 'DESC';
    this.#rows = this.#db.all<EventRow>(
      `SELECT ${columns} FROM events_${this.#partition.number} WHERE ${where.join(' AND ')} ORDER BY time ${way}, seq ${way} LIMIT ?`,
      [...bound, this.#chunk],
      'safe',
    );
    this.#at = 0;
    this.#isDone = this.#rows.length < this.#chunk;
    this.#chunk = Math.min(lastChunk, this.#chunk * 2);
  }
}

/** Events without a time, as the log had them, in both orders. */
function* untimedEvents(db: CaseDb, wish: EventWish): Iterable<EventRow> {
  const { sql, values } = conditionOf(wish);
  const isBehind = wish.after !== undefined && wish.after.time === undefined;
  for (const { number } of db.partitions) {
    let last = isBehind ? (wish.after?.seq ?? 0) : 0;
    for (;;) {
      const rows = db.all<EventRow>(
        `SELECT ${columns} FROM events_${number} WHERE ${['time IS NULL', 'seq > ?', ...sql].join(' AND ')} ORDER BY seq LIMIT ?`,
        [last, ...values, lastChunk],
        'safe',
      );
      yield* rows;
      if (rows.length < lastChunk) break;
      last = Number(rows.at(-1)?.seq ?? 0n);
    }
  }
}

function conditionOf({ kinds, processes, nodes }: EventWish): { sql: string[]; values: unknown[] } {
  const sql: string[] = [];
  const values: unknown[] = [];
  if (kinds !== undefined) {
    sql.push(`kind IN (${kinds.map(() => '?').join(',')})`);
    values.push(...kinds);
  }
  if (processes !== undefined) {
    sql.push('process IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(processes));
  }
  if (nodes !== undefined) {
    sql.push('node IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(nodes));
  }
  return { sql, values };
}
