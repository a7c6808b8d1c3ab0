// Learns a `Process` message that has not been seen before, when its words are the usual ones.

import { found, UNKNOWN } from './found.ts';
import { ID, KNOWN_SIZE, Known, rangeFrom, rangeLength, setRange, TEXTS } from './known.ts';
import * as message from './message.ts';
import { insidePid, pod, isProbe as podIsProbe } from './pods.ts';
import { keep, Text } from './processes.ts';
import { conclude } from './words.ts';

/** A message longer than this is not remembered. */
let longest: usize = 0;

export function configureLongest(bytes: i32): void {
  longest = bytes;
}

/** Who is being learned, until it is known to be kept. */
const draft = changetype<Known>(memory.data(<i32>KNOWN_SIZE, 16));

/**
 * Learns the message at `at`, of the slot that `process` said, when its words are the usual ones: 1 and `slot` has it. 0: not
 * so. `UNKNOWN`: its pod, at `podAt`, has to be learned first.
 */
export function learnProcess(slot: u32, at: usize, limit: usize): i32 {
  let read = message.readMessage(draft, at, limit);
  let podSlot = -1;
  let inside = -1;
  let isProbe = false;
  if (read == 2) {
    podSlot = pod(message.podFrom, limit);
    if (podSlot < 0) {
      found.podAt = <i32>message.podFrom;
      return UNKNOWN;
    }
    inside = insidePid();
    isProbe = podIsProbe(podSlot);
    read = message.readRest(draft, found.podEnd, limit);
  }
  if (read != 1) return 0;
  const hasPod = podSlot >= 0;
  const podFrom = hasPod ? message.podFrom : at;
  const podTo = hasPod ? message.podTo : at;
  if (!placeNumbers(podTo)) return 0;
  text.head = <i32>(podFrom - at);
  text.pod = podSlot;
  text.insidePid = inside;
  const kept = <usize>(text.head + text.tail) + message.unescapedLength;
  if (kept > longest || rangeLength(draft, ID) == 0) return 0;
  if (!conclude(draft, at, message.unescaped, inside, isProbe)) return 0;
  const cut = <i32>(podTo - podFrom);
  for (let i: usize = 0; i < TEXTS; i++) {
    const length = rangeLength(draft, i);
    if (length == 0) continue;
    const from = rangeFrom(draft, i);
    // In the ring the parts lie end to end: before the pod, behind it, what was unescaped.
    if (from < 0) setRange(draft, i, text.head + text.tail - 1 - from, length);
    else if (at + from >= podTo) {
      // No agent has a text behind the numbers, which would lie elsewhere without the counter.
      if (text.counter >= 0 && at + from > podTo + text.counter) return 0;
      setRange(draft, i, from - cut, length);
    }
  }
  found.end = <i32>message.end;
  found.same = <i32>message.end;
  if (text.firstFrom >= 0) found.same = <i32>podTo + text.firstFrom;
  if (text.counter >= 0) found.same = <i32>podTo + text.counter;
  keepParts(slot, at, podTo);
  return 1;
}

const text = changetype<Text>(memory.data(offsetof<Text>(), 16));
/** What lies behind the pod, put together. */
const parts = memory.data(32768);

/** Where the numbers stand that change, behind `podTo`; false: not as agents have them. */
function placeNumbers(podTo: usize): bool {
  const counter = message.counterFrom;
  const tid = message.tidAt;
  text.counter = -1;
  text.firstFrom = -1;
  text.secondFrom = -1;
  text.tail = <i32>(message.end - podTo);
  if ((counter != 0 && counter < podTo) || (tid != 0 && tid < podTo)) return false;
  if (tid == 0) {
    if (counter == 0) return true;
    const digits = message.counterDigits;
    if (load<u8>(digits - 1) != 58) return false;
    text.firstFrom = <i32>(digits - podTo);
    text.firstTo = <i32>(message.counterTo - podTo);
    return true;
  }
  let cut: usize = 0;
  text.counter = <i32>(tid - podTo);
  if (counter != 0) {
    if (message.counterTo + 1 != tid) return false;
    cut = tid - counter;
    text.counter = <i32>(counter - podTo);
    text.tail -= <i32>cut;
  }
  text.firstFrom = <i32>(message.tidFrom - podTo - cut);
  text.firstTo = <i32>(message.tidTo - podTo - cut);
  return true;
}

function keepParts(slot: u32, at: usize, podTo: usize): void {
  const before = text.counter >= 0 ? <usize>text.counter : <usize>text.tail;
  const behind = <usize>text.tail - before;
  memory.copy(parts, podTo, before);
  memory.copy(parts + before, message.end - behind, behind);
  memory.copy(parts + before + behind, message.unescaped, message.unescapedLength);
  keep(slot, at, draft, text, parts, before + behind + message.unescapedLength, parts, 0);
}
