import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { batchDialect } from '@forebear/model/event/readFactBatch';
import { hash64 } from '@forebear/model/event/sense';
import type { BatchFaces } from './batchFaces.ts';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { type EventRows, eventRows, type SenseRows, senseRows } from './openRows.ts';
import { halvesOf } from './seenSet.ts';

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
  const times = approximateTimes(events.time);
  const keyOf = processKeys(tables, batch, faces, strings);
  const nodes = new NodeCounts(batch, strings);
  const labels = new Map<number, number>();
  for (let event = 0; event < events.count; event += 1) {
    const number = numbers[events.record[event] ?? 0] ?? 0;
    if (number === 0) continue;
    const row = rows.count;
    rows.count += 1;
    rowOf[event] = row;
    const clusterText = events.cluster[event] ?? 0;
    const low = ((halves[event * 2] ?? 0) ^ nodes.maskOf(clusterText)) >>> 0;
    const high = halves[event * 2 + 1] ?? 0;
    const isFirst = tables.partitions.senses.add(low, high, times[event] ?? Number.NaN);
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
    node[row] = strings.idOf(events.node[event]);
    cluster[row] = strings.idOf(clusterText);
    process[row] = keyOf(event);
    subject[row] = strings.idOf(events.subject[event]);
    same[row] = isFirst ? 0 : 1;
    labels.set(labelText, (labels.get(labelText) ?? 0) + 1);
  }
  nodes.addTo(tables);
  const kinds = new Map([...labels].map(([text, count]) => [strings.text(text), count]));
  return { rows, senses, rowOf, kinds, ...boundsOf(rows) };
}

/** Times in nanoseconds as doubles, NaN for none: near enough to pass over sets of another time. */
export function approximateTimes(times: BigInt64Array): Float64Array {
  const halves = new Int32Array(times.buffer, times.byteOffset, times.length * 2);
  const doubles = new Float64Array(times.length);
  for (let row = 0; row < times.length; row += 1) {
    const low = (halves[row * 2] ?? 0) >>> 0;
    const high = halves[row * 2 + 1] ?? 0;
    doubles[row] = high === noTimeHigh && low === 0 ? Number.NaN : high * 2 ** 32 + low;
  }
  return doubles;
}

const noTimeHigh = Number(BigInt.asIntN(32, noTime >> 32n));

/** The first and the last time of some events; undefined: none has one. */
function boundsOf({ count, columns }: EventRows): {
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
} {
  let oldest: bigint | undefined;
  let newest: bigint | undefined;
  for (let row = 0; row < count; row += 1) {
    const time = columns.time[row] ?? noTime;
    if (time === noTime) continue;
    if (newest === undefined || time > newest) newest = time;
    if (oldest === undefined || time < oldest) oldest = time;
  }
  return { oldest, newest };
}

/**
 * The process keys of a batch's events, each asked for once; its pod is touched. A process that no sighting of the case
 * names is made known by its id alone.
 */
function processKeys(
  { faces, pods }: CaseTables,
  { events }: FactBatch,
  batch: BatchFaces,
  strings: BatchStrings,
): (row: number) => number {
  const known = new Float64Array(strings.length);
  const clusters = new Int32Array(strings.length).fill(-1);
  return (row) => {
    const process = events.process[row] ?? 0;
    const cluster = events.cluster[row] ?? 0;
    if (process === 0) return 0;
    if (clusters[process] === cluster) return known[process] ?? 0;
    const all = batch.facesAt(process);
    const text = strings.text(cluster);
    const named = all.find((face) => face.cluster === text);
    const face =
      named ??
      faces.addBare(all, {
        dialect: batchDialect,
        cluster: text,
        id: strings.text(process),
        node: strings.text(events.node[row]),
      });
    for (const { key, podId } of all) if (key === face.key && podId !== null) pods.touch(podId);
    known[process] = face.key;
    clusters[process] = cluster;
    return face.key;
  };
}

interface NodeCount {
  readonly cluster: number;
  readonly node: number;
  /** By label. */
  readonly kinds: Map<number, number>;
  first: bigint | undefined;
  last: bigint | undefined;
}

/** Counts what the nodes of one batch report. */
class NodeCounts {
  readonly #events: FactBatch['events'];
  readonly #strings: BatchStrings;
  readonly #counts = new Map<number, NodeCount>();
  readonly #masks = new Map<number, number>([[0, 0]]);

  constructor({ events }: FactBatch, strings: BatchStrings) {
    this.#events = events;
    this.#strings = strings;
  }

  /** The same words of two clusters are two events: what is mixed into the sense of a cluster's. */
  maskOf(cluster: number): number {
    const known = this.#masks.get(cluster);
    if (known !== undefined) return known;
    const mask = Number(hash64(this.#strings.text(cluster)) & 0xffffffffn);
    this.#masks.set(cluster, mask);
    return mask;
  }

  count(event: number): void {
    const events = this.#events;
    const cluster = events.cluster[event] ?? 0;
    const node = events.node[event] ?? 0;
    const at = cluster * this.#strings.length + node;
    let count = this.#counts.get(at);
    if (count === undefined) {
      count = { cluster, node, kinds: new Map(), first: undefined, last: undefined };
      this.#counts.set(at, count);
    }
    const label = events.label[event] ?? 0;
    count.kinds.set(label, (count.kinds.get(label) ?? 0) + 1);
    const time = events.time[event] ?? noTime;
    if (time === noTime) return;
    if (count.first === undefined || time < count.first) count.first = time;
    if (count.last === undefined || time > count.last) count.last = time;
  }

  addTo({ nodes }: CaseTables): void {
    const strings = this.#strings;
    for (const { cluster, node, kinds, first, last } of this.#counts.values()) {
      const texts = new Map([...kinds].map(([label, count]) => [strings.text(label), count]));
      nodes.addEvents(strings.text(cluster), strings.text(node), texts, first, last);
    }
  }
}
