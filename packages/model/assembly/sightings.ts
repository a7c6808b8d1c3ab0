// The rows of known processes, and what has been told of them (the rule: event/emittedSightings.ts, by slots instead of ids).

import { batch, SIGHTING, set8, set32, set64, setDouble } from './batch.ts';
import {
  ARGUMENTS,
  BINARY,
  CAPABILITIES,
  CWD,
  DOCKER,
  FLAGS,
  Known,
  knownAt,
  PARENT_ID,
  rangeFrom,
  rangeLength,
  TEXTS,
  USER,
} from './known.ts';
import { textPlace } from './processes.ts';
import { batchNumber, internLike } from './strings.ts';
import { waitForPod } from './waiting.ts';

// Its columns: event/tables.ts.
const RECORD = SIGHTING;
const RANK = SIGHTING + 1;
const CLUSTER = SIGHTING + 2;
const NODE = SIGHTING + 3;
const ID_COLUMN = SIGHTING + 4;
const PID = SIGHTING + 6;
const NS_PID = SIGHTING + 7;
const UID = SIGHTING + 8;
const AUID = SIGHTING + 9;
const START_TIME = SIGHTING + 15;
const KTIME = SIGHTING + 16;
const TRAITS = SIGHTING + 17;
const POD = SIGHTING + 18;
const CONTAINER = SIGHTING + 19;

/** Of a parent that stands beside its child. */
const EMBEDDED: i32 = 2;

/**
 * Adds what the stream does not hold yet of the process and the parent of an event in a row of records, at a place that is `where`.
 * `rank` and `traits` are the process's in this event. Whether a sighting of the parent's parent is to be inferred.
 */
export function tell(
  record: i32,
  node: i32,
  cluster: i32,
  slot: i32,
  parentSlot: i32,
  where: i32,
  rank: i32,
  traits: i32,
): bool {
  tellOne(record, node, cluster, slot, where, rank, traits);
  const parent = knownAt(parentSlot);
  renew(parent, where);
  if (parent.isParentTold != 0) return false;
  parent.isParentTold = 1;
  tellOne(record, node, cluster, parentSlot, where, EMBEDDED, parent.traits);
  return rangeLength(parent, PARENT_ID) > 0;
}

/** Forgets what was told of a process, unless it was told of this place. */
function renew(known: Known, where: i32): void {
  if (known.where == where) return;
  known.where = where;
  known.toldRank = 0;
  known.toldTraits = 0;
  known.isParentTold = 0;
}

function tellOne(
  record: i32,
  node: i32,
  cluster: i32,
  slot: i32,
  where: i32,
  rank: i32,
  traits: i32,
): void {
  const known = knownAt(slot);
  renew(known, where);
  const isTold = known.toldRank >= rank;
  if (isTold && (traits & ~known.toldTraits) == 0) return;
  known.toldTraits |= traits;
  if (!isTold) known.toldRank = rank;
  const row = batch.sightings++;
  const texts = textPlace(slot);
  if (lastBatch != batchNumber) {
    memory.fill(last, 0, TEXTS * 4);
    lastBatch = batchNumber;
  }
  set32(RECORD, row, record);
  set8(RANK, row, rank);
  set32(CLUSTER, row, cluster);
  set32(NODE, row, node);
  set32(ID_COLUMN, row, known.id);
  setDouble(PID, row, known.pid);
  set64(START_TIME, row, known.startTime);
  set64(KTIME, row, known.ktime);
  set32(TRAITS, row, traits);
  set32(POD, row, -1);
  set32(CONTAINER, row, -1);
  // Of one that was told with all it has, the face alone.
  const isWhole = !isTold;
  setText(12, row, known, texts, BINARY, true);
  setText(5, row, known, texts, PARENT_ID, isWhole);
  setText(10, row, known, texts, USER, isWhole);
  setText(11, row, known, texts, CWD, isWhole);
  setText(13, row, known, texts, ARGUMENTS, isWhole);
  setText(14, row, known, texts, FLAGS, isWhole);
  setText(20, row, known, texts, DOCKER, isWhole);
  setText(21, row, known, texts, CAPABILITIES, isWhole);
  setDouble(NS_PID, row, isWhole ? known.nsPid : NaN);
  setDouble(UID, row, isWhole ? known.uid : NaN);
  setDouble(AUID, row, isWhole ? known.auid : NaN);
  if (isWhole) waitForPod(row, slot, cluster);
}

/** The number of each kind of text in the row before, and of which batch it was: neighbours often have the same. */
const last = memory.data(64, 16);
let lastBatch: i32 = 0;

function setText(
  column: usize,
  row: i32,
  known: Known,
  texts: usize,
  which: usize,
  isWhole: bool,
): void {
  const length = rangeLength(known, which);
  let number = 0;
  if (isWhole && length > 0) {
    const before = last + (which << 2);
    number = internLike(texts + <usize>rangeFrom(known, which), length, load<i32>(before));
    // A batch is finished before there is no room.
    if (number < 0) unreachable();
    store<i32>(before, number);
  }
  set32(SIGHTING + column, row, number);
}
