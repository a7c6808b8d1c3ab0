import { DetailRows } from './detailRows.ts';
import type { EmittedSightings } from './emittedSightings.ts';
import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type EventColumns, type FactBatch, recordOutcome } from './factBatch.ts';
import type { EventNotes, PackNotes } from './packNotes.ts';
import { type BuiltRecord, RecordRows } from './recordRows.ts';
import { columnLists, Int64List, StringTable, time64 } from './rowLists.ts';
import { SenseColumn, seedOf } from './sense.ts';
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
  /** Among the batches of the stream, from 1. */
  readonly #number: number;
  readonly #strings = new StringTable();
  readonly #records: RecordRows;
  readonly #sightings = new SightingRows(this.#strings);
  readonly #details = new DetailRows(this.#strings);
  readonly #events = columnLists({
    record: Uint32Array,
    kind: Uint8Array,
    label: Uint32Array,
    cluster: Uint32Array,
    node: Uint32Array,
    process: Uint32Array,
    subject: Uint32Array,
  });
  readonly #eventTime = new Int64List();
  readonly #eventSense = new SenseColumn();
  #blank = 0;

  /**
   * `start`: the place of the batch's first byte among the records of the stream. `keptBytes`: how many bytes of records to
   * expect, to reserve them at once.
   */
  constructor(cluster: string, emitted?: EmittedSightings, start = 0, keptBytes = 0) {
    this.#cluster = cluster;
    this.#emitted = emitted;
    this.#number = emitted?.beginBatch() ?? 1;
    this.#records = new RecordRows(this.#strings, start, keptBytes);
  }

  /** Records taken so far, blanks not counted. */
  get recordCount(): number {
    return this.#records.count;
  }

  /** Bytes of records taken so far. */
  get rawBytes(): number {
    return this.#records.rawBytes;
  }

  /** Bytes kept of them: what repeats is referred to. */
  get keptBytes(): number {
    return this.#records.keptBytes;
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

  /**
   * Takes a record and the events in it (an empty list: a record that says nothing, still stored). `notes`: of the one
   * event, by a decoder that meets its processes again.
   */
  addDecoded(record: BuiltRecord, events: readonly ProcessEvent[], notes?: EventNotes): void {
    const row = this.#records.add(record, recordOutcome.decoded, '');
    for (const event of events) this.#addEvent(row, event, notes);
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
      record: columns.record.finish(),
      kind: columns.kind.finish(),
      label: columns.label.finish(),
      time: this.#eventTime.finish(),
      cluster: columns.cluster.finish(),
      node: columns.node.finish(),
      process: columns.process.finish(),
      subject: columns.subject.finish(),
      sense: this.#eventSense.finish(),
    };
  }

  #addEvent(record: number, event: ProcessEvent, notes: EventNotes | undefined): void {
    const columns = this.#events;
    const strings = this.#strings;
    const clusterName = event.cluster ?? this.#cluster;
    const known = notes?.process;
    if (known !== undefined) this.#renew(known, event.node, clusterName);
    if (known !== undefined && known.batch !== this.#number) {
      known.batch = this.#number;
      known.idIndex = strings.indexOf(event.process?.id);
      known.nodeIndex = strings.indexOf(event.node);
      known.clusterIndex = strings.indexOf(clusterName);
    }
    const cluster = known?.clusterIndex ?? strings.indexOf(clusterName);
    const node = known?.nodeIndex ?? strings.indexOf(event.node);
    columns.record.push(record);
    columns.kind.push(kindNumbers.get(event.kind) ?? 0);
    columns.label.push(strings.indexOf(event.label));
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.process.push(known?.idIndex ?? strings.indexOf(event.process?.id));
    columns.subject.push(strings.indexOf(event.subject));
    this.#eventTime.push(time64(event.time));
    const seed = known?.seed ?? seedOf(event.process);
    this.#eventSense.push(event, seed);
    if (known?.told === undefined || known.told !== event.process) {
      this.#addSighting(record, node, cluster, event.process, event.node, clusterName);
    }
    if (known !== undefined) {
      known.seed = seed;
      known.told = event.process;
    }
    const parent = notes?.parent;
    if (parent !== undefined) this.#renew(parent, event.node, clusterName);
    if (parent?.isParentTold !== true) {
      this.#addSighting(record, node, cluster, event.parent, event.node, clusterName);
      for (const ancestor of event.ancestors) {
        this.#addSighting(record, node, cluster, ancestor, event.node, clusterName);
      }
      if (parent !== undefined) parent.isParentTold = true;
    }
    this.#details.add(this.#eventTime.length - 1, event);
  }

  /** Forgets what was told, unless it was to this stream and of this place. */
  #renew(notes: PackNotes, node: string, cluster: string): void {
    const emitted = this.#emitted;
    const isSame =
      emitted !== undefined &&
      notes.emitted === emitted &&
      notes.node === node &&
      notes.cluster === cluster;
    if (isSame) return;
    notes.emitted = emitted;
    notes.node = node;
    notes.cluster = cluster;
    notes.batch = 0;
    notes.told = undefined;
    notes.isParentTold = false;
  }

  #addSighting(
    record: number,
    node: number,
    cluster: number,
    sighting: Sighting | undefined,
    nodeName: string,
    clusterName: string,
  ): void {
    if (sighting === undefined) return;
    const emitted = this.#emitted;
    const fresh =
      emitted === undefined ? sighting : emitted.newPartOf(sighting, nodeName, clusterName);
    if (fresh !== undefined) this.#sightings.add(record, node, cluster, fresh);
  }
}
