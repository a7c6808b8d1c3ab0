import { eventKinds } from '@forebear/model/event/event';
import type {
  AlertFact,
  ExitFact,
  FlowFact,
  LookupFact,
  SocketFact,
} from '@forebear/model/event/facts';
import { eventIdOf, type NumberedEvent } from '../../eventPage.ts';
import type { CaseDb } from './caseDb.ts';
import {
  DetailReader,
  detailSelects,
  type ExitRow,
  type LookupRow,
  type SocketRow,
} from './detailFacts.ts';
import {
  type AlertRow,
  type FlowRow,
  JudgementReader,
  selectJudgements,
} from './judgementFacts.ts';
import { type EventRow, placeOf } from './orderedEvents.ts';

interface Judgements {
  readonly alerts: ReadonlyMap<number, AlertFact>;
  readonly flows: ReadonlyMap<number, FlowFact>;
}

const noJudgements: Judgements = { alerts: new Map(), flows: new Map() };

/** Reads rows of events as the answers want them, with what their kinds carry. */
export class EventReader {
  readonly #db: CaseDb;
  readonly #keyOf: (key: number) => string;
  readonly #details: DetailReader;
  readonly #judgements: JudgementReader;
  readonly #holdsOthers: boolean;
  readonly #sources = new Map<number, string>();

  constructor(db: CaseDb, keyOf: (key: number) => string) {
    this.#db = db;
    this.#keyOf = keyOf;
    this.#details = new DetailReader(db, keyOf);
    this.#judgements = new JudgementReader(db, keyOf);
    this.#holdsOthers = db.holdsOthers();
    for (const { id, uuid } of db.all<{ id: number; uuid: string }>('SELECT id, uuid FROM sources'))
      this.#sources.set(id, uuid);
  }

  /** The events of some rows, in their order. */
  views(rows: readonly EventRow[]): NumberedEvent[] {
    const seqs = rows.map(({ seq }) => Number(seq));
    const sockets = new Map<number, SocketFact>();
    for (const row of this.#rowsOf<SocketRow>('sockets', seqs))
      sockets.set(row.seq, this.#details.socket(row));
    const lookups = new Map<number, LookupFact>();
    for (const row of this.#rowsOf<LookupRow>('lookups', seqs))
      lookups.set(row.seq, this.#details.lookup(row));
    const exits = new Map<number, ExitFact>();
    for (const row of this.#rowsOf<ExitRow>('exits', seqs))
      exits.set(row.seq, this.#details.exit(row));
    const { alerts, flows } = this.#judgementsOf(seqs);
    return rows.map((row) => {
      const { time, seq } = placeOf(row);
      return {
        seq,
        id: eventIdOf(seq),
        kind: eventKinds[Number(row.kind)] ?? 'other',
        label: this.#db.text(Number(row.label)),
        time,
        node: this.#db.text(Number(row.node)),
        process: row.process === null ? '' : this.#keyOf(Number(row.process)),
        subject: this.#db.text(Number(row.subject)),
        source: this.#sources.get(Number(row.source)) ?? '',
        sameAs: row.same !== 0n,
        socket: sockets.get(seq),
        lookup: lookups.get(seq),
        exit: exits.get(seq),
        flow: flows.get(seq),
        alert: alerts.get(seq),
      };
    });
  }

  /** What flows and alerts tell of events: only cases with other agents than Tetragon have any. */
  #judgementsOf(seqs: readonly number[]): Judgements {
    if (!this.#holdsOthers) return noJudgements;
    const alerts = new Map<number, AlertFact>();
    for (const row of this.#db.allIn<AlertRow>(
      `${selectJudgements('alerts')} WHERE seq IN {in}`,
      seqs,
    ))
      alerts.set(row.seq, this.#judgements.alert(row));
    const flows = new Map<number, FlowFact>();
    for (const row of this.#db.allIn<FlowRow>(
      `${selectJudgements('flows')} WHERE seq IN {in}`,
      seqs,
    ))
      flows.set(row.seq, this.#judgements.flow(row));
    return { alerts, flows };
  }

  /** Detail rows of events, asked only of the partitions that hold them. */
  #rowsOf<Row>(table: keyof typeof detailSelects, seqs: readonly number[]): Iterable<Row> {
    return this.#db.eachOf<Row>(
      table,
      detailSelects[table].replace('{where}', 'd.seq IN {in}'),
      seqs,
    );
  }
}
