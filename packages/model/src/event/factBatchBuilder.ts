import { DetailRows } from './detailRows.ts';
import type { EmittedSightings } from './emittedSightings.ts';
import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type EventColumns, type FactBatch, recordOutcome } from './factBatch.ts';
import { bodyShapeOf, type EventHead, type KnownBody } from './knownBody.ts';
import type { KnownEvent } from './knownEvent.ts';
import { type BuiltRecord, RecordRows } from './recordRows.ts';
import { columnLists, Int64List, time64 } from './rowLists.ts';
import { SenseColumn, type SenseSeed, seedOf } from './sense.ts';
import type { Sighting } from './sighting.ts';
import { SightingRows } from './sightingRows.ts';
import { PlainStrings, SteadyTexts, type StringTable } from './stringTable.ts';

const kindNumbers = new Map<EventKind, number>(eventKinds.map((kind, index) => [kind, index]));

/**
 * Packs decoded records into a `FactBatch`. `cluster` is the source's own, used where the log names none. `emitted`, when
 * given, lives as long as the stream and leaves out sightings that an earlier batch or record already holds.
 * Order of calls: one of `addDecoded`, `addRejected` per record, `addBlank` per empty line; `finish` once.
 */
export class FactBatchBuilder {
  readonly #cluster: string;
  readonly #emitted: EmittedSightings | undefined;
  readonly #strings: StringTable;
  readonly #records: RecordRows;
  readonly #sightings: SightingRows;
  readonly #details: DetailRows;
  readonly #events = columnLists({
    record: Uint32Array,
    kind: Uint8Array,
    label: Uint32Array,
    cluster: Uint32Array,
    node: Uint32Array,
    process: Uint32Array,
    subject: Uint32Array,
  });
  readonly #labels: SteadyTexts;
  readonly #nodes: SteadyTexts;
  readonly #clusters: SteadyTexts;
  readonly #eventTime = new Int64List();
  readonly #eventSense = new SenseColumn();
  #blank = 0;

  /**
   * `start`: the place of the batch's first byte among the records of the stream. `keptBytes`: how many bytes of records to
   * expect, to reserve them at once. `strings`: empty, and the batch's until it is finished; a known event's processes have
   * theirs there.
   */
  constructor(
    cluster: string,
    emitted?: EmittedSightings,
    start = 0,
    keptBytes = 0,
    strings: StringTable = new PlainStrings(),
  ) {
    this.#cluster = cluster;
    this.#emitted = emitted;
    this.#strings = strings;
    this.#records = new RecordRows(strings, start, keptBytes);
    this.#sightings = new SightingRows(strings);
    this.#details = new DetailRows(strings);
    this.#labels = new SteadyTexts(strings);
    this.#nodes = new SteadyTexts(strings);
    this.#clusters = new SteadyTexts(strings);
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

  /** No more strings than there may be in a batch. */
  get isFull(): boolean {
    return this.#strings.isFull;
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
    const { event, processes, process, parent, where } = known;
    const clusterName = event.cluster ?? this.#cluster;
    const node = this.#nodes.indexOf(event.node);
    const cluster = this.#clusters.indexOf(clusterName);
    const id = processes.idOf(process);
    if (known.body === undefined) {
      this.#addRow(row, known.event, node, cluster, id, processes.seedOf(process));
    } else this.#addBody(row, known.event, node, cluster, id, process, known.body);
    processes.renew(process, where);
    const part = processes.tell(process, known.rank, known.traits);
    if (part !== 'nothing') {
      const { rank, traits } = known;
      this.#sightings.addKnown(row, node, cluster, processes, process, part, rank, traits);
    }
    processes.renew(parent, where);
    if (processes.tellParent(parent)) return;
    const traits = processes.traitsOf(parent);
    const parentPart = processes.tell(parent, 2, traits);
    if (parentPart !== 'nothing') {
      this.#sightings.addKnown(row, node, cluster, processes, parent, parentPart, 2, traits);
    }
    const grandparent = processes.textOf(parent, 'parentId');
    if (grandparent === undefined) return;
    this.#addSighting(row, node, cluster, known.infer(grandparent), event.node, clusterName);
  }

  /** Hands out the batch; the builder must not be used after. */
  finish(): FactBatch {
    const texts = this.#strings.finish();
    return {
      ...this.#records.finish(),
      events: this.#eventColumns(),
      ...this.#sightings.finish(),
      ...this.#details.finish(),
      blank: this.#blank,
      ...(texts.packed === undefined ? {} : { packed: texts.packed }),
      // Listed when somebody looks at them: most batches cross a thread, packed.
      get strings() {
        return texts.strings;
      },
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
    const subject = this.#strings.indexOf(event.subject);
    this.#addColumns(record, event, node, cluster, process, subject);
    this.#eventTime.push(time64(event.time));
    this.#eventSense.push(event, seed);
    this.#details.add(this.#eventTime.length - 1, event);
  }

  /** The same of an event whose body compiled code has read; `slot`: its process. */
  #addBody(
    record: number,
    head: EventHead,
    node: number,
    cluster: number,
    process: number,
    slot: number,
    body: KnownBody,
  ): void {
    this.#addColumns(record, head, node, cluster, process, body.indexOf('subject'));
    this.#eventTime.pushHalves(body.numberOf('timeLow'), body.numberOf('timeHigh'));
    body.sense(slot, node);
    this.#eventSense.pushHalves(body.numberOf('sense1'), body.numberOf('sense2'));
    this.#details.addBody(this.#eventTime.length - 1, bodyShapeOf(head.kind), body);
  }

  #addColumns(
    record: number,
    { kind, label }: Pick<EventHead, 'kind' | 'label'>,
    node: number,
    cluster: number,
    process: number,
    subject: number,
  ): void {
    const columns = this.#events;
    columns.record.push(record);
    columns.kind.push(kindNumbers.get(kind) ?? 0);
    columns.label.push(this.#labels.indexOf(label));
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.process.push(process);
    columns.subject.push(subject);
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
