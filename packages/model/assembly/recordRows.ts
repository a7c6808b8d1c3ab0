// The row of a record, and its bytes, of which what repeats is referred to (event/recordRows.ts, event/foldedBytes.ts).

import { batch, foldsAt, keptAt, RECORD, set8, set32, set64, setDouble } from './batch.ts';
import { copyLoosely } from './bytes.ts';
import { NOTE, notes, settle } from './processes.ts';
import { sipHash } from './sipHash.ts';

const OFFSET = RECORD;
const LENGTH = RECORD + 1;
const LINE = RECORD + 2;
const OUTCOME = RECORD + 3;
const REASON = RECORD + 4;
const MEMBER = RECORD + 5;
const HASH = RECORD + 6;

const DECODED: i32 = 0;
/** A shorter range costs more to refer to than to keep (event/repeats.ts). */
const SHORTEST: usize = 24;

/** Adds the record at hand, [at, at + length), which has been understood; returns its row. */
export function addRecord(at: usize, length: usize, offset: f64, line: f64, member: i32): i32 {
  const row = batch.records++;
  setDouble(OFFSET, row, offset);
  set32(LENGTH, row, <i32>length);
  setDouble(LINE, row, line);
  set8(OUTCOME, row, DECODED);
  set32(REASON, row, 0);
  set32(MEMBER, row, member);
  set64(HASH, row, sipHash(at, length));
  fold(at, length);
  return row;
}

function fold(at: usize, length: usize): void {
  const count = settle(batch.start + batch.size, batch.start);
  let taken: usize = 0;
  for (let index = 0; index < count; index++) {
    const note = notes + <usize>index * NOTE;
    const place = <usize>load<f64>(note);
    const size = <usize>load<f64>(note, 8);
    if (size < SHORTEST) continue;
    keep(at + taken, place - taken);
    const to = foldsAt + ((<usize>batch.folds) << 2);
    store<u32>(to, <u32>(batch.size + <f64>place));
    store<u32>(to, <u32>size, 4);
    store<u32>(to, <u32>(load<f64>(note, 16) - batch.start), 8);
    batch.folds += 3;
    taken = place + size;
  }
  keep(at + taken, length - taken);
  batch.size += <f64>length;
}

function keep(at: usize, length: usize): void {
  copyLoosely(keptAt + <usize>batch.kept, at, length);
  batch.kept += <i32>length;
}
