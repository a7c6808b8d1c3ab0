import { alertItem } from '@forebear/model/answer/alertItem';
import { keepsEvent } from '@forebear/model/answer/eventSubject';
import { dialectOf } from '@forebear/model/event/dialects';
import { splitLines } from '@forebear/model/event/rowLists';
import { severityAt, severityNumber } from '@forebear/model/event/severity';
import { nanos } from '@forebear/model/event/time';
import type { Derived } from '@forebear/model/graph/derived';
import type { Filter } from '@forebear/model/query/filter';
import { matches } from '@forebear/model/query/matches';
import { alertSubject, type SeenAlert } from '@forebear/model/query/subject';
import type { AlertsAnswer } from '@forebear/model/wire/alerts';
import {
  type AlertOrder,
  type AlertPlace,
  asksForest,
  compareAlertPlaces,
  filterOfAlert,
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
  /** The smallest number of a severity; null: there are none. */
  readonly gravest: number | null;
}

/** What forests judged of all alerts for one question, until the facts change. */
interface Judged {
  readonly facts: string;
  readonly question: string;
  readonly rows: readonly LightRow[];
}

/** Alerts of a judged list that are kept for its next page. */
const maxKept = 200_000;

/** Lists of alerts. */
export class AlertPages {
  readonly #db: CaseDb;
  readonly #forests: Forests;
  #lastJudged: Judged | undefined;

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
    const { rows, total, hasMore, gravest } = found;
    const last = rows.at(-1);
    return {
      items: rows.length === 0 ? [] : this.#itemsOf(rows, this.#derived(query)),
      nextCursor: hasMore && last !== undefined ? formatAlertCursor(order, placeOf(last)) : null,
      total,
      gravest: gravest === null ? null : severityAt(gravest),
    };
  }

  /** A page of which the database decides all. */
  #stored(
    { limit }: AlertQuery,
    { sql, values }: Condition,
    order: AlertOrder,
    after: AlertPlace | undefined,
  ): Found {
    const [all] = this.#db.all<{ readonly total: number; readonly gravest: number | null }>(
      `SELECT count(*) AS total, min(severity) AS gravest FROM alerts WHERE ${sql}`,
      values,
    );
    const behind = after === undefined ? undefined : behindOf(order, after);
    const rows = this.#db.all<LightRow>(
      `${selectLight} WHERE ${sql}${behind === undefined ? '' : ` AND ${behind.sql}`} ORDER BY ${orders[order]} LIMIT ?`,
      [...values, ...(behind?.values ?? []), limit + 1],
    );
    return {
      rows: rows.slice(0, limit),
      total: all?.total ?? 0,
      hasMore: rows.length > limit,
      gravest: all?.gravest ?? null,
    };
  }

  /** A page of which forests decide: every alert is looked at, once for all pages. */
  #judged(
    query: AlertQuery,
    condition: Condition,
    order: AlertOrder,
    after: AlertPlace | undefined,
  ): Found {
    const all = this.#allJudged(query, condition, order);
    const isBehind = (row: LightRow) =>
      after === undefined || compareAlertPlaces(order, placeOf(row), after) > 0;
    const from = all.findIndex(isBehind);
    const rows = from < 0 ? [] : all.slice(from, from + query.limit);
    let gravest: number | null = null;
    for (const { severity } of all) gravest = Math.min(gravest ?? severity, severity);
    return {
      rows,
      total: all.length,
      hasMore: from >= 0 && from + rows.length < all.length,
      gravest,
    };
  }

  #allJudged(
    query: AlertQuery,
    { sql, values }: Condition,
    order: AlertOrder,
  ): readonly LightRow[] {
    const { facts } = this.#forests;
    const question = questionText(query, order);
    const last = this.#lastJudged;
    if (last?.facts === facts && last.question === question) return last.rows;
    const rows: LightRow[] = [];
    const all = this.#db.all<LightRow>(
      `${selectLight} WHERE ${sql} ORDER BY ${orders[order]}`,
      values,
    );
    for (let from = 0; from < all.length; from += chunkRows)
      for (const row of this.#kept(query, all.slice(from, from + chunkRows))) rows.push(row);
    this.#lastJudged = rows.length > maxKept ? undefined : { facts, question, rows };
    return rows;
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

  #conditionOf({ filter, severities, sources, rule, tag, from, to }: AlertQuery): Condition {
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
    const ofAlert = filterOfAlert(filter);
    if (ofAlert.kind !== 'all') {
      parts.push(`(label, rule, severity, tags) IN (${selectSayings})`);
      values.push(JSON.stringify(this.#sayingsOf(ofAlert)));
    }
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

  /** What rules say that a filter keeps, as ids and numbers: there is far less of it than alerts. */
  #sayingsOf(filter: Filter): (readonly number[])[] {
    const all = this.#db.all<Saying>('SELECT DISTINCT label, rule, severity, tags FROM alerts', []);
    return all.flatMap(({ label, rule, severity, tags }) => {
      const alert: SeenAlert = {
        rule: this.#db.text(rule),
        severity: severityAt(severity),
        tags: splitLines(this.#db.text(tags)),
        source: dialectOf(this.#db.text(label)),
      };
      return matches(filter, alertSubject(alert)) ? [[label, rule, severity, tags]] : [];
    });
  }

  /** The ids of a column's texts that are wanted: there are few different ones. */
  #textsOf(column: 'label' | 'tags', isWanted: (text: string) => boolean): number[] {
    const ids = this.#db.all<number>(`SELECT DISTINCT ${column} FROM alerts`, [], 'pluck');
    return ids.filter((id) => isWanted(this.#db.text(id)));
  }
}

interface Saying {
  readonly label: number;
  readonly rule: number;
  readonly severity: number;
  readonly tags: number;
}

const selectSayings =
  "SELECT value ->> '$[0]', value ->> '$[1]', value ->> '$[2]', value ->> '$[3]' FROM json_each(?)";

/** What makes two questions ask for the same list, whatever their page. */
function questionText(
  { cursor: _cursor, limit: _limit, ...query }: AlertQuery,
  order: AlertOrder,
): string {
  return JSON.stringify({ ...query, order }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
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
