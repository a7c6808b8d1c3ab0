import { DetailRows } from './detailRows.ts';
import type { EmittedSightings } from './emittedSightings.ts';
import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type EventColumns, type FactBatch, recordOutcome } from './factBatch.ts';
import { type BuiltRecord, RecordRows } from './recordRows.ts';
import { columnLists, Int64List, StringTable, time64 } from './rowLists.ts';
import { senseOf } from './sense.ts';
import type { Sighting } from './sighting.ts';
import { SightingRows } from './sightingRows.ts';

const kindNumbers = new Map<EventKind, number>(eventKinds.map((kind, index) => [kind, index]));

/**
 * Packs decoded records into a `FactBatch`. `cluster` is the source's own, used where the log names none. `emitted`, when
 * given, lives as long as the stream and leaves out sightings that an earlier batch or record already holds.
 * Order of calls: one of `addDecoded`, `addRejected` per record, `addBlank` per empty line; `finish` once.
 */
export class FactBatchBuilder {
  readonly #cluster: string;
  readonly #emitted: EmittedSightings | undefined;
  readonly #strings = new StringTable();
  readonly #records: RecordRows;
  readonly #sightings = new SightingRows(this.#strings);
  readonly #details = new DetailRows(this.#strings);
  readonly #events = columnLists(
    'record',
    'kind',
    'label',
    'cluster',
    'node',
    'process',
    'subject',
  );
  readonly #eventTime = new Int64List();
  readonly #eventSense = new Int64List();
  #blank = 0;

  /** `rawBytes`: how many bytes of records to expect, to reserve them at once. */
  constructor(cluster: string, emitted?: EmittedSightings, rawBytes = 0) {
    this.#cluster = cluster;
    this.#emitted = emitted;
    this.#records = new RecordRows(this.#strings, rawBytes);
  }

  /** Records taken so far, blanks not counted. */
  get recordCount(): number {
    return this.#records.count;
  }

  /** Bytes of raw records taken so far. */
  get rawBytes(): number {
    return this.#records.rawBytes;
  }

  /** Empty lines taken so far. */
  get blankCount(): number {
    return this.#blank;
  }

  addBlank(): void {
    this.#blank += 1;
  }

  /** Takes a record that could not be understood, or is known noise. */
  addRejected(
    record: BuiltRecord,
    outcome: 'quarantined' | 'skipped' | 'continued',
    reason: string,
  ): void {
    this.#records.add(record, recordOutcome[outcome], reason);
  }

  /** Takes a record and the events in it (an empty list: a record that says nothing, still stored). */
  addDecoded(record: BuiltRecord, events: readonly ProcessEvent[]): void {
    const row = this.#records.add(record, recordOutcome.decoded, '');
    for (const event of events) this.#addEvent(row, event);
  }

  /** Hands out the batch; the builder must not be used after. */
  finish(): FactBatch {
    return {
      ...this.#records.finish(),
      events: this.#eventColumns(),
      ...this.#sightings.finish(),
      ...this.#details.finish(),
      blank: this.#blank,
      strings: this.#strings.list(),
    };
  }

  #eventColumns(): EventColumns {
    const columns = this.#events;
    return {
      count: this.#eventTime.length,
      record: new Uint32Array(columns.record),
      kind: new Uint8Array(columns.kind),
      label: new Uint32Array(columns.label),
      time: this.#eventTime.finish(),
      cluster: new Uint32Array(columns.cluster),
      node: new Uint32Array(columns.node),
      process: new Uint32Array(columns.process),
      subject: new Uint32Array(columns.subject),
      sense: new BigUint64Array(this.#eventSense.finish().buffer),
    };
  }

  #addEvent(record: number, event: ProcessEvent): void {
    const columns = this.#events;
    const strings = this.#strings;
    const clusterName = event.cluster ?? this.#cluster;
    const cluster = strings.indexOf(clusterName);
    const node = strings.indexOf(event.node);
    const add = (sighting: Sighting | undefined): void => {
      if (sighting === undefined) return;
      const emitted = this.#emitted;
      const fresh =
        emitted === undefined ? sighting : emitted.newPartOf(sighting, event.node, clusterName);
      if (fresh !== undefined) this.#sightings.add(record, node, cluster, fresh);
    };
    columns.record.push(record);
    columns.kind.push(kindNumbers.get(event.kind) ?? 0);
    columns.label.push(strings.indexOf(event.label));
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.process.push(strings.indexOf(event.process?.id));
    columns.subject.push(strings.indexOf(event.subject));
    this.#eventTime.push(time64(event.time));
    this.#eventSense.push(senseOf(event));
    add(event.process);
    add(event.parent);
    for (const ancestor of event.ancestors) add(ancestor);
    this.#details.add(this.#eventTime.length - 1, event);
  }
}
