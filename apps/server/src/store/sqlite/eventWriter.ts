import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { batchDialect } from '@forebear/model/event/readFactBatch';
import { hash64 } from '@forebear/model/event/sense';
import { bareFact } from '@forebear/model/graph/factOf';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { halvesOf } from './seenSet.ts';

/** Values that must leave the sets again when the transaction rolls back: pairs of 32-bit halves. */
export interface Undo {
  readonly hashes: number[];
  readonly senses: number[];
}

/** What writing the events of a batch settles for their details: by event its number (0: a duplicate's) and process. */
export interface WrittenEvents {
  readonly seqs: Float64Array;
  /** Process keys; 0: none. */
  readonly keys: Float64Array;
  readonly kinds: ReadonlyMap<string, number>;
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
  readonly seq: number;
}

/** Writes the events of new records into the open partition. */
export function writeEvents(
  tables: CaseTables,
  batch: FactBatch,
  into: {
    readonly source: number;
    readonly numbers: Float64Array;
    readonly strings: BatchStrings;
    readonly lastSeq: number;
  },
  undo: Undo,
): WrittenEvents {
  const { partitions } = tables;
  const { events } = batch;
  const { source, numbers, strings } = into;
  const seqs = new Float64Array(events.count);
  const keys = new Float64Array(events.count);
  const senses = halvesOf(events.sense);
  const keyOf = processKeys(tables, batch);
  const nodes = new NodeCounts(batch);
  const insert = partitions.inserts.events;
  const { values } = insert;
  const labels = new Map<number, number>();
  let seq = into.lastSeq;
  let newest: bigint | undefined;
  let oldest: bigint | undefined;
  for (let row = 0; row < events.count; row += 1) {
    const number = numbers[events.record[row] ?? 0] ?? 0;
    if (number === 0) continue;
    seq += 1;
    seqs[row] = seq;
    const time = events.time[row] ?? noTime;
    const cluster = events.cluster[row] ?? 0;
    const label = events.label[row] ?? 0;
    const mask = nodes.maskOf(cluster);
    const low = ((senses[row * 2] ?? 0) ^ mask) >>> 0;
    const high = senses[row * 2 + 1] ?? 0;
    const isFirst = partitions.senses.add(low, high, time === noTime ? Number.NaN : Number(time));
    if (isFirst) {
      undo.senses.push(low, high);
      nodes.count(row, time);
    }
    const key = keyOf(row);
    keys[row] = key;
    const at = insert.next();
    values[at] = seq;
    values[at + 1] = number;
    values[at + 2] = source;
    values[at + 3] = events.kind[row] ?? 0;
    values[at + 4] = strings.idOf(label);
    values[at + 5] = time === noTime ? null : time;
    values[at + 6] = strings.idOf(events.node[row]);
    values[at + 7] = strings.idOf(cluster);
    values[at + 8] = key === 0 ? null : key;
    values[at + 9] = strings.idOf(events.subject[row]);
    values[at + 10] = isFirst ? 0 : 1;
    labels.set(label, (labels.get(label) ?? 0) + 1);
    if (time === noTime) continue;
    if (newest === undefined || time > newest) newest = time;
    if (oldest === undefined || time < oldest) oldest = time;
  }
  partitions.keepSenses(undo.senses);
  nodes.addTo(tables);
  const kinds = new Map([...labels].map(([label, count]) => [strings.text(label), count]));
  return { seqs, keys, kinds, newest, oldest, seq };
}

/**
 * The process keys of a batch's events, each asked for once; its pod is touched. A process that no sighting of the case
 * names is made known by its id alone.
 */
function processKeys({ faces, pods }: CaseTables, { events, strings }: FactBatch) {
  const known = new Float64Array(strings.length);
  const clusters = new Int32Array(strings.length).fill(-1);
  return (row: number): number => {
    const process = events.process[row] ?? 0;
    const cluster = events.cluster[row] ?? 0;
    if (clusters[process] === cluster) return known[process] ?? 0;
    const id = strings[process] ?? '';
    if (id === '') return 0;
    const clusterName = strings[cluster] ?? '';
    const node = strings[events.node[row] ?? 0] ?? '';
    const key =
      faces.keyOf(id, clusterName) ??
      faces.merge(bareFact(id, node, clusterName, 3, batchDialect)).key;
    pods.touch(faces.podOf(key));
    known[process] = key;
    clusters[process] = cluster;
    return key;
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
  readonly #batch: FactBatch;
  readonly #counts = new Map<number, NodeCount>();
  readonly #masks = new Map<number, number>([[0, 0]]);

  constructor(batch: FactBatch) {
    this.#batch = batch;
  }

  /** The same words of two clusters are two events: what is mixed into the sense of a cluster's. */
  maskOf(cluster: number): number {
    const known = this.#masks.get(cluster);
    if (known !== undefined) return known;
    const mask = Number(hash64(this.#batch.strings[cluster] ?? '') & 0xffffffffn);
    this.#masks.set(cluster, mask);
    return mask;
  }

  count(row: number, time: bigint): void {
    const { events, strings } = this.#batch;
    const cluster = events.cluster[row] ?? 0;
    const node = events.node[row] ?? 0;
    const at = cluster * strings.length + node;
    let count = this.#counts.get(at);
    if (count === undefined) {
      count = { cluster, node, kinds: new Map(), first: undefined, last: undefined };
      this.#counts.set(at, count);
    }
    const label = events.label[row] ?? 0;
    count.kinds.set(label, (count.kinds.get(label) ?? 0) + 1);
    if (time === noTime) return;
    if (count.first === undefined || time < count.first) count.first = time;
    if (count.last === undefined || time > count.last) count.last = time;
  }

  addTo({ nodes }: CaseTables): void {
    const { strings } = this.#batch;
    for (const { cluster, node, kinds, first, last } of this.#counts.values()) {
      const texts = new Map([...kinds].map(([label, count]) => [strings[label] ?? '', count]));
      nodes.addEvents(strings[cluster] ?? '', strings[node] ?? '', texts, first, last);
    }
  }
}
