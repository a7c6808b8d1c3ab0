import { dialectOf } from '@forebear/model/event/dialects';
import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { hash64 } from '@forebear/model/event/sense';
import { bareHabitat } from '../layout/habitat.ts';
import { type EventRows, eventRows, type SenseRows, senseRows } from '../layout/openRows.ts';
import type { BatchFaces } from './batchFaces.ts';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import type { Faces } from './face.ts';
import { halvesOf } from './seenSet.ts';
import { TimeBounds, TimeColumn } from './timeColumn.ts';

/** Values that must leave the sets again when the transaction rolls back: pairs of 32-bit halves. */
export interface Undo {
  readonly hashes: number[];
  readonly senses: number[];
}

/** The events of a batch as the open partition keeps them, and what they settle for the rest of it. */
export interface WrittenEvents {
  readonly rows: EventRows;
  readonly senses: SenseRows;
  /** By event of the batch: its row, -1 for a duplicate's. */
  readonly rowOf: Int32Array;
  readonly kinds: ReadonlyMap<string, number>;
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
}

/** Takes the events of new records. */
export function writeEvents(
  tables: CaseTables,
  batch: FactBatch,
  into: {
    readonly numbers: Float64Array;
    readonly strings: BatchStrings;
    readonly faces: BatchFaces;
  },
  undo: Undo,
): WrittenEvents {
  const { events } = batch;
  const { numbers, strings, faces } = into;
  const rows = eventRows(events.count);
  const senses = senseRows(events.count);
  const { record, kind, label, time, node, cluster, process, subject, same } = rows.columns;
  const rowOf = new Int32Array(events.count).fill(-1);
  const halves = halvesOf(events.sense);
  const kept = halvesOf(senses.columns.sense);
  const times = new TimeColumn(events.time);
  const bounds = new TimeBounds(times);
  const keyOf = processKeys(tables, batch, faces, strings);
  const nodes = new NodeCounts(batch, strings, times);
  const labels = new Float64Array(strings.length);
  for (let event = 0; event < events.count; event += 1) {
    const number = numbers[events.record[event] ?? 0] ?? 0;
    if (number === 0) continue;
    const row = rows.count;
    rows.count += 1;
    rowOf[event] = row;
    const clusterText = events.cluster[event] ?? 0;
    const low = ((halves[event * 2] ?? 0) ^ nodes.maskOf(clusterText)) >>> 0;
    const high = halves[event * 2 + 1] ?? 0;
    const isFirst = tables.partitions.senses.add(low, high, times.near(event));
    if (isFirst) {
      undo.senses.push(low, high);
      kept[senses.count * 2] = low;
      kept[senses.count * 2 + 1] = high;
      senses.count += 1;
      nodes.count(event);
    }
    const labelText = events.label[event] ?? 0;
    record[row] = number;
    kind[row] = events.kind[event] ?? 0;
    label[row] = strings.idOf(labelText);
    time[row] = events.time[event] ?? noTime;
    bounds.add(event);
    node[row] = strings.idOf(events.node[event]);
    cluster[row] = strings.idOf(clusterText);
    process[row] = keyOf(event);
    subject[row] = strings.idOf(events.subject[event]);
    same[row] = isFirst ? 0 : 1;
    labels[labelText] = (labels[labelText] ?? 0) + 1;
  }
  nodes.addTo(tables);
  const kinds = new Map<string, number>();
  for (const [text, count] of labels.entries()) if (count > 0) kinds.set(strings.text(text), count);
  return { rows, senses, rowOf, kinds, oldest: bounds.first, newest: bounds.last };
}

/**
 * The process keys of a batch's events, each asked for once; its pod is touched. A process that no sighting of the case
 * names is made known by its id alone.
 */
function processKeys(
  { faces, habitats, pods }: CaseTables,
  { events }: FactBatch,
  batch: BatchFaces,
  strings: BatchStrings,
): (row: number) => number {
  const known = new Float64Array(strings.length);
  const clusters = new Int32Array(strings.length).fill(-1);
  const addBare = (all: Faces, id: string, cluster: string, row: number) => {
    const node = strings.text(events.node[row]);
    return faces.addBare(all, id, habitats.of(bareHabitat(dialectOf(id), cluster, node)));
  };
  return (row) => {
    const process = events.process[row] ?? 0;
    const cluster = events.cluster[row] ?? 0;
    if (process === 0) return 0;
    if (clusters[process] === cluster) return known[process] ?? 0;
    const all = batch.facesAt(process);
    const text = strings.text(cluster);
    let named = all.first;
    while (named !== undefined && named.habitat.cluster !== text) named = named.next;
    const { key } = named ?? addBare(all, strings.text(process), text, row);
    for (let face = all.first; face !== undefined; face = face.next)
      if (face.key === key && face.podId !== null) pods.touch(face.podId);
    known[process] = key;
    clusters[process] = cluster;
    return key;
  };
}

interface NodeCount {
  readonly cluster: number;
  readonly node: number;
  /** By the number of a label. */
  readonly kinds: number[];
  readonly times: TimeBounds;
  /** Of a node with the same name in another cluster. */
  readonly next: NodeCount | undefined;
}

/** Counts what the nodes of one batch report. */
class NodeCounts {
  readonly #events: FactBatch['events'];
  readonly #strings: BatchStrings;
  readonly #times: TimeColumn;
  /** By the index of a node's name. */
  readonly #counts: (NodeCount | undefined)[];
  readonly #all: NodeCount[] = [];
  /** Labels of the batch are few: by index their number plus one, by number their index. */
  readonly #labelNumbers: Int32Array;
  readonly #labels: number[] = [];
  readonly #masks = new Map<number, number>([[0, 0]]);
  #lastCluster = 0;
  #lastMask = 0;

  constructor({ events }: FactBatch, strings: BatchStrings, times: TimeColumn) {
    this.#times = times;
    this.#events = events;
    this.#strings = strings;
    this.#counts = new Array<NodeCount | undefined>(strings.length).fill(undefined);
    this.#labelNumbers = new Int32Array(strings.length);
  }

  /** The same words of two clusters are two events: what is mixed into the sense of a cluster's. */
  maskOf(cluster: number): number {
    if (cluster === this.#lastCluster) return this.#lastMask;
    const known = this.#masks.get(cluster);
    const mask = known ?? Number(hash64(this.#strings.text(cluster)) & 0xffffffffn);
    if (known === undefined) this.#masks.set(cluster, mask);
    this.#lastCluster = cluster;
    this.#lastMask = mask;
    return mask;
  }

  count(event: number): void {
    const { kinds, times } = this.#countOf(event);
    const label = this.#numberOf(this.#events.label[event] ?? 0);
    while (kinds.length <= label) kinds.push(0);
    kinds[label] = (kinds[label] ?? 0) + 1;
    times.add(event);
  }

  addTo({ nodes }: CaseTables): void {
    const strings = this.#strings;
    for (const { cluster, node, kinds, times } of this.#all) {
      const texts = new Map<string, number>();
      for (const [label, count] of kinds.entries())
        if (count > 0) texts.set(strings.text(this.#labels[label]), count);
      nodes.addEvents(strings.text(cluster), strings.text(node), texts, times.first, times.last);
    }
  }

  #countOf(event: number): NodeCount {
    const cluster = this.#events.cluster[event] ?? 0;
    const node = this.#events.node[event] ?? 0;
    const first = this.#counts[node];
    let count = first;
    while (count !== undefined && count.cluster !== cluster) count = count.next;
    if (count !== undefined) return count;
    count = { cluster, node, kinds: [], times: new TimeBounds(this.#times), next: first };
    this.#counts[node] = count;
    this.#all.push(count);
    return count;
  }

  #numberOf(label: number): number {
    const known = this.#labelNumbers[label] ?? 0;
    if (known > 0) return known - 1;
    this.#labels.push(label);
    this.#labelNumbers[label] = this.#labels.length;
    return this.#labels.length - 1;
  }
}
