// Recognises `Process` messages: those of a process repeat byte for byte, but for `refcnt` and `tid`, in each of its events and in
// those of its children.

import { find, isSame, mixed, skipNumber } from './bytes.ts';
import { found, UNFIT, UNKNOWN } from './found.ts';
import {
  ID,
  internId,
  KNOWN_SIZE,
  Known,
  knownAt,
  PARENT_ID,
  rangeFrom,
  rangeLength,
} from './known.ts';
import { headAt, insidePid, podNumber, setPlaces, standsPod, tailAt } from './pods.ts';
import { Ring } from './ring.ts';

/** A `Process` message as it was read before. In the ring lies its text without the pod, and without a counter that may be there. */
@unmanaged
export class Text {
  isTaken: i32;
  /** Bytes before the pod; 0 when the pod is no part apart. */
  head: i32;
  /** Bytes behind the pod, and the places in them of what follows; -1 where there is none. */
  tail: i32;
  /** Where the counter of references stands or would stand: `"refcnt":5,`. */
  counter: i32;
  /** Numbers that change. */
  firstFrom: i32;
  firstTo: i32;
  secondFrom: i32;
  secondTo: i32;
  /** The slot of its pod, and which of those that stood there it was; -1: none. */
  pod: i32;
  podNumber: i32;
  /** `pod.container.pid`, -1 when there is none. */
  insidePid: i32;
  unused: i32;
  place: i64;
  /** Where its message stood last among the records of the stream; -1: nowhere. */
  seenAt: f64;
}

const texts = new Ring();
let textSlots: usize = 0;
let textMask: u32 = 0;

/** Says where they lie: `bytes` of the texts, and a table of `count` slots, a power of two. */
export function configureProcesses(ringAt: usize, bytes: i32, tableAt: usize, count: i32): void {
  texts.layOut(ringAt, bytes);
  textSlots = tableAt;
  textMask = count - 1;
}

export function textSize(): i32 {
  return offsetof<Text>();
}

const LONGEST_ID: usize = 256;

function opensProcess(at: usize, limit: usize): bool {
  // `{"exec_id":"`, by eights and fours.
  return at + 12 <= limit && load<u64>(at) == 0x695f63657865227b && load<u32>(at + 8) == 0x223a2264;
}

/** Where the record at hand begins, and how many of its processes have been found. */
let record: usize = 0;
let read: i32 = 0;
/** The slots of its process and of the parent beside it. */
let first: i32 = -1;
let second: i32 = -1;

/** A record begins at an address. It has two processes at most. */
export function beginRecord(at: usize): void {
  record = at;
  read = 0;
  first = -1;
}

/** Where the first process of the record is now: the second may have moved it when it was learned. */
export function firstSlot(): i32 {
  return first;
}

/** A process of the record at hand stands where `found` says; its message begins at `at`. */
function note(slot: u32, at: usize): void {
  if (read == 2) return;
  if (read == 0) first = slot;
  else second = slot;
  const repeat = repeatOf(read);
  repeat.at = <i32>at;
  repeat.same = found.same;
  repeat.pod = textAt(slot).pod;
  repeat.podNumber = textAt(slot).podNumber;
  repeat.podAt = found.podAt;
  repeat.pidFrom = found.pidFrom;
  repeat.pidTo = found.pidTo;
  repeat.podEnd = found.podEnd;
  read++;
}

/** The slot of the process whose message begins at `at`, in a record that ends at `limit`; `UNFIT` or `UNKNOWN`. */
export function process(at: usize, limit: usize): i32 {
  if (!opensProcess(at, limit)) return UNFIT;
  const id = at + 12;
  const most = min(id + LONGEST_ID, limit);
  const idEnd = find(34, id, most);
  if (idEnd == most) return UNFIT;
  const slot = mixed(id, idEnd) & textMask;
  if (isText(textAt(slot), at, limit)) {
    note(slot, at);
    return slot;
  }
  if (isText(textAt(slot ^ 1), at, limit)) {
    note(slot ^ 1, at);
    return slot ^ 1;
  }
  found.slot = slot;
  return UNKNOWN;
}

function textAt(slot: u32): Text {
  return changetype<Text>(textSlots + slot * offsetof<Text>());
}

function isText(text: Text, at: usize, limit: usize): bool {
  if (text.isTaken == 0 || !texts.holds(text.place)) return false;
  let from = texts.at(text.place);
  let to = at;
  found.podSlot = text.pod;
  if (text.pod >= 0) {
    const head = <usize>text.head;
    if (to + head > limit || !isSame(from, to, head)) return false;
    to += head;
    from += head;
    if (!standsPod(text.pod, text.podNumber, to, limit)) return false;
    if (insidePid() != text.insidePid) return false;
    to = found.podEnd;
  }
  let done: usize = 0;
  let same: usize = 0;
  if (text.counter >= 0) {
    done = <usize>text.counter;
    if (to + done > limit || !isSame(from, to, done)) return false;
    to += done;
    same = to;
    to = skipCounter(to, limit);
  }
  if (text.firstFrom >= 0) {
    const length = <usize>text.firstFrom - done;
    if (to + length > limit || !isSame(from + done, to, length)) return false;
    to += length;
    if (same == 0) same = to;
    const end = skipNumber(to, limit);
    if (end == to) return false;
    to = end;
    done = text.firstTo;
    if (text.secondFrom >= 0) {
      const between = <usize>text.secondFrom - done;
      if (to + between > limit || !isSame(from + done, to, between)) return false;
      to += between;
      const next = skipNumber(to, limit);
      if (next == to) return false;
      to = next;
      done = text.secondTo;
    }
  }
  const rest = <usize>text.tail - done;
  if (to + rest > limit || !isSame(from + done, to, rest)) return false;
  found.end = <i32>(to + rest);
  found.same = same == 0 ? found.end : <i32>same;
  return true;
}

/** Behind `"refcnt":5,`, where it stands at `at`; else `at`. */
function skipCounter(at: usize, limit: usize): usize {
  // `"refcnt":`
  if (at + 12 > limit || load<u64>(at) != 0x22746e6366657222 || load<u8>(at + 8) != 58) return at;
  const digits = load<u8>(at + 9) == 45 ? at + 10 : at + 9;
  const end = skipNumber(digits, limit);
  return end == digits || end >= limit || load<u8>(end) != 44 ? at : end + 1;
}

let serials: i32 = 0;

/**
 * Remembers a process and its text, whose message begins at `at`, in a slot; who stood there moves to the slot beside. Of
 * `message` all but the place and the pod's number is filled in; its two further parts lie where they are said to.
 */
export function keep(
  slot: u32,
  at: usize,
  process: Known,
  message: Text,
  tail: usize,
  tailLength: usize,
  rest: usize,
  restLength: usize,
): void {
  const text = textAt(slot);
  // The process of the record at hand stays when its parent is learned.
  const moves = text.isTaken != 0 && <i32>(slot ^ 1) != first;
  found.hasMoved = moves ? 1 : 0;
  if (moves) {
    memory.copy(changetype<usize>(textAt(slot ^ 1)), changetype<usize>(text), offsetof<Text>());
    memory.copy(changetype<usize>(knownAt(slot ^ 1)), changetype<usize>(knownAt(slot)), KNOWN_SIZE);
    if (<i32>slot == first) first = <i32>(slot ^ 1);
  }
  message.isTaken = 1;
  message.podNumber = message.pod < 0 ? 0 : podNumber(message.pod);
  message.seenAt = -1;
  message.place = texts.keep(at, message.head, tail, tailLength, rest, restLength);
  memory.copy(changetype<usize>(text), changetype<usize>(message), offsetof<Text>());
  serials++;
  process.serial = serials;
  process.batch = 0;
  process.toldRank = 0;
  process.toldTraits = 0;
  process.isParentTold = 0;
  process.where = 0;
  process.plainParent = 0;
  memory.copy(changetype<usize>(knownAt(slot)), changetype<usize>(process), KNOWN_SIZE);
  note(slot, at);
}

/** What its caller fills in afterwards. */
const blank = changetype<Known>(memory.data(<i32>KNOWN_SIZE, 16));
const message = changetype<Text>(memory.data(offsetof<Text>(), 16));

/**
 * Remembers the message [at, end), which its caller has read, in a slot; who stood there moves to the slot beside. `podFrom` to
 * `podTo` is its pod, of `podSlot`; `at` twice and -1: it is not read apart. The four places are those of its changing
 * numbers, 0: none. `extra`: its texts end to end; where they lie then is returned. The caller fills in the rest of it.
 */
export function keepProcess(
  slot: u32,
  at: usize,
  end: usize,
  podFrom: usize,
  podTo: usize,
  podSlot: i32,
  firstFrom: usize,
  firstTo: usize,
  secondFrom: usize,
  secondTo: usize,
  extra: usize,
  extraLength: usize,
): i32 {
  message.head = <i32>(podFrom - at);
  message.tail = <i32>(end - podTo);
  message.counter = -1;
  message.firstFrom = firstFrom == 0 ? -1 : <i32>(firstFrom - podTo);
  message.firstTo = firstFrom == 0 ? -1 : <i32>(firstTo - podTo);
  message.secondFrom = secondFrom == 0 ? -1 : <i32>(secondFrom - podTo);
  message.secondTo = secondFrom == 0 ? -1 : <i32>(secondTo - podTo);
  message.pod = podSlot;
  message.insidePid = podSlot < 0 ? -1 : insidePid();
  found.end = <i32>end;
  found.same = <i32>(firstFrom == 0 ? end : firstFrom);
  keep(slot, at, blank, message, podTo, end - podTo, extra, extraLength);
  return message.head + message.tail;
}

/** The number of a process's id in the batch; -1: there is no room. */
export function idOf(slot: u32): i32 {
  return internId(knownAt(slot), texts.at(textAt(slot).place));
}

/**
 * Whether `slot` is a process of which `parentSlot` is the parent it names, and that one's own parent another: then the event
 * has no more ancestors than that one.
 */
export function isPlainFamily(slot: u32, parentSlot: u32): bool {
  const process = knownAt(slot);
  const parent = knownAt(parentSlot);
  if (process.plainParent == parent.serial) return true;
  if (!texts.holds(textAt(slot).place) || !texts.holds(textAt(parentSlot).place)) return false;
  if (!isSameText(slot, PARENT_ID, parentSlot, ID)) return false;
  if (rangeLength(parent, PARENT_ID) > 0) {
    if (isSameText(parentSlot, PARENT_ID, parentSlot, ID)) return false;
    if (isSameText(parentSlot, PARENT_ID, slot, ID)) return false;
  }
  process.plainParent = parent.serial;
  return true;
}

function isSameText(slot: u32, text: usize, otherSlot: u32, otherText: usize): bool {
  const known = knownAt(slot);
  const other = knownAt(otherSlot);
  const length = rangeLength(known, text);
  if (length != rangeLength(other, otherText)) return false;
  const at = texts.at(textAt(slot).place) + rangeFrom(known, text);
  return isSame(at, texts.at(textAt(otherSlot).place) + rangeFrom(other, otherText), length);
}

/** The slot of a process's pod; -1: its pod is not read apart, or it has none. */
export function podOf(slot: u32): i32 {
  return textAt(slot).pod;
}

/** Whether the texts of a process are still there. */
export function isHeld(slot: u32): bool {
  return texts.holds(textAt(slot).place);
}

/** Where the texts of a process lie. */
export function textPlace(slot: u32): usize {
  return texts.at(textAt(slot).place);
}

/** Where the parts of a process of the record at hand stand. */
@unmanaged
class Repeat {
  at: i32;
  same: i32;
  /** The slot of its pod; -1: it is not read apart. */
  pod: i32;
  podAt: i32;
  pidFrom: i32;
  pidTo: i32;
  podEnd: i32;
  /** Which of those that stood in the slot it is: the record's other process may have put another there. */
  podNumber: i32;
}

const repeatsAt = memory.data(64, 16);

function repeatOf(index: i32): Repeat {
  return changetype<Repeat>(repeatsAt + <usize>index * offsetof<Repeat>());
}

/** Three numbers each: a place in the record, a length, the earlier place of the same bytes. */
export const notes = memory.data(96, 16);
export const NOTE: usize = 24;
let noted: i32 = 0;

/** Where the ranges lie that `settle` noted. */
export function notesAt(): usize {
  return notes;
}

/**
 * The record at hand has been understood, and stands at `origin` among the records of the stream: notes what of its messages
 * stood before, at or behind `oldest`, and remembers where they stand. Returns how many ranges it noted.
 */
export function settle(origin: f64, oldest: f64): i32 {
  noted = 0;
  for (let index = 0; index < read; index++) {
    const repeat = repeatOf(index);
    const text = textAt(index == 0 ? first : second);
    const at = <f64>(repeat.at - <i32>record);
    const hasPod = repeat.pod >= 0 && podNumber(repeat.pod) == repeat.podNumber;
    if (text.seenAt >= oldest) noteRange(repeat.at, repeat.same, text.seenAt);
    else if (hasPod && headAt(repeat.pod) >= oldest) {
      noteRange(repeat.podAt, repeat.pidFrom, headAt(repeat.pod));
      noteRange(repeat.pidTo, repeat.podEnd, tailAt(repeat.pod));
    }
    text.seenAt = origin + at;
    if (!hasPod) continue;
    const head = origin + <f64>(repeat.podAt - <i32>record);
    setPlaces(repeat.pod, head, origin + <f64>(repeat.pidTo - <i32>record));
  }
  return noted;
}

function noteRange(from: i32, to: i32, earlier: f64): void {
  const at = notes + <usize>noted * NOTE;
  store<f64>(at, <f64>(from - <i32>record));
  store<f64>(at, <f64>(to - from), 8);
  store<f64>(at, earlier, 16);
  noted++;
}
