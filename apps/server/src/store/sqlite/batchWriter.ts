import { type FactBatch, recordOutcome } from '@forebear/model/event/factBatch';
import { podKey } from '@forebear/model/event/facts';
import { batchDialect } from '@forebear/model/event/readFactBatch';
import { sightingsOf } from '@forebear/model/event/readSightings';
import type { ContainerSighting, PodSighting } from '@forebear/model/event/sighting';
import { bootSecondOf } from '@forebear/model/graph/epochs';
import { containerFactOf, factOf, podFactOf } from '@forebear/model/graph/factOf';
import { newTally, type Tally } from '../ledger.ts';
import { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { detailsOf, writeGaps } from './detailWriter.ts';
import { approximateTimes, type Undo, writeEvents } from './eventWriter.ts';
import { halvesOf } from './seenSet.ts';
import type { Written } from './written.ts';

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
  const strings = new BatchStrings(batch, tables.strings);
  const numbers = takeRecords(tables, batch, strings, source, tally, undo);
  mergeSightings(tables, batch, numbers);
  const events = writeEvents(tables, batch, { numbers, strings }, undo);
  const taken = { rowOf: events.rowOf, strings };
  const firstSeq = lastSeq + 1;
  tables.partitions.add({
    source,
    firstSeq,
    events: events.rows,
    senses: events.senses,
    ...detailsOf(batch, taken),
    ...tables.faces.flush(),
  });
  writeGaps(tables, batch, { ...taken, source, firstSeq });
  tables.nodes.flush();
  tally.events = events.rows.count;
  const { kinds, oldest, newest } = events;
  return { tally, kinds, oldest, newest, seq: lastSeq + events.rows.count };
}

/** Numbers the records that are new; 0 stands for a duplicate. */
function takeRecords(
  { partitions, records: writer }: CaseTables,
  batch: FactBatch,
  strings: BatchStrings,
  source: number,
  tally: Tally,
  undo: Undo,
): Float64Array {
  const { records } = batch;
  const times = recordTimes(batch);
  const halves = halvesOf(records.hash);
  const numbers = new Float64Array(records.count);
  for (let row = 0; row < records.count; row += 1) {
    const outcome = records.outcome[row] ?? 0;
    const low = halves[row * 2] ?? 0;
    const high = halves[row * 2 + 1] ?? 0;
    if (!partitions.hashes.add(low, high, times[row] ?? Number.NaN)) {
      if (outcome !== recordOutcome.continued) tally.duplicate += 1;
      continue;
    }
    undo.hashes.push(low, high);
    numbers[row] = writer.take(batch, row, source, strings);
    if (outcome === recordOutcome.decoded) tally.stored += 1;
    else if (outcome === recordOutcome.quarantined) tally.quarantined += 1;
    else if (outcome === recordOutcome.skipped) tally.skipped += 1;
  }
  writer.flush(batch, source);
  return numbers;
}

/** The time of each record's first event, in nanoseconds; NaN: none. */
function recordTimes({ records, events }: FactBatch): Float64Array {
  const times = new Float64Array(records.count).fill(Number.NaN);
  const ofEvents = approximateTimes(events.time);
  for (let row = events.count - 1; row >= 0; row -= 1)
    times[events.record[row] ?? 0] = ofEvents[row] ?? Number.NaN;
  return times;
}

interface SeenPod {
  readonly key: string;
  readonly id: number;
}

/** Merges who the new records name; what duplicates say is already in. */
function mergeSightings(
  { pods, nodes, faces }: CaseTables,
  batch: FactBatch,
  numbers: Float64Array,
): void {
  const seenPods = new Map<PodSighting, Map<string, SeenPod>>();
  const seenContainers = new Map<ContainerSighting, string>();
  const podOf = (sighting: PodSighting, cluster: string): SeenPod => {
    let byCluster = seenPods.get(sighting);
    if (byCluster === undefined) {
      byCluster = new Map();
      seenPods.set(sighting, byCluster);
    }
    let pod = byCluster.get(cluster);
    if (pod === undefined) {
      const fact = podFactOf(sighting, cluster);
      pod = { key: podKey(fact), id: pods.merge(fact) };
      pods.touch(pod.id);
      byCluster.set(cluster, pod);
    }
    return pod;
  };
  for (const { record, cluster, node, sighting } of sightingsOf(batch)) {
    if ((numbers[record] ?? 0) === 0) continue;
    const pod = sighting.pod === undefined ? undefined : podOf(sighting.pod, cluster);
    const { container } = sighting;
    if (container !== undefined) {
      const where = `${cluster}\0${pod?.key ?? ''}`;
      if (seenContainers.get(container) !== where) {
        seenContainers.set(container, where);
        pods.mergeContainer(containerFactOf(container, pod?.key ?? '', cluster));
      }
    }
    if (sighting.id === '') continue;
    const fact = factOf(sighting, node, cluster, batchDialect);
    const face = faces.merge(fact);
    if (pod !== undefined) faces.notePod(face.key, pod.id);
    const second = bootSecondOf(fact);
    if (second !== undefined) nodes.addBoot(cluster, node, second);
  }
}
