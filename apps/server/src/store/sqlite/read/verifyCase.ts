import { recordOutcome } from '@forebear/model/event/factBatch';
import { wholeOf } from '../../../crossing/compressedBytes.ts';
import { newTally, type Tally } from '../../ledger.ts';
import { unpackPlaces } from '../layout/rawBlocks.ts';
import { type SourceRow, selectSources, sourceOfRow } from '../layout/sourceRow.ts';
import type { CaseDb } from './caseDb.ts';

/** What a recount of a case's file found. */
export interface Recount {
  readonly records: number;
  readonly events: number;
  readonly blocks: number;
  readonly faults: string[];
}

/** Counts records and events anew and inflates every block, whose checksum says whether its bytes are whole. */
export function recount(db: CaseDb): Recount {
  const faults: string[] = [];
  const [check] = db.all<string>('PRAGMA quick_check(20)', [], 'pluck');
  if (check !== 'ok') faults.push(`database: ${check ?? 'no answer'}`);
  const tallies = new Map<number, Tally>();
  let records = 0;
  let blocks = 0;
  let expected = 1;
  for (const block of db.iterate<{
    id: number;
    first_record: number;
    records: number;
    source: number;
    size: number;
    places: Uint8Array;
    data: Uint8Array;
    folds: Uint8Array | null;
  }>('SELECT * FROM raw_blocks ORDER BY first_record')) {
    blocks += 1;
    if (block.first_record !== expected)
      faults.push(`block ${block.id}: begins with record ${block.first_record}, not ${expected}`);
    expected = block.first_record + block.records;
    const tally = tallies.get(block.source) ?? newTally();
    tallies.set(block.source, tally);
    const fault = countBlock(block, tally);
    if (fault !== undefined) faults.push(`block ${block.id}: ${fault}`);
    records += block.records;
  }
  let events = 0;
  for (const { number } of db.partitions) {
    const rows = db.all<{ source: number; events: number }>(
      `SELECT source, count(*) AS events FROM events_${number} GROUP BY source`,
    );
    for (const row of rows) {
      const tally = tallies.get(row.source) ?? newTally();
      tallies.set(row.source, tally);
      tally.events += row.events;
      events += row.events;
    }
  }
  for (const row of db.all<SourceRow>(selectSources, [], 'safe')) {
    const { id, ledger } = sourceOfRow(row);
    const counted = tallies.get(Number(row.id)) ?? newTally();
    for (const what of ['stored', 'quarantined', 'skipped', 'events'] as const) {
      if (counted[what] !== ledger[what])
        faults.push(`source ${id}: ${what} is ${ledger[what]}, counted ${counted[what]}`);
    }
  }
  return { records, events, blocks, faults };
}

function countBlock(
  block: {
    records: number;
    size: number;
    places: Uint8Array;
    data: Uint8Array;
    folds: Uint8Array | null;
  },
  tally: Tally,
): string | undefined {
  try {
    const { places } = unpackPlaces(block.places);
    const bytes = wholeOf(block);
    let length = 0;
    for (const place of places) {
      length += place.length;
      if (place.outcome === recordOutcome.decoded) tally.stored += 1;
      else if (place.outcome === recordOutcome.quarantined) tally.quarantined += 1;
      else if (place.outcome === recordOutcome.skipped) tally.skipped += 1;
    }
    if (places.length !== block.records)
      return `${places.length} places for ${block.records} records`;
    if (bytes.length !== block.size || length !== block.size)
      return `${bytes.length} bytes, ${length} of records, ${block.size} announced`;
    return undefined;
  } catch (error) {
    return `its bytes are damaged (${error instanceof Error ? error.message : 'unknown'})`;
  }
}
