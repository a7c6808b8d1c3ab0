import { type FactBatch, noTime, recordOutcome } from '@forebear/model/event/factBatch';
import { podKey } from '@forebear/model/event/facts';
import { batchDialect } from '@forebear/model/event/readFactBatch';
import { sightingsOf } from '@forebear/model/event/readSightings';
import { hash64 } from '@forebear/model/event/sense';
import type { PodSighting } from '@forebear/model/event/sighting';
import { bootSecondOf } from '@forebear/model/graph/epochs';
import { bareFact, containerFactOf, factOf, podFactOf } from '@forebear/model/graph/factOf';
import { newTally, type Tally } from '../ledger.ts';
import { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { type DetailRows, writeDetails } from './detailWriter.ts';

/** What one batch added. */
export interface Written {
  readonly tally: Tally;
  /** Events by the log's own label, the sameAs ones too. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
  /** The number of the last event. */
  readonly seq: number;
}

/** Values that must leave the sets again when the transaction rolls back. */
export interface Undo {
  readonly hashes: bigint[];
  readonly senses: bigint[];
}

/** Writes one batch into the tables: records first, then who was seen, then what happened to them. */
export function writeBatch(
  tables: CaseTables,
  batch: FactBatch,
  source: number,
  lastSeq: number,
  undo: Undo,
): Written {
  const tally = newTally();
  tally.blank = batch.blank;
  const numbers = takeRecords(tables, batch, source, tally, undo);
  const strings = new BatchStrings(batch, tables.strings);
  mergeSightings(tables, batch, numbers);
  const { seqs, keys, ...events } = writeEvents(
    tables,
    batch,
    { source, numbers, strings, lastSeq },
    undo,
  );
  const rows: DetailRows = { source, seqs, keys, strings };
  writeDetails(tables, batch, rows);
  tally.events = events.count;
  return { tally, ...events };
}

/** Numbers the records that are new; 0 stands for a duplicate. */
function takeRecords(
  { partitions, records: writer }: CaseTables,
  batch: FactBatch,
  source: number,
  tally: Tally,
  undo: Undo,
): Float64Array {
  const { records, strings } = batch;
  const times = recordTimes(batch);
  const numbers = new Float64Array(records.count);
  for (let row = 0; row < records.count; row += 1) {
    const hash = records.hash[row] ?? 0n;
    const outcome = records.outcome[row] ?? 0;
    const time = times[row] ?? noTime;
    if (!partitions.hashes.add(hash, time === noTime ? undefined : time)) {
      if (outcome !== recordOutcome.continued) tally.duplicate += 1;
      continue;
    }
    undo.hashes.push(hash);
    numbers[row] = writer.take(batch, row, source, strings[records.reason[row] ?? 0] ?? '');
    if (outcome === recordOutcome.decoded) tally.stored += 1;
    else if (outcome === recordOutcome.quarantined) tally.quarantined += 1;
    else if (outcome === recordOutcome.skipped) tally.skipped += 1;
  }
  writer.flush(batch, source);
  return numbers;
}

/** The time of each record's first event. */
function recordTimes({ records, events }: FactBatch): BigInt64Array {
  const times = new BigInt64Array(records.count).fill(noTime);
  for (let row = events.count - 1; row >= 0; row -= 1) {
    times[events.record[row] ?? 0] = events.time[row] ?? noTime;
  }
  return times;
}

/** Merges who the new records name; what duplicates say is already in. */
function mergeSightings(
  { pods, nodes, faces }: CaseTables,
  batch: FactBatch,
  numbers: Float64Array,
): void {
  const seen = new Map<PodSighting, { key: string; id: number }>();
  for (const { record, cluster, node, sighting } of sightingsOf(batch)) {
    if ((numbers[record] ?? 0) === 0) continue;
    let pod: { key: string; id: number } | undefined;
    if (sighting.pod !== undefined) {
      pod = seen.get(sighting.pod);
      if (pod === undefined || !pod.key.startsWith(`${cluster}/`)) {
        const fact = podFactOf(sighting.pod, cluster);
        pod = { key: podKey(fact), id: pods.merge(fact) };
        seen.set(sighting.pod, pod);
      }
      pods.touch(pod.id);
    }
    if (sighting.container !== undefined) {
      pods.mergeContainer(containerFactOf(sighting.container, pod?.key ?? '', cluster));
    }
    if (sighting.id === '') continue;
    const fact = factOf(sighting, node, cluster, batchDialect);
    const face = faces.merge(fact);
    if (pod !== undefined) faces.notePod(face.key, pod.id);
    const second = bootSecondOf(fact);
    if (second !== undefined) nodes.addBoot(cluster, node, second);
  }
}

function writeEvents(
  { partitions, nodes, faces, pods }: CaseTables,
  batch: FactBatch,
  into: {
    readonly source: number;
    readonly numbers: Float64Array;
    readonly strings: BatchStrings;
    readonly lastSeq: number;
  },
  undo: Undo,
) {
  const { events, strings: texts } = batch;
  const { source, numbers, strings } = into;
  const kinds = new Map<string, number>();
  const seqs = new Float64Array(events.count);
  const keys = new Float64Array(events.count);
  const insert = partitions.inserts.events;
  let seq = into.lastSeq;
  let newest: bigint | undefined;
  let oldest: bigint | undefined;
  for (let row = 0; row < events.count; row += 1) {
    const record = events.record[row] ?? 0;
    const number = numbers[record] ?? 0;
    if (number === 0) continue;
    seq += 1;
    seqs[row] = seq;
    const stamp = events.time[row] ?? noTime;
    const time = stamp === noTime ? undefined : stamp;
    const cluster = texts[events.cluster[row] ?? 0] ?? '';
    const node = texts[events.node[row] ?? 0] ?? '';
    const id = texts[events.process[row] ?? 0] ?? '';
    const label = texts[events.label[row] ?? 0] ?? '';
    // The same words of two clusters are two events.
    const sense = (events.sense[row] ?? 0n) ^ (cluster === '' ? 0n : hash64(cluster));
    const isFirst = partitions.senses.add(sense, time);
    if (isFirst) {
      undo.senses.push(sense);
      nodes.addEvent(cluster, node, label, time);
    }
    let key: number | null = null;
    if (id !== '') {
      const process = { dialect: batchDialect, cluster, id };
      key = faces.keyOf(process) ?? faces.merge(bareFact(id, node, cluster, 3, batchDialect)).key;
      keys[row] = key;
      pods.touch(faces.podOf(key));
    }
    insert.add(
      seq,
      number,
      source,
      events.kind[row] ?? 0,
      strings.idOf(events.label[row]),
      time ?? null,
      strings.idOf(events.node[row]),
      strings.idOf(events.cluster[row]),
      key,
      strings.idOf(events.subject[row]),
      isFirst ? 0 : 1,
      BigInt.asIntN(64, sense),
    );
    kinds.set(label, (kinds.get(label) ?? 0) + 1);
    if (time === undefined) continue;
    if (newest === undefined || time > newest) newest = time;
    if (oldest === undefined || time < oldest) oldest = time;
  }
  return { seqs, keys, kinds, newest, oldest, seq, count: seq - into.lastSeq };
}
