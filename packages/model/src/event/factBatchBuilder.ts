import type { ArenaRows } from './arenaRows.ts';
import { DetailRows } from './detailRows.ts';
import type { EmittedSightings } from './emittedSightings.ts';
import { type EventKind, eventKinds, type ProcessEvent } from './event.ts';
import { type FactBatch, recordOutcome } from './factBatch.ts';
import type { KnownEvent } from './knownEvent.ts';
import type { KnownLines, LineRun } from './knownLines.ts';
import type { Placement } from './knownProcesses.ts';
import { type BuiltRecord, RecordRows } from './recordRows.ts';
import { time64 } from './rowLists.ts';
import { type SenseSeed, Senses, seedOf } from './sense.ts';
import type { Sighting } from './sighting.ts';
import { SightingRows } from './sightingRows.ts';
import { PlainStrings, SteadyTexts, type StringTable } from './stringTable.ts';
import { Table } from './table.ts';
import { eventLayout } from './tables.ts';

const kindNumbers = new Map<EventKind, number>(eventKinds.map((kind, index) => [kind, index]));

/** The number of a kind in a batch. */
export function kindNumberOf(kind: EventKind): number {
  return kindNumbers.get(kind) ?? 0;
}

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
  readonly #events: Table<typeof eventLayout>;
  readonly #senses = new Senses();
  readonly #rows: ArenaRows | undefined;
  readonly #labels: SteadyTexts;
  readonly #nodes: SteadyTexts;
  readonly #clusters: SteadyTexts;
  readonly #tellPlace = (row: number, cluster: number, placement: Placement): void =>
    this.#sightings.place(row, cluster, placement);
  #blank = 0;

  /**
   * `start`: the place of the batch's first byte among the records of the stream. `strings`: empty, and the batch's until it is
   * finished; a known event's processes have theirs there. `rows`: the same of its rows, where known events add theirs.
   */
  constructor(
    cluster: string,
    emitted?: EmittedSightings,
    start = 0,
    strings: StringTable = new PlainStrings(),
    rows?: ArenaRows,
  ) {
    this.#cluster = cluster;
    this.#emitted = emitted;
    this.#strings = strings;
    this.#rows = rows;
    this.#records = new RecordRows(strings, start, rows);
    this.#events = new Table(eventLayout, rows?.events);
    this.#sightings = new SightingRows(strings, rows);
    this.#details = new DetailRows(strings, rows);
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

  /** It should be finished: one record more may not fit. */
  get isFull(): boolean {
    if (this.#strings.isFull) return true;
    return this.#rows !== undefined && !(this.#rows.hasRoom && this.#isInPlace);
  }

  /** Compiled code may add to all of it. */
  get #isInPlace(): boolean {
    if (!this.#records.areInPlace || !this.#events.isInPlace) return false;
    return this.#sightings.areInPlace && this.#details.areInPlace;
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

  /** Takes a record with one event whose processes are known. The builder was made with rows, and is not full. */
  addKnown(record: BuiltRecord, known: KnownEvent): void {
    const row = this.#records.add(record, recordOutcome.decoded, '');
    const { event, processes, process, parent } = known;
    const clusterName = event.cluster ?? this.#cluster;
    const node = this.#nodes.indexOf(event.node);
    const cluster = this.#clusters.indexOf(clusterName);
    if (known.body !== undefined) known.body.addTo(row, node, cluster, process);
    else {
      const id = processes.idOf(process);
      this.#addRow(row, known.event, node, cluster, id, processes.seedOf(process));
    }
    const wantsAncestor = processes.tell(row, node, cluster, known);
    processes.catchUp(this.#tellPlace);
    if (!wantsAncestor) return;
    const grandparent = processes.textOf(parent, 'parentId');
    if (grandparent === undefined) return;
    this.#addSighting(row, node, cluster, known.infer(grandparent), event.node, clusterName);
  }

  /** Takes whole lines with such records from their bytes, as many as it can and may; returns how many. */
  takeLines(lines: KnownLines, run: LineRun): number {
    if (!this.#isInPlace) return 0;
    const count = lines.take(run);
    const { processes, infer } = lines.source;
    processes.catchUp(this.#tellPlace);
    const { orphan } = lines;
    const id = orphan === undefined ? undefined : processes.textOf(orphan.slot, 'parentId');
    if (orphan === undefined || id === undefined) return count;
    const { node, cluster, place } = orphan;
    const row = this.#records.count - 1;
    this.#addSighting(row, node, cluster, infer(id), place.node, place.cluster ?? this.#cluster);
    return count;
  }

  /** Hands out the batch; the builder must not be used after. */
  finish(): FactBatch {
    const texts = this.#strings.finish();
    return {
      ...this.#records.finish(),
      events: this.#events.finish(),
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
    const row = this.#events.add();
    const { columns } = this.#events;
    columns.record[row] = record;
    columns.kind[row] = kindNumberOf(event.kind);
    columns.label[row] = this.#labels.indexOf(event.label);
    columns.time[row] = time64(event.time);
    columns.cluster[row] = cluster;
    columns.node[row] = node;
    columns.process[row] = process;
    columns.subject[row] = this.#strings.indexOf(event.subject);
    columns.sense[row] = this.#senses.of(event, seed);
    this.#details.add(row, event);
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
