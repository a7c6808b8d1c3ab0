import { alertItem } from '@forebear/model/answer/alertItem';
import { keepsEvent } from '@forebear/model/answer/eventSubject';
import { dialectOf } from '@forebear/model/event/dialects';
import { severityNumber } from '@forebear/model/event/severity';
import { nanos } from '@forebear/model/event/time';
import type { Derived } from '@forebear/model/graph/derived';
import type { AlertsAnswer } from '@forebear/model/wire/alerts';
import {
  type AlertOrder,
  type AlertPlace,
  asksForest,
  compareAlertPlaces,
  formatAlertCursor,
  isInPlace,
  parseAlertCursor,
} from '../../alertPage.ts';
import { eventIdOf, type NumberedEvent } from '../../eventPage.ts';
import type { AlertQuery } from '../../ports.ts';
import type { CaseDb } from './caseDb.ts';
import { EventReader } from './eventReader.ts';
import type { Forests } from './forests.ts';
import { type AlertRow, JudgementReader, selectJudgements } from './judgementFacts.ts';
import type { EventRow } from './orderedEvents.ts';

/** Rows judged together, so that their events are read in few statements. */
const chunkRows = 512;

/** An alert as far as its place in a list and its owner need it. */
interface LightRow {
  readonly seq: number;
  readonly severity: number;
  readonly time: string | null;
  readonly process: number | null;
  readonly node: number;
  readonly cluster: number;
}

/** What the database can tell of a question. */
interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

interface Found {
  readonly rows: readonly LightRow[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Lists of alerts. */
export class AlertPages {
  readonly #db: CaseDb;
  readonly #forests: Forests;

  constructor(db: CaseDb, forests: Forests) {
    this.#db = db;
    this.#forests = forests;
  }

  /** Undefined: the cursor is not ours. */
  page(query: AlertQuery): Omit<AlertsAnswer, 'completeness'> | undefined {
    const order = query.order ?? 'severity';
    const { cursor } = query;
    const after = cursor === undefined ? undefined : parseAlertCursor(order, cursor);
    if (cursor !== undefined && after === undefined) return undefined;
    const condition = this.#conditionOf(query);
    const found = asksForest(query)
      ? this.#judged(query, condition, order, after)
      : this.#stored(query, condition, order, after);
    const { rows, total, hasMore } = found;
    const last = rows.at(-1);
    return {
      items: rows.length === 0 ? [] : this.#itemsOf(rows, this.#derived(query)),
      nextCursor: hasMore && last !== undefined ? formatAlertCursor(order, placeOf(last)) : null,
      total,
    };
  }

  /** A page of which the database decides all. */
  #stored(
    { limit }: AlertQuery,
    { sql, values }: Condition,
    order: AlertOrder,
    after: AlertPlace | undefined,
  ): Found {
    const [total] = this.#db.all<number>(
      `SELECT count(*) FROM alerts WHERE ${sql}`,
      values,
      'pluck',
    );
    const behind = after === undefined ? undefined : behindOf(order, after);
    const rows = this.#db.all<LightRow>(
      `${selectLight} WHERE ${sql}${behind === undefined ? '' : ` AND ${behind.sql}`} ORDER BY ${orders[order]} LIMIT ?`,
      [...values, ...(behind?.values ?? []), limit + 1],
    );
    return { rows: rows.slice(0, limit), total: total ?? 0, hasMore: rows.length > limit };
  }

  /** A page of which forests decide: every alert is looked at. */
  #judged(
    query: AlertQuery,
    { sql, values }: Condition,
    order: AlertOrder,
    after: AlertPlace | undefined,
  ): Found {
    const rows: LightRow[] = [];
    let total = 0;
    let hasMore = false;
    const all = this.#db.all<LightRow>(
      `${selectLight} WHERE ${sql} ORDER BY ${orders[order]}`,
      values,
    );
    for (let from = 0; from < all.length; from += chunkRows) {
      for (const row of this.#kept(query, all.slice(from, from + chunkRows))) {
        total += 1;
        if (after !== undefined && compareAlertPlaces(order, placeOf(row), after) <= 0) continue;
        if (rows.length < query.limit) rows.push(row);
        else hasMore = true;
      }
    }
    return { rows, total, hasMore };
  }

  /** Those of some alerts that a forest keeps. */
  #kept(query: AlertQuery, rows: readonly LightRow[]): LightRow[] {
    const derived = this.#derived(query);
    const own = rows.filter((row) => {
      const { time } = placeOf(row);
      const process = row.process === null ? '' : this.#forests.keyText(row.process);
      const place = { node: this.#db.text(row.node), cluster: this.#db.text(row.cluster) };
      return isInPlace(derived, query, { ...place, process, time });
    });
    if (query.filter.kind === 'all') return own;
    const events = this.#eventsOf(own);
    return own.filter(({ seq }) => {
      const event = events.get(seq);
      return event !== undefined && keepsEvent(query.filter, derived, event);
    });
  }

  #eventsOf(rows: readonly LightRow[]): Map<number, NumberedEvent> {
    const reader = new EventReader(this.#db, this.#forests.keyText);
    const seqs = rows.map(({ seq }) => seq);
    const select = 'SELECT * FROM {table} WHERE seq IN {in}';
    const events = [...this.#db.eachOf<EventRow>('events', select, seqs, 'safe')];
    return new Map(reader.views(events).map((event) => [event.seq, event]));
  }

  #itemsOf(rows: readonly LightRow[], derived: Derived): AlertsAnswer['items'] {
    const reader = new JudgementReader(this.#db, this.#forests.keyText);
    const seqs = rows.map(({ seq }) => seq);
    const whole = new Map<number, AlertRow>();
    const select = `${selectJudgements('alerts')} WHERE seq IN {in}`;
    for (const row of this.#db.allIn<AlertRow>(select, seqs)) whole.set(row.seq, row);
    return seqs.flatMap((seq) => {
      const row = whole.get(seq);
      return row === undefined ? [] : [alertItem(derived, eventIdOf(seq), reader.alert(row))];
    });
  }

  /** A case with alerts is derived whole, whatever its size. */
  #derived({ lateLimitMs }: AlertQuery): Derived {
    return this.#forests.whole(lateLimitMs);
  }

  #conditionOf({ severities, sources, rule, tag, from, to }: AlertQuery): Condition {
    const parts: string[] = ['same = 0'];
    const values: unknown[] = [];
    const isOneOf = (column: string, list: readonly number[]): void => {
      parts.push(`${column} IN (SELECT value FROM json_each(?))`);
      values.push(JSON.stringify(list));
    };
    if (severities !== undefined) isOneOf('severity', severities.map(severityNumber));
    if (sources !== undefined) {
      const asked = new Set(sources);
      isOneOf(
        'label',
        this.#textsOf('label', (label) => asked.has(dialectOf(label))),
      );
    }
    if (rule !== undefined) isOneOf('rule', [this.#db.idOfText(rule) ?? -1]);
    if (tag !== undefined)
      isOneOf(
        'tags',
        this.#textsOf('tags', (tags) => tags.split('\n').includes(tag)),
      );
    if (from !== undefined) {
      parts.push('time >= ?');
      values.push(from);
    }
    if (to !== undefined) {
      parts.push('time < ?');
      values.push(to);
    }
    return { sql: parts.join(' AND '), values };
  }

  /** The ids of a column's texts that are wanted: there are few different ones. */
  #textsOf(column: 'label' | 'tags', isWanted: (text: string) => boolean): number[] {
    const ids = this.#db.all<number>(`SELECT DISTINCT ${column} FROM alerts`, [], 'pluck');
    return ids.filter((id) => isWanted(this.#db.text(id)));
  }
}

const selectLight =
  'SELECT seq, severity, CAST(time AS TEXT) AS time, process, node, cluster FROM alerts';

const byTime = 'alerts.time IS NULL, alerts.time, seq';
const orders: Readonly<Record<AlertOrder, string>> = {
  severity: `severity, ${byTime}`,
  time: byTime,
};

/** What comes behind a place. */
function behindOf(order: AlertOrder, { severity, time, seq }: AlertPlace): Condition {
  const later = '(time IS NULL, coalesce(time, 0), seq) > (?, ?, ?)';
  const values = [time === undefined ? 1 : 0, time ?? 0, seq];
  if (order === 'time') return { sql: later, values };
  return {
    sql: `(severity > ? OR (severity = ? AND ${later}))`,
    values: [severity, severity, ...values],
  };
}

function placeOf({ severity, time, seq }: LightRow): AlertPlace {
  return { severity, time: time === null ? undefined : nanos(BigInt(time)), seq };
}
