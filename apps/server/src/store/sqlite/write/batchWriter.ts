import { type FactBatch, recordOutcome } from '@forebear/model/event/factBatch';
import { newTally, type Tally } from '../../ledger.ts';
import { BatchFaces } from './batchFaces.ts';
import { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { detailsOf, writeGaps } from './detailWriter.ts';
import { type Undo, writeEvents } from './eventWriter.ts';
import { writeJudgements } from './judgementWriter.ts';
import { halvesOf } from './seenSet.ts';
import { mergeSightings } from './sightingWriter.ts';
import { TimeColumn } from './timeColumn.ts';
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
  const faces = new BatchFaces(tables.faces, strings);
  mergeSightings(tables, batch, { numbers, strings, faces });
  const events = writeEvents(tables, batch, { numbers, strings, faces }, undo);
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
  writeJudgements(tables, batch, { ...taken, events: events.rows, firstSeq });
  tables.strings.flush();
  tables.habitats.flush();
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
  const ofEvents = new TimeColumn(events.time);
  for (let row = events.count - 1; row >= 0; row -= 1)
    times[events.record[row] ?? 0] = ofEvents.near(row);
  return times;
}
