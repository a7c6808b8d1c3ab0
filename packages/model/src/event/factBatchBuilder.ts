import { DetailRows } from './detailRows.ts';
import type { EmittedSightings } from './emittedSightings.ts';
import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type EventColumns, type FactBatch, recordOutcome } from './factBatch.ts';
import type { KnownEvent, KnownProcess } from './knownEvent.ts';
import type { PackNotes } from './packNotes.ts';
import { type BuiltRecord, RecordRows } from './recordRows.ts';
import { columnLists, Int64List, SteadyTexts, StringTable, time64 } from './rowLists.ts';
import { SenseColumn, type SenseSeed, seedOf } from './sense.ts';
import type { Rank, Sighting } from './sighting.ts';
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
  readonly #labels = new SteadyTexts(this.#strings);
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

  /** Takes a record and the events in it (an empty list: a record that says nothing, still stored). */
  addDecoded(record: BuiltRecord, events: readonly ProcessEvent[]): void {
    const row = this.#records.add(record, recordOutcome.decoded, '');
    for (const event of events) this.#addEvent(row, event);
  }

  /** Takes a record with one event whose processes are known. */
  addKnown(record: BuiltRecord, known: KnownEvent): void {
    const row = this.#records.add(record, recordOutcome.decoded, '');
    const { event, process, parent } = known;
    const { notes, words } = process;
    const clusterName = event.cluster ?? this.#cluster;
    this.#renew(notes, event.node, clusterName);
    if (notes.batch !== this.#number) {
      notes.batch = this.#number;
      notes.idIndex = this.#strings.indexOf(words.id);
      notes.nodeIndex = this.#strings.indexOf(event.node);
      notes.clusterIndex = this.#strings.indexOf(clusterName);
    }
    notes.seed ??= seedOf(words);
    const { nodeIndex, clusterIndex } = notes;
    this.#addRow(row, event, nodeIndex, clusterIndex, notes.idIndex, notes.seed);
    this.#tell(row, nodeIndex, clusterIndex, process, known.rank, known.traits);
    if (parent === undefined) return;
    this.#renew(parent.notes, event.node, clusterName);
    if (parent.notes.isParentTold) return;
    parent.notes.isParentTold = true;
    this.#tell(row, nodeIndex, clusterIndex, parent, 2, parent.words.traits);
    for (const ancestor of known.ancestry) {
      this.#addSighting(row, nodeIndex, clusterIndex, ancestor, event.node, clusterName);
    }
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

  #addEvent(record: number, event: ProcessEvent): void {
    const strings = this.#strings;
    const clusterName = event.cluster ?? this.#cluster;
    const cluster = strings.indexOf(clusterName);
    const node = strings.indexOf(event.node);
    const { process, parent } = event;
    this.#addRow(record, event, node, cluster, strings.indexOf(process?.id), seedOf(process));
    this.#addSighting(record, node, cluster, process, event.node, clusterName);
    this.#addSighting(record, node, cluster, parent, event.node, clusterName);
    for (const ancestor of event.ancestors) {
      this.#addSighting(record, node, cluster, ancestor, event.node, clusterName);
    }
  }

  #addRow(
    record: number,
    event: ProcessEvent,
    node: number,
    cluster: number,
    process: number,
    seed: SenseSeed,
  ): void {
    const columns = this.#events;
    columns.record.push(record);
    columns.kind.push(kindNumbers.get(event.kind) ?? 0);
    columns.label.push(this.#labels.indexOf(event.label));
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.process.push(process);
    columns.subject.push(this.#strings.indexOf(event.subject));
    this.#eventTime.push(time64(event.time));
    this.#eventSense.push(event, seed);
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
    notes.toldRank = 0;
    notes.toldTraits = 0;
    notes.isParentTold = false;
  }

  /** Adds what the stream does not hold yet of a known process in a part of a record: all of it, traits, or nothing. */
  #tell(
    record: number,
    node: number,
    cluster: number,
    { notes, words }: KnownProcess,
    rank: Rank,
    traits: number,
  ): void {
    const isTold = notes.toldRank >= rank;
    if (isTold && (traits & ~notes.toldTraits) === 0) return;
    notes.toldTraits |= traits;
    if (isTold) {
      this.#sightings.addTraits(record, node, cluster, words, rank, traits);
      return;
    }
    notes.toldRank = rank;
    this.#sightings.add(record, node, cluster, words, rank, traits);
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
    if (fresh === undefined) return;
    this.#sightings.add(record, node, cluster, fresh, fresh.rank, fresh.traits);
  }
}
