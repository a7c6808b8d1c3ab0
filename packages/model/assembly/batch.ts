// The batch being built: how much there is of it and where its columns lie (event/arenaRows.ts lays them and reads them out). Rows
// are added in place or not at all: who adds some has asked for room.

/** What has been added. */
@unmanaged
export class Batch {
  /** Where its first byte stands among the records of the stream. */
  start: f64;
  /** Bytes of its records, and of those how many are kept. */
  size: f64;
  kept: i32;
  /** Numbers that say what repeats: three each. */
  folds: i32;
  records: i32;
  events: i32;
  sightings: i32;
  sockets: i32;
  lookups: i32;
  exits: i32;
}

export let batch = changetype<Batch>(0);
/** The address of each column, by the numbers below. */
let columns: usize = 0;
export let keptAt: usize = 0;
export let foldsAt: usize = 0;
let mostKept: i32 = 0;
let mostRows: i32 = 0;

/** `rows`: for how many each table has room; sightings for twice as many, folds for four times. */
export function configureBatch(
  batchAt: usize,
  columnsAt: usize,
  kept: usize,
  keptBytes: i32,
  folds: usize,
  rows: i32,
): void {
  batch = changetype<Batch>(batchAt);
  columns = columnsAt;
  keptAt = kept;
  mostKept = keptBytes;
  foldsAt = folds;
  mostRows = rows;
}

export function batchSize(): i32 {
  return offsetof<Batch>();
}

/** Bytes of a record that is read here, at most: JavaScript reads longer ones by a decoder of their own. */
export const LONGEST_RECORD: usize = 16 * 1024;
/** Two messages, in two parts each; three numbers a fold. */
const FOLD_NUMBERS: i32 = 4 * 3;

/** Whether there is room for one more record with one event and two sightings. */
export function hasRoom(): bool {
  return (
    batch.records < mostRows &&
    batch.events < mostRows &&
    batch.sightings + 2 <= mostRows * 2 &&
    batch.kept + <i32>LONGEST_RECORD <= mostKept &&
    batch.folds + FOLD_NUMBERS <= mostRows * FOLD_NUMBERS
  );
}

// Columns by number, in the order of event/tables.ts.
export const RECORD: usize = 0;
export const EVENT: usize = 7;
export const SIGHTING: usize = 16;
export const SOCKET: usize = 38;
export const LOOKUP: usize = 52;
export const EXIT: usize = 60;
const COLUMNS: i32 = 63;

export function columnCount(): i32 {
  return COLUMNS;
}

function at(column: usize): usize {
  return load<u32>(columns + (column << 2));
}

export function set8(column: usize, row: usize, value: i32): void {
  store<u8>(at(column) + row, value);
}

export function set32(column: usize, row: usize, value: i32): void {
  store<i32>(at(column) + (row << 2), value);
}

export function set64(column: usize, row: usize, value: i64): void {
  store<i64>(at(column) + (row << 3), value);
}

export function setDouble(column: usize, row: usize, value: f64): void {
  store<f64>(at(column) + (row << 3), value);
}
